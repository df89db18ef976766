package org.danelaw.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.Option;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.ConfigFile.Opening;
import org.danelaw.config.ConfigFile.Reading;
import org.danelaw.config.ConfigText;
import org.danelaw.config.Settings;
import org.danelaw.delivery.Dialer;
import org.danelaw.dns.AddressText;
import org.danelaw.dns.FailureText;

/// `danelaw serve --config FILE`: the gateway, until SIGTERM or Ctrl-C.
final class ServeCommand implements Command {
    private static final Option CONFIG = Option.with("--config", "FILE", "the gateway's configuration");

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String purpose() {
        return "run the gateway until SIGTERM";
    }

    @Override
    public List<Option> options() {
        return List.of(CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var file = arguments.last(CONFIG);
        if (file.isEmpty() || !arguments.operands().isEmpty()) {
            console.complain("serve: say danelaw serve --config FILE");
            return ExitStatus.USAGE;
        }
        var path = Path.of(file.get());
        return switch (ConfigFile.open(path)) {
            case Opening.Opened(var text) -> serve(text, console);
            case Opening.Unreadable(var why) -> {
                console.err().println(why.in(path));
                yield ExitStatus.CONFIG;
            }
        };
    }

    private static int serve(ConfigText configuration, Console console) {
        var path = configuration.file();
        return switch (configuration.read()) {
            case Reading.Valid(var settings, var notes) -> {
                notes.forEach(note -> console.err().println(note.in(path)));
                yield serve(configuration, settings, console);
            }
            case Reading.Invalid(var problems) -> {
                problems.forEach(problem -> console.err().println(problem.in(path)));
                yield ExitStatus.CONFIG;
            }
        };
    }

    private static int serve(ConfigText configuration, Settings settings, Console console) {
        try {
            var gateway = Gateway.start(configuration, settings, Dialer::tcp);
            stopWithTheProcess(gateway, console);
            Hangup.on(gateway::hangUp);
            console.out().println(ready(gateway.addresses()));
            console.out().flush();
            new CountDownLatch(1).await();
            return ExitStatus.OK;
        } catch (BindException taken) {
            console.complain("serve: " + FailureText.of(taken));
            return ExitStatus.UNAVAILABLE;
        } catch (IOException cannot) {
            // Not the configuration, whose files were all looked at: a spool in use, a disk that is full.
            FailureText.of(cannot).lines().forEach(line -> console.complain("serve: " + line));
            return ExitStatus.UNAVAILABLE;
        } catch (InterruptedException stopped) {
            return ExitStatus.OK;
        }
    }

    /// On SIGTERM the JVM runs this and would then report the signal; an orderly end is no failure, so it ends itself.
    private static void stopWithTheProcess(Gateway gateway, Console console) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                gateway.close();
                                Runtime.getRuntime().halt(ExitStatus.OK);
                            } catch (IOException failed) {
                                console.complain("serve: " + FailureText.of(failed));
                                Runtime.getRuntime().halt(ExitStatus.SOFTWARE);
                            }
                        },
                        "stop"));
    }

    /// `danelaw ready <listener>=<ip:port> ...`
    private static String ready(Map<String, InetSocketAddress> addresses) {
        return addresses.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + text(entry.getValue()))
                .collect(Collectors.joining("", "danelaw ready", ""));
    }

    private static String text(InetSocketAddress address) {
        String ip = AddressText.of(address.getAddress());
        return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + address.getPort();
    }
}
