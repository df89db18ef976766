package org.danelaw.delivery;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A mail host that answers as it is told, over a real socket: a reply for each beginning of a line,
/// `250 ok` for the rest. Its TLS is none: a test's connector only pretends.
final class Peer implements Closeable {
    /// A connection is cut instead of this reply: after so many replies on it, counted from the greeting.
    static final int NEVER = Integer.MAX_VALUE;

    /// A message whose final dot came.
    ///
    /// @param recipients as RCPT had them, those that were taken
    /// @param connection the number of the connection, from 0
    /// @param answered whether its 250 was sent
    record Taken(List<String> recipients, String content, int connection, boolean answered) {}

    /// A message at the moment when its 250 goes out.
    ///
    /// @param client what the client called itself in EHLO
    /// @param recipient its first
    record Arrival(String client, String recipient, long atNanos) {}

    private final ServerSocket listening;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final List<String[]> replies = new CopyOnWriteArrayList<>();
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int cutAt = NEVER;
    private volatile int stallAt = NEVER;
    private volatile Optional<Semaphore> processes = Optional.empty();
    private volatile boolean saysItIsFull;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    Peer() throws IOException {
        this(InetAddress.getLoopbackAddress());
    }

    Peer(InetAddress address) throws IOException {
        listening = new ServerSocket(0, 50, address);
        reply("(greeting)", "220 peer.example ESMTP");
        reply("EHLO", "250-peer.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 SIZE 10000000");
        reply("DATA", "354 go on");
        reply("(dot)", "250 2.0.0 taken");
        reply("STARTTLS", "220 go on");
        reply("QUIT", "221 bye");
        Thread.ofVirtual().start(this::listen);
    }

    /// From now on lines that begin so are answered so; the latest word counts. An empty reply closes
    /// the connection.
    Peer reply(String beginning, String reply) {
        replies.addFirst(new String[] {beginning, reply});
        return this;
    }

    Peer cutAt(int replyNumber) {
        cutAt = replyNumber;
        return this;
    }

    /// Stalls after so many octets of what it says on a connection: what it has to say after them never comes,
    /// and the connection stays until the client ends it.
    Peer stallAt(int octets) {
        stallAt = octets;
        return this;
    }

    /// Serves so many connections at a time, like Postfix with its process limit; others are accepted and
    /// wait, or are told with a 421.
    Peer processes(int most, boolean told) {
        processes = Optional.of(new Semaphore(most));
        saysItIsFull = told;
        return this;
    }

    /// The most connections that there were at a time, served or not.
    int mostOpen() {
        return mostOpen.get();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    int port() {
        return listening.getLocalPort();
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    /// The messages that were answered with 250, and when.
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /// All that clients said, line by line.
    List<String> heard() {
        return List.copyOf(heard);
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var number = connections.getAndIncrement();
                Thread.ofVirtual().start(() -> serve(client, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, int number) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (client) {
            if (processes.isPresent()) {
                serveInTurn(client, number, processes.get());
            } else {
                new Visit(client, number).converse();
            }
        } catch (SocketException gone) {
            heard.add("(gone)");
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } catch (IOException wrong) {
            throw new IllegalStateException(wrong);
        } finally {
            open.decrementAndGet();
        }
    }

    private void serveInTurn(Socket client, int number, Semaphore turns) throws IOException, InterruptedException {
        if (saysItIsFull && !turns.tryAcquire()) {
            client.getOutputStream().write("421 4.7.0 too many connections\r\n".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (!saysItIsFull) {
            turns.acquire();
        }
        try {
            new Visit(client, number).converse();
        } finally {
            turns.release();
        }
    }

    private final class Visit {
        private final BufferedReader in;
        private final Socket client;
        private final int number;
        private final List<String> recipients = new ArrayList<>();
        private String calledItself = "";
        private int said;
        private int octetsSaid;

        Visit(Socket client, int number) throws IOException {
            this.client = client;
            this.number = number;
            in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void converse() throws IOException {
            if (!say("(greeting)")) {
                return;
            }
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                if (!say(line) || line.equals("QUIT")) {
                    return;
                }
                if (line.startsWith("EHLO ")) {
                    calledItself = line.substring("EHLO ".length());
                }
                if (line.startsWith("MAIL")) {
                    recipients.clear();
                }
                if (line.equals("DATA") && answer(line).startsWith("354") && !takeContent()) {
                    return;
                }
            }
        }

        private boolean takeContent() throws IOException {
            var content = new StringBuilder();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(".")) {
                    // Noted before it is answered, as a host takes mail before it says so.
                    var answered = said < cutAt && answer("(dot)").startsWith("250");
                    if (!recipients.isEmpty()) {
                        taken.add(new Taken(List.copyOf(recipients), content.toString(), number, answered));
                        arrivals.add(new Arrival(calledItself, recipients.getFirst(), System.nanoTime()));
                    }
                    return say("(dot)");
                }
                content.append(line).append("\r\n");
            }
            return false;
        }

        private boolean say(String line) throws IOException {
            var answer = answer(line);
            if (said == cutAt || answer.isEmpty()) {
                return false;
            }
            said++;
            if (line.startsWith("RCPT") && answer.startsWith("250")) {
                recipients.add(line.replaceAll(".*<(.*)>.*", "$1"));
            }
            var octets = (answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            var before = stallAt - octetsSaid;
            if (octets.length > before) {
                client.getOutputStream().write(octets, 0, before);
                stall();
                return false;
            }
            client.getOutputStream().write(octets);
            octetsSaid += octets.length;
            return true;
        }

        private void stall() throws IOException {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
            }
        }

        private String answer(String line) {
            return replies.stream()
                    .filter(reply -> line.startsWith(reply[0]))
                    .map(reply -> reply[1])
                    .findFirst()
                    .orElse("250 ok");
        }
    }
}
