package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A dialogue that is cut after each of its lines: the message waits, is delivered at the next attempt,
/// and reaches its host twice only where the first host's answer to the final dot was what got lost.
final class CutTranscriptTest {
    private static final String ADDRESS = "198.51.100.1";

    /// What the host answers, in order, over one connection with one message.
    private static final List<String> REPLIES =
            List.of("greeting", "EHLO", "STARTTLS", "EHLO under TLS", "MAIL", "RCPT", "DATA", "final dot", "QUIT");

    private static final String PIPELINING =
            "250-peer.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 SIZE 10000000";
    private static final String PLAIN = "250-peer.example\r\n250 STARTTLS";

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> everyCutOfAPipelinedDialogue() {
        return cuts(PIPELINING);
    }

    @TestFactory
    List<DynamicTest> everyCutOfADialogueLineByLine() {
        return cuts(PLAIN);
    }

    private List<DynamicTest> cuts(String hello) {
        return IntStream.range(0, REPLIES.size())
                .mapToObj(cut -> DynamicTest.dynamicTest(
                        "instead of the answer to " + REPLIES.get(cut),
                        () -> cut(hello, cut, folder.resolve(hello.length() + "-" + cut))))
                .toList();
    }

    private static void cut(String hello, int cut, Path spool) throws IOException {
        try (var peer = new Peer().reply("EHLO", hello).cutAt(cut);
                var gateway = new Gateway(spool)
                        .rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                        .peer(ADDRESS, peer)) {
            gateway.facts
                    .mx("two.example", MxTrust.SECURE, "mx.two.example")
                    .host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));
            gateway.put("b@two.example");
            gateway.start();
            var answered = cut > REPLIES.indexOf("final dot");
            if (!answered) {
                gateway.awaitLog("Delayed: DCID 1 MID 1 to RID 0 - 4.4.2");
                assertThat(gateway.spool().counts().recipients()).isEqualTo(1);
                peer.cutAt(Peer.NEVER);
                gateway.later(Duration.ofSeconds(61));
            }
            gateway.awaitLog("Message finished MID 1 done");
            gateway.awaitEmptySpool();

            assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
            assertThat(peer.taken()).hasSize(cut == REPLIES.indexOf("final dot") ? 2 : 1);
            assertThat(peer.taken().getLast().answered()).isTrue();
        }
    }
}
