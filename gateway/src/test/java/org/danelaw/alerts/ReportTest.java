package org.danelaw.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.smtp.Address;
import org.junit.jupiter.api.Test;

/// What an administrator reads, to the letter.
final class ReportTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private static Report report(Notice.State state, String text, Instant oldest) {
        var alert = new Alert(
                new Matter.Destination("two.example", HeldBy.DANE),
                Severity.WARNING,
                Optional.of("mx.two.example"),
                "server certificate not trusted",
                text,
                List.of("Publish _25._tcp.mx.two.example. IN TLSA 3 1 1 00."));
        var over = state == Notice.State.OVER
                ? Optional.of("A session with mx.two.example was had.")
                : Optional.<String>empty();
        return new Report(
                new Notice(state, alert, Duration.ofMinutes(5), 3, over),
                Optional.of(new Backlog(12, 14, Optional.of(oldest))),
                "gw.example",
                NOW);
    }

    private static Report raised() {
        return report(Notice.State.RAISED, "No record admits it.", NOW.minus(Duration.ofMinutes(65)));
    }

    @Test
    void saysWhichHostWhatWasWrongHowMuchWaitsAndWhatToDo() {
        assertThat(raised().text()).isEqualTo("""
                [warning] DANE fails for two.example

                  What is wrong:  No record admits it.
                  Mail host:      mx.two.example
                  Reason:         server certificate not trusted
                  Since:          Tue, 24 Nov 2026 20:55:00 +0000
                  Waiting:        12 messages for 14 recipients, the oldest for 65 minutes
                  What to do:     Publish _25._tcp.mx.two.example. IN TLSA 3 1 1 00.
                  To look closer: danelaw cli daneverify --explain two.example
                """);
    }

    @Test
    void saysWhyItIsOver() {
        assertThat(report(Notice.State.OVER, "No record admits it.", NOW).text())
                .isEqualTo("""
                [over] DANE fails for two.example

                  Why it is over: A session with mx.two.example was had.
                  What was wrong: No record admits it.
                  Mail host:      mx.two.example
                  Reason:         server certificate not trusted
                  Since:          Tue, 24 Nov 2026 20:55:00 +0000
                  Waiting:        12 messages for 14 recipients, the oldest for 0 seconds
                """);
    }

    @Test
    void programsGetTheSame() {
        assertThat(raised().json().written())
                .isEqualTo(
                        "{\"gateway\":\"gw.example\",\"state\":\"raised\",\"severity\":\"warning\",\"cause\":\"dane\","
                                + "\"about\":\"two.example\",\"title\":\"DANE fails for two.example\","
                                + "\"reason\":\"server certificate not trusted\",\"host\":\"mx.two.example\","
                                + "\"text\":\"No record admits it.\","
                                + "\"remedy\":[\"Publish _25._tcp.mx.two.example. IN TLSA 3 1 1 00.\"],"
                                + "\"since\":\"2026-11-24T20:55:00Z\",\"times\":3,\"over\":null,"
                                + "\"waiting\":{\"messages\":12,\"recipients\":14,\"oldest\":\"2026-11-24T19:55:00Z\","
                                + "\"oldestSeconds\":3900}}");
    }

    @Test
    void nobodyOutsideCanStartALineOfHisOwn() {
        assertThat(report(Notice.State.RAISED, "x\r\nReason: none", NOW).text()).contains("x??Reason: none");
    }

    @Test
    void aClockThatWasSetBackMakesNoNegativeAge() {
        assertThat(report(Notice.State.RAISED, "x", NOW.plus(Duration.ofDays(1)))
                        .text())
                .contains("the oldest for 0 seconds");
    }

    @Test
    void oneMailHasOnlySoManyInFull() {
        var mail = new AlertMail(
                new Address("admin", "org.example"),
                Collections.nCopies(AlertMail.MOST_IN_FULL + 7, raised()),
                "gw.example",
                NOW);
        assertThat(mail.subject()).isEqualTo("gw.example: [warning] DANE fails for two.example, and 56 more");
        assertThat(mail.text()).endsWith("There are 7 more; `danelaw cli tophosts` shows which mail waits.\n");
    }
}
