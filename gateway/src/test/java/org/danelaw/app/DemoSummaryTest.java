package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.Ending;
import org.danelaw.lab.realm.Outcome;
import org.danelaw.lab.realm.Realm;
import org.junit.jupiter.api.Test;

/// The demo is worth what it notices.
class DemoSummaryTest {
    private static final Realm REALM = Realm.danelaw(Instant.EPOCH, 2525);
    private static final Domain SOUND = domain("dane-ee.danelaw");
    private static final Domain CLEAR = domain("no-tlsa-no-starttls.danelaw");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void whatEndsAsItsWorldSaysAtBothEndsIsWell() {
        assertThat(isWell(row(SOUND), arrived(SOUND, true, true))).isTrue();
        assertThat(isWell(row(CLEAR), arrived(CLEAR, false))).isTrue();
        assertThat(shown())
                .contains("All 1 domains ended as they must")
                .contains("Opportunistic: clear text, as told. Mandatory: kept, as told");
    }

    @Test
    void mailThatEndsInAnotherWayIsShown() {
        var kept = new Ended(new Ending(Outcome.DEFERRED, "no connection"), "no connection", "Nobody was there.");
        var row = new DemoRow(
                SOUND,
                Map.of(
                        DemoMode.OPPORTUNISTIC,
                        ended(SOUND, DemoMode.OPPORTUNISTIC),
                        DemoMode.MANDATORY,
                        Optional.of(kept)));
        assertThat(isWell(row, arrived(SOUND, true, true))).isFalse();
        assertThat(shown())
                .contains("! dane-ee.danelaw: under mandatory DANE it must end AUTHENTICATED, and ended DEFERRED"
                        + " (no connection): no connection. Nobody was there.");
    }

    @Test
    void mailThatIsKeptForAnotherReasonIsShown() {
        var kept = new Ended(new Ending(Outcome.DEFERRED, "TLS handshake failed"), "TLS handshake failed", "");
        var row = new DemoRow(
                CLEAR,
                Map.of(
                        DemoMode.OPPORTUNISTIC,
                        ended(CLEAR, DemoMode.OPPORTUNISTIC),
                        DemoMode.MANDATORY,
                        Optional.of(kept)));
        assertThat(isWell(row, arrived(CLEAR, false))).isFalse();
    }

    @Test
    void mailThatDoesNotEndIsShown() {
        assertThat(isWell(new DemoRow(SOUND, Map.of()), List.of())).isFalse();
        assertThat(shown()).contains("did not end in time");
    }

    @Test
    void whatTheMailHostsSayOtherwiseIsShown() {
        assertThat(isWell(row(SOUND), arrived(SOUND, true))).isFalse();
        assertThat(isWell(row(SOUND), arrived(SOUND, true, false))).isFalse();
        assertThat(isWell(row(CLEAR), arrived(CLEAR, false, false))).isFalse();
        assertThat(shown())
                .contains("the mail hosts took 0 messages from the gateway under mandatory DANE, where 1 is due")
                .contains("the message under mandatory DANE came without TLS")
                .contains("the mail hosts took 1 messages from the gateway under mandatory DANE, where 0 is due");
    }

    private boolean isWell(DemoRow row, List<Mail> arrived) {
        var screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), 0);
        return new DemoSummary(screen, List.of(row)).show(arrived, Duration.ofSeconds(1));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Domain domain(String name) {
        return REALM.domains().stream()
                .filter(domain -> domain.mailName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DemoRow row(Domain domain) {
        return new DemoRow(
                domain,
                Map.of(
                        DemoMode.OPPORTUNISTIC,
                        ended(domain, DemoMode.OPPORTUNISTIC),
                        DemoMode.MANDATORY,
                        ended(domain, DemoMode.MANDATORY)));
    }

    private static Optional<Ended> ended(Domain domain, DemoMode mode) {
        var ending = mode.expected(domain);
        return Optional.of(new Ended(ending, ending.outcome() == Outcome.AUTHENTICATED ? "" : "as told", ""));
    }

    /// A message for each mode, in their order, under TLS or not.
    private static List<Mail> arrived(Domain domain, boolean... underTls) {
        var mails = new ArrayList<Mail>();
        var modes = List.of(DemoMode.values());
        for (int i = 0; i < underTls.length; i++) {
            var to = modes.get(i).recipient(domain);
            mails.add(new Mail("you@hoster.danelaw", "", List.of(to), underTls[i], 10, "", "", "250 2.0.0 taken"));
        }
        return mails;
    }
}
