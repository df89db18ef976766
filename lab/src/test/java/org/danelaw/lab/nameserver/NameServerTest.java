package org.danelaw.lab.nameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.lab.world.Damage.serversThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.lab.world.Authority;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Misconduct;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Transport;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class NameServerTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int IMPATIENCE_MILLIS = 300;

    private static final Internet INTERNET = Internet.at(
            Instant.parse("2026-03-01T12:00:00Z"),
            Zone.named("dane.example")
                    .with("@ MX 10 mail\nmail A 127.0.0.2\nbig TXT \"" + "x".repeat(250) + "\" \"" + "y".repeat(250)
                            + "\""));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.77", "::1"})
    void answersOverUdpAndTcpOnEveryLoopbackAddress(String address) throws IOException {
        try (var server = NameServer.start(address, 0, Answers.recursive(INTERNET))) {
            assertThat(udp(server, Query.of("dane.example", "MX")).getSection(Section.ANSWER))
                    .hasSize(2);
            assertThat(tcp(server, Query.of("dane.example", "MX")).getFirst().getSection(Section.ANSWER))
                    .hasSize(2);
        }
    }

    @Test
    void anAuthorityRefersToItsChildrenAndSetsAa() throws IOException {
        var authority = new Authority(INTERNET.zones().stream()
                .filter(zone -> !zone.name().toString().equals("dane.example."))
                .toList());
        try (var server = NameServer.start(Answers.authoritative(authority))) {
            var referral = udp(server, Query.of("mail.dane.example", "A"));
            assertThat(referral.getHeader().getFlag(Flags.AA)).isFalse();
            assertThat(referral.getSection(Section.AUTHORITY)).isNotEmpty();
            assertThat(udp(server, Query.of("example", "SOA")).getHeader().getFlag(Flags.AA))
                    .isTrue();
        }
    }

    @Test
    void anAnswerThatDoesNotFitIsCutOffOverUdpAndWholeOverTcp() throws IOException {
        var plain =
                Message.newQuery(Query.of("big.dane.example", "TXT").message().getQuestion());
        try (var server = NameServer.start(Answers.recursive(INTERNET))) {
            var cut = udp(server, new Query(plain, Transport.UDP));
            assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
            assertThat(cut.numBytes()).isLessThanOrEqualTo(512);
            var whole = tcp(server, new Query(plain, Transport.TCP)).getFirst();
            assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
            assertThat(whole.getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void whatTheAuthorityCutsOffIsCutOffHereUntilOneComesOverTcp() throws IOException {
        var internet = Internet.at(
                Instant.parse("2026-03-01T12:00:00Z"),
                Zone.named("dane.example").with("@ MX 10 mail").but(serversThat(Misconduct.truncateOverUdp())));
        try (var server = NameServer.start(Answers.recursive(internet))) {
            assertThat(udp(server, Query.of("dane.example", "MX")).getHeader().getFlag(Flags.TC))
                    .isTrue();
            assertThat(tcp(server, Query.of("dane.example", "MX")).getFirst().getSection(Section.ANSWER))
                    .hasSize(2);
        }
    }

    @Test
    void pipelinedQueriesAreAnsweredAsTheyGetReady() throws IOException {
        var slowMx = Misconduct.forType("MX", Misconduct.areSlow(Duration.ofMillis(500)));
        try (var server = NameServer.start(Answers.recursive(INTERNET).but(slowMx))) {
            var answers = tcp(server, Query.of("dane.example", "MX"), Query.of("mail.dane.example", "A"));
            assertThat(answers)
                    .extracting(answer -> answer.getQuestion().getName().toString())
                    .containsExactly("mail.dane.example.", "dane.example.");
        }
    }

    @Test
    void countsWhatItWasAsked() throws IOException {
        try (var server = NameServer.start(Answers.recursive(INTERNET))) {
            udp(server, Query.of("dane.example", "MX"));
            udp(server, Query.of("DANE.example", "MX"));
            tcp(server, Query.of("mail.dane.example", "A"));
            assertThat(server.queries().count("dane.example", "MX")).isEqualTo(2);
            assertThat(server.queries().count("TLSA")).isZero();
            assertThat(server.queries().entries()).hasSize(3);
            assertThat(server.queries().entries().getLast()).hasToString("mail.dane.example. A TCP DO CD");
        }
    }

    @Test
    void aServerWithoutTcpRefusesConnections() throws IOException {
        try (var server = NameServer.startWithoutTcp(Answers.recursive(INTERNET))) {
            assertThat(udp(server, Query.of("dane.example", "MX")).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThatThrownBy(() -> tcp(server, Query.of("dane.example", "MX")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void onlyLoopbackIsServed() {
        assertThatThrownBy(() -> NameServer.start("0.0.0.0", 0, Answers.recursive(INTERNET)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void garbageIsNotAnsweredAndHurtsNobody() throws IOException {
        try (var server = NameServer.start(Answers.recursive(INTERNET))) {
            assertThatThrownBy(() -> udp(server.address(), new byte[] {1, 2, 3}, IMPATIENCE_MILLIS))
                    .isInstanceOf(IOException.class);
            assertThat(udp(server, Query.of("dane.example", "MX")).getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void misconductReachesTheWire() throws IOException {
        assertThat(asked(Misconduct.servfail()).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(asked(Misconduct.refuse()).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(asked(Misconduct.knowNoEdns()).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(asked(Misconduct.overlookEdns()).getOPT()).isNull();
        assertThat(asked(Misconduct.stripDnssec()).getSection(Section.ANSWER)).hasSize(1);
        assertThat(asked(Misconduct.claimAuthenticity()).getHeader().getFlag(Flags.AD))
                .isTrue();
        assertThat(asked(Misconduct.truncateAlways()).getHeader().getFlag(Flags.TC))
                .isTrue();
        assertThat(asked(Misconduct.forType("TLSA", Misconduct.servfail())).getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(asked(Misconduct.forgetCase()).getQuestion().getName().toString())
                .isEqualTo("dane.example.");
        assertThat(asked(Misconduct.answerAnotherQuestion())
                        .getQuestion()
                        .getName()
                        .toString())
                .isEqualTo("another.question.");
        assertThatThrownBy(() -> asked(Misconduct.areSilent())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> asked(Misconduct.breakOff())).isInstanceOf(IOException.class);
    }

    private static Message asked(Conduct conduct) throws IOException {
        try (var server = NameServer.start(Answers.recursive(INTERNET).but(conduct))) {
            var query = Query.of("DaNe.eXample", "MX").message().toWire();
            return new Message(udp(server.address(), query, 10 * IMPATIENCE_MILLIS));
        }
    }

    private static Message udp(NameServer server, Query query) throws IOException {
        return new Message(udp(server.address(), query.message().toWire(), PATIENCE_MILLIS));
    }

    private static byte[] udp(InetSocketAddress server, byte[] query, int patienceMillis) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(patienceMillis);
            socket.send(new DatagramPacket(query, query.length, server));
            var answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return java.util.Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    /// Sends all queries at once, and reads the answers in the order in which they come.
    private static List<Message> tcp(NameServer server, Query... queries) throws IOException {
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            for (var query : queries) {
                var octets = query.message().toWire();
                out.writeShort(octets.length);
                out.write(octets);
            }
            socket.shutdownOutput();
            var in = new DataInputStream(socket.getInputStream());
            var answers = new ArrayList<Message>();
            for (var ignored : queries) {
                answers.add(new Message(in.readNBytes(in.readUnsignedShort())));
            }
            return answers;
        }
    }
}
