package org.danelaw.tls;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;

/// Closes a socket when time is up, and with that ends whatever waits on it, however slowly octets trickle
/// in; undone by [#close].
final class Deadline implements Closeable {
    private final Thread watch;

    private Deadline(Thread watch) {
        this.watch = watch;
    }

    static Deadline of(Duration time, Socket socket) {
        return new Deadline(Thread.ofVirtual().name("deadline").start(() -> watch(time, socket)));
    }

    private static void watch(Duration time, Socket socket) {
        try {
            Thread.sleep(time);
            socket.close();
        } catch (InterruptedException undone) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
