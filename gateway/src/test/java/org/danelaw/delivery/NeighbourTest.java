package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.lab.exam.Exam;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.queue.Queued;
import org.danelaw.queue.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Much mail for a destination that fails DANE, beside as much for one that keeps it well.
@Timeout(600)
final class NeighbourTest {
    private static final int MESSAGES = Exam.takes(100, 1_000);

    /// Of the rounds of each kind the fastest counts: the others waited for this machine.
    private static final int ROUNDS = Exam.takes(1, 10);

    @TempDir
    private Path folder;

    private int round;

    @Test
    void mailThatFailsDaneWaitsWithItsReasonAndOtherMailGoesOut() throws IOException {
        // The first round of all warms this program up.
        round(true);
        var alone = Duration.ofDays(1);
        var beside = Duration.ofDays(1);
        for (var i = 0; i < ROUNDS; i++) {
            alone = shorter(alone, round(false));
            beside = shorter(beside, round(true));
        }
        ExamResult.unseeded(
                        "a-neighbour-that-fails-dane",
                        MESSAGES,
                        "messages to each of two destinations",
                        "the good ones were delivered in %d ms alone and in %d ms beside the others, which all wait"
                                .formatted(alone.toMillis(), beside.toMillis()))
                .report();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Returns how long the good mail took from the start of the deliveries.
    private Duration round(boolean withOthers) throws IOException {
        try (var good = new Peer();
                var bad = new Peer();
                var gateway = new Gateway(folder.resolve("round" + round++))) {
            world(gateway, good, bad);
            for (var i = 0; i < MESSAGES; i++) {
                if (withOthers) {
                    gateway.put("r" + i + "@bad.example");
                }
                gateway.put("r" + i + "@good.example");
            }
            var started = System.nanoTime();
            gateway.start().await("the good mail", () -> good.taken().size() == MESSAGES);
            if (withOthers) {
                gateway.awaitLog(MESSAGES, "Delayed: DCID");
            }
            gateway.await("only the others in the spool", () -> waiting(gateway) == (withOthers ? MESSAGES : 0));

            assertThat(good.taken()).flatExtracting(Peer.Taken::recipients).doesNotHaveDuplicates();
            assertThat(bad.taken()).isEmpty();
            assertThat(reasons(gateway).toList())
                    .isEqualTo(Collections.nCopies(withOthers ? MESSAGES : 0, "server certificate not trusted"));
            return Duration.ofNanos(good.arrivals().stream()
                            .mapToLong(Peer.Arrival::atNanos)
                            .max()
                            .orElseThrow()
                    - started);
        }
    }

    private static long waiting(Gateway gateway) {
        try {
            return gateway.spool().counts().recipients();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Stream<String> reasons(Gateway gateway) throws IOException {
        return gateway.spool().page(0, 2 * MESSAGES).stream()
                .map(Queued::states)
                .flatMap(states -> states.stream().map(Queued.State::why))
                .flatMap(Optional::stream)
                .map(Why::reason);
    }

    private static void world(Gateway gateway, Peer good, Peer bad) {
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .peer("198.51.100.1", good)
                .peer("198.51.100.2", bad)
                .tls((plain, requirement) -> plain.getPort() == bad.port()
                        ? Gateway.nothingMatches(plain, requirement)
                        : Gateway.everythingMatches(plain, requirement))
                .facts
                .mx("good.example", MxTrust.SECURE, "mx.good.example")
                .host("mx.good.example", "198.51.100.1", Facts.usable("mx.good.example"))
                .mx("bad.example", MxTrust.SECURE, "mx.bad.example")
                .host("mx.bad.example", "198.51.100.2", Facts.usable("mx.bad.example"));
    }
}
