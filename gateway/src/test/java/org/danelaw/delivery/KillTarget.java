package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.danelaw.events.Events;
import org.danelaw.events.Numbering;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.queue.Mail;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.SqliteQueue;

/// A gateway to be killed: the real spool, synced, and the real delivery, behind the plainest intake there is. A line
/// is a message; its answer comes when the message is durable, as the 250 does. Arguments: the spool's folder,
/// the port of the host that gets everything, and the name to be called by there.
final class KillTarget {
    private KillTarget() {}

    public static void main(String[] arguments) throws IOException {
        Events nobody = event -> {};
        var folder = Path.of(arguments[0]);
        var port = Integer.parseInt(arguments[1]);
        var spool = SqliteQueue.open(folder, nobody);
        var settings = Gateway.settings(
                arguments[2],
                new DestinationControls(Gateway.control(TlsSupport.NONE, DaneSupport.NONE), java.util.Map.of()));
        var loopback = InetAddress.getLoopbackAddress();
        var facts = new Facts()
                .mx("sink.example", MxTrust.INSECURE, "mx.sink.example")
                .host(
                        "mx.sink.example",
                        new AddressFinding.Insecure(List.of(loopback), Facts.PROOF),
                        new TlsaFinding.NotAsked("insecure"));
        Dialer dialer = (remote, source, timeout) -> Dialer.tcp(new InetSocketAddress(loopback, port), source, timeout);
        Dispatcher.start(
                spool,
                new Network(facts, dialer, Gateway::everythingMatches),
                Numbering.open(folder.resolve("dcid")),
                nobody,
                () -> settings);
        listen(spool);
    }

    private static void listen(SqliteQueue spool) throws IOException {
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("ready " + listening.getLocalPort());
            while (true) {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> take(spool, client));
            }
        }
    }

    private static void take(SqliteQueue spool, Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                Mail.put(spool, now(Mail.to("b@sink.example")), ("Subject: " + line + "\r\n\r\n").getBytes(US_ASCII));
                client.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            }
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static NewMessage now(NewMessage message) {
        return new NewMessage(
                message.envelope(), message.policy(), message.dane(), message.bounceProfile(), Instant.now(), "test");
    }
}
