package org.danelaw.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.queue.Synchronous;

/// `danelaw serve` as it must not be: its queue does not wait for the disk. Called with the configuration file.
final class UnsyncedServe {
    private UnsyncedServe() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (ConfigFile.read(Path.of(arguments[0]))) {
            case ConfigFile.Reading.Valid(var settings, var notes) -> {
                var gateway = Gateway.start(settings, Dialer::tcp, List.of(), Synchronous.OFF);
                gateway.addresses()
                        .forEach((name, at) -> System.out.println(
                                "danelaw ready " + name + "=" + at.getAddress().getHostAddress() + ":" + at.getPort()));
                new CountDownLatch(1).await();
            }
            case ConfigFile.Reading.Invalid(var problems) -> throw new IOException(problems.toString());
        }
    }
}
