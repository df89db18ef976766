package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.smtp.SmtpTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A host that stalls after any octet of the dialogue: the message waits with a reason, is delivered at the next
/// attempt, and reaches the host twice only where it stalled between the final dot and the end of its answer.
///
/// All stalls happen at once, each at a host of a domain of its own.
@Timeout(120)
final class StallTest {
    /// Stands in for the minutes of RFC 5321 section 4.5.3.2.
    private static final Duration SHORT = Duration.ofMillis(500);

    /// The host's side of a dialogue with one message, from the greeting to the answer to the final dot.
    private static final List<String> SAID =
            List.of("(greeting)", "EHLO", "STARTTLS", "EHLO", "MAIL", "RCPT", "DATA", "(dot)");

    @TempDir
    private Path folder;

    private final List<Peer> peers = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (var peer : peers) {
            peer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"250-p.example\r\n250-PIPELINING\r\n250 STARTTLS", "250-p.example\r\n250 STARTTLS"})
    void aStallAfterAnyOctetDefersAndNothingIsLost(String hello) throws IOException {
        try (var gateway = new Gateway(folder)) {
            gateway.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                    .timeouts(new SmtpTimeouts(SHORT, SHORT, SHORT, SHORT, SHORT));
            var octets = SAID.stream().mapToInt(line -> answer(line, hello)).sum();
            var untilDot = octets - answer("(dot)", hello);
            for (var at = 0; at < octets; at++) {
                world(gateway, at, hello);
            }
            gateway.start().awaitLog(octets, "Delayed: DCID");

            for (var at = 0; at < octets; at++) {
                assertThat(delay(gateway, at))
                        .contains(
                                "- 4.4.2 - connection lost", "did not answer " + stalled(at, hello) + " within 500 ms");
            }
            assertThat(gateway.spool().counts().recipients()).isEqualTo(octets);

            peers.forEach(peer -> peer.stallAt(Peer.NEVER));
            gateway.later(Duration.ofSeconds(61)).awaitEmptySpool();
            assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
            for (var at = 0; at < octets; at++) {
                assertThat(peers.get(at).taken())
                        .as("stalled after octet %d", at)
                        .hasSize(at < untilDot ? 1 : 2);
            }
            ExamResult.unseeded(
                            "stall-" + (hello.contains("PIPELINING") ? "pipelined" : "line-by-line"),
                            octets,
                            "places to stall at",
                            "each deferred with a reason and delivered once, but twice for the " + (octets - untilDot)
                                    + " between the final dot and the end of its answer")
                    .report();
        }
    }

    private static String delay(Gateway gateway, int at) {
        return gateway.log().stream()
                .filter(line -> line.startsWith("Delayed: DCID"))
                .filter(line -> line.contains(" mx.d" + at + ".example "))
                .findFirst()
                .orElseThrow();
    }

    /// What the host was to answer when it stalled, in the client's words.
    private static String stalled(int at, String hello) {
        var end = 0;
        for (var line : SAID) {
            end += answer(line, hello);
            if (at < end) {
                return switch (line) {
                    case "(greeting)" -> "the connection";
                    case "(dot)" -> "the end of the data";
                    default -> line;
                };
            }
        }
        throw new IllegalArgumentException("no octet " + at);
    }

    private static int answer(String line, String hello) {
        return switch (line) {
            case "(greeting)" -> "220 peer.example ESMTP\r\n".length();
            case "EHLO" -> hello.length() + 2;
            case "STARTTLS", "DATA" -> "220 go on\r\n".length();
            case "(dot)" -> "250 2.0.0 taken\r\n".length();
            default -> "250 ok\r\n".length();
        };
    }

    private void world(Gateway gateway, int at, String hello) throws IOException {
        var peer = new Peer().reply("EHLO", hello).stallAt(at);
        peers.add(peer);
        var address = "198.51." + (100 + at / 250) + "." + (1 + at % 250);
        var domain = "d" + at + ".example";
        gateway.peer(address, peer);
        gateway.facts
                .mx(domain, MxTrust.SECURE, "mx." + domain)
                .host("mx." + domain, address, Facts.usable("mx." + domain));
        gateway.put("b@" + domain);
    }
}
