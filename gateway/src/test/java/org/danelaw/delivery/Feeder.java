package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that send message after message to whatever gateway listens at a port, and note which ones got their 250 and
/// how long each waited for it. A gateway that dies under them is waited for.
final class Feeder {
    private static final int CLIENTS = 4;

    private final int port;
    private final Set<String> acknowledged = new HashSet<>();
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    private Feeder(int port) {
        this.port = port;
    }

    /// From the final dot to the 250, or to the kill that came instead.
    private record Wait(long fromNanos, long toNanos) {
        boolean overlaps(long from, long to) {
            return fromNanos <= to && toNanos >= from;
        }
    }

    static Feeder start(int port) {
        var feeder = new Feeder(port);
        for (var i = 0; i < CLIENTS; i++) {
            feeder.clients.add(Thread.ofVirtual().start(feeder::feed));
        }
        return feeder;
    }

    /// The recipients of the messages that were acknowledged; each message has one of its own.
    Set<String> acknowledged() {
        synchronized (acknowledged) {
            return Set.copyOf(acknowledged);
        }
    }

    /// Waits until so many more were acknowledged.
    void awaitMore(int messages) throws InterruptedException {
        synchronized (acknowledged) {
            var enough = acknowledged.size() + messages;
            while (acknowledged.size() < enough) {
                acknowledged.wait();
            }
        }
    }

    /// The longest time that a client was kept waiting for its 250, of those who waited between these two moments.
    Duration longestWait(long fromNanos, long toNanos) {
        return Duration.ofNanos(waits.stream()
                .filter(wait -> wait.overlaps(fromNanos, toNanos))
                .mapToLong(wait -> Math.min(wait.toNanos(), toNanos) - wait.fromNanos())
                .max()
                .orElse(0));
    }

    void stop() throws InterruptedException {
        over = true;
        for (var client : clients) {
            client.join();
        }
    }

    private void feed() {
        while (!over) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                new Client(socket).send();
            } catch (IOException killed) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Client {
        private final Socket socket;
        private final BufferedReader replies;

        Client(Socket socket) throws IOException {
            this.socket = socket;
            replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        void send() throws IOException {
            expect("220");
            say("EHLO feeder.example", "250");
            while (!over) {
                var recipient = "message-" + number.incrementAndGet() + "@sink.example";
                say("MAIL FROM:<sender@feeder.example>", "250");
                say("RCPT TO:<" + recipient + ">", "250");
                say("DATA", "354");
                dot();
                synchronized (acknowledged) {
                    acknowledged.add(recipient);
                    acknowledged.notifyAll();
                }
            }
        }

        private void dot() throws IOException {
            var from = System.nanoTime();
            try {
                say("Subject: hello\r\n\r\nBody\r\n.", "250");
            } finally {
                waits.add(new Wait(from, System.nanoTime()));
            }
        }

        private void say(String line, String code) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
            expect(code);
        }

        private void expect(String code) throws IOException {
            var line = replies.readLine();
            while (line != null && line.startsWith("-", 3)) {
                line = replies.readLine();
            }
            if (line == null) {
                throw new EOFException("the gateway is gone");
            }
            if (!line.startsWith(code)) {
                throw new IllegalStateException("the gateway said: " + line);
            }
        }
    }
}
