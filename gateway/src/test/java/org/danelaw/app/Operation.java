package org.danelaw.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.Event;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;

/// A running gateway in the lab's internet, with an operator.
final class Operation implements Closeable {
    final LiveRealm live;
    final Path folder;
    private final Gateway gateway;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    Operation(Path folder) throws IOException {
        this(folder, "");
    }

    /// With `more` in its configuration.
    Operation(Path folder, String more) throws IOException {
        this.folder = folder;
        live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()));
        var file = configure(live, folder);
        Files.writeString(file, more, StandardOpenOption.APPEND);
        if (!(ConfigFile.read(file) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        Dialer dialer = (remote, source, timeout) ->
                Dialer.tcp(live.dialled(remote.getAddress(), remote.getPort()), source, timeout);
        gateway = Gateway.start(settings, dialer, List.of(events::add));
    }

    /// Writes the configuration of a gateway before `live` that relays for this machine under mandatory DANE.
    static Path configure(LiveRealm live, Path folder) throws IOException {
        Files.writeString(folder.resolve("anchors"), live.realm().internet().anchorText());
        return Files.writeString(folder.resolve("gw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [dns]
                trust-anchor = "anchors"
                [[dns.resolver]]
                address = "127.0.0.1:%d"
                [[listener]]
                name = "inside"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "inside"
                networks = ["127.0.0.1"]
                policy = "relayed"
                [mail-flow-policy.relayed]
                action = "relay"
                [destination-controls.default]
                dane = "mandatory"
                [delivery]
                port = %d
                """.formatted(
                        live.resolver().address().getPort(), live.realm().port()));
    }

    private Path configuration() {
        return folder.resolve("gw.toml");
    }

    Gateway gateway() {
        return gateway;
    }

    Operator.Said cli(String... words) {
        return new Operator(configuration()).cli(words);
    }

    /// With `input` on standard input.
    Operator.Said answering(String input, String... words) {
        return new Operator(configuration()).answering(input, words);
    }

    /// Sends a message from a@one.example.
    void send(String... recipients) throws IOException {
        send(port(), recipients);
    }

    /// The same, to a listener on loopback.
    static void send(int port, String... recipients) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            in.readLine();
            say(socket, in, "HELO client.example", "MAIL FROM:<a@one.example>");
            for (var recipient : recipients) {
                say(socket, in, "RCPT TO:<" + recipient + ">");
            }
            say(socket, in, "DATA", "From: a@one.example\r\nSubject: hello\r\n\r\nBody\r\n.", "QUIT");
        }
    }

    private int port() {
        return gateway.addresses().values().iterator().next().getPort();
    }

    private static void say(Socket socket, BufferedReader in, String... commands) throws IOException {
        for (var command : commands) {
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            var reply = in.readLine();
            if (reply == null || !reply.matches("[23].*")) {
                throw new IOException(command + " was answered by " + reply);
            }
        }
    }

    /// Waits for an event, past all before it.
    Event await(Predicate<Event> which) throws InterruptedException {
        var event = events.poll(60, TimeUnit.SECONDS);
        while (event != null && !which.test(event)) {
            event = events.poll(60, TimeUnit.SECONDS);
        }
        if (event == null) {
            throw new IllegalStateException("it did not happen within a minute");
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        live.close();
    }
}
