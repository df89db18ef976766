package org.danelaw.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.alerts.Notice.State;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.events.DeliveryEvent.Failure;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Address;
import org.junit.jupiter.api.Test;

/// What is told of what happens, when, and how often.
final class AlertBookTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration REMINDER = Duration.ofDays(1);

    private final AlertBook book = new AlertBook();
    private AlertSettings settings = settings(Severity.WARNING);
    private Duration now = Duration.ofDays(3);

    private static AlertSettings settings(Severity least) {
        return new AlertSettings(
                List.of(new Address("admin", "org.example")), Optional.empty(), least, PATIENCE, INTERVAL, REMINDER);
    }

    private void tell(Event... events) {
        for (var event : events) {
            Fact.of(event).forEach(fact -> book.note(fact, now));
        }
    }

    private List<Notice> after(Duration span) {
        now = now.plus(span);
        return book.due(now, settings);
    }

    private List<State> statesAfter(Duration span) {
        return after(span).stream().map(Notice::state).toList();
    }

    private static DeliveryEvent.Held held(String domain, HeldBy by, String reason) {
        return new DeliveryEvent.Held(
                domain, by, Optional.of("mx." + domain), reason, "It failed.", List.of("Mend it."));
    }

    private static DeliveryEvent.Held dane(String domain) {
        return held(domain, HeldBy.DANE, "server certificate not trusted");
    }

    private static DeliveryEvent.DaneJudged judged(DaneResult result, String domain) {
        return new DeliveryEvent.DaneJudged(7, result, domain, "mx." + domain, "3 1 1");
    }

    @Test
    void aThousandFailuresOfOneDestinationAreOneAlert() {
        var told = new ArrayList<Notice>();
        for (int i = 0; i < 1_000; i++) {
            tell(dane("two.example"));
            told.addAll(after(Duration.ofSeconds(1)));
        }
        assertThat(told).singleElement().satisfies(notice -> {
            assertThat(notice.state()).isEqualTo(State.RAISED);
            assertThat(notice.age()).isEqualTo(PATIENCE);
            assertThat(notice.times()).isEqualTo(PATIENCE.toSeconds());
            assertThat(notice.alert().host()).contains("mx.two.example");
        });
    }

    @Test
    void aDestinationThatFailsOnceAndThenNotIsNoAlert() {
        tell(dane("two.example"));
        assertThat(after(PATIENCE.minusSeconds(1))).isEmpty();
        tell(judged(DaneResult.SUCCESS, "two.example"));
        assertThat(after(REMINDER)).isEmpty();
    }

    @Test
    void overIsToldOnceAndOnlyOfWhatWasTold() {
        tell(dane("two.example"), dane("three.example"));
        tell(judged(DaneResult.SUCCESS, "three.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
        tell(judged(DaneResult.SUCCESS, "two.example"), judged(DaneResult.SUCCESS, "three.example"));
        assertThat(after(Duration.ofSeconds(1))).singleElement().satisfies(notice -> {
            assertThat(notice.state()).isEqualTo(State.OVER);
            assertThat(notice.over()).contains("A session with mx.two.example was had.");
        });
        tell(judged(DaneResult.SUCCESS, "two.example"));
        assertThat(after(REMINDER)).isEmpty();
    }

    @Test
    void anAlertThatComesAndGoesIsToldTwiceInAnInterval() {
        var told = new ArrayList<State>();
        for (int second = 0; second < INTERVAL.toSeconds() * 4; second += 200) {
            tell(dane("two.example"));
            told.addAll(statesAfter(Duration.ofSeconds(150)));
            tell(judged(DaneResult.SUCCESS, "two.example"));
            told.addAll(statesAfter(Duration.ofSeconds(50)));
        }
        assertThat(told).hasSizeBetween(6, 8).startsWith(State.RAISED, State.OVER, State.RAISED, State.OVER);
    }

    @Test
    void whatIsBackBeforeItsEndWasToldIsStillTheSame() {
        tell(dane("two.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
        tell(judged(DaneResult.SUCCESS, "two.example"), dane("two.example"));
        assertThat(after(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void anotherReasonIsAnUpdateButNotBeforeTheInterval() {
        tell(dane("two.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
        tell(held("two.example", HeldBy.DANE, "no TLSA record"));
        assertThat(after(INTERVAL.minusSeconds(1))).isEmpty();
        assertThat(after(Duration.ofSeconds(1))).singleElement().satisfies(notice -> {
            assertThat(notice.state()).isEqualTo(State.UPDATED);
            assertThat(notice.alert().reason()).isEqualTo("no TLSA record");
        });
        tell(held("two.example", HeldBy.DANE, "no TLSA record"));
        assertThat(after(INTERVAL)).isEmpty();
    }

    @Test
    void whatLastsIsToldAgainAfterTheReminder() {
        tell(dane("two.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
        assertThat(after(REMINDER.minusSeconds(1))).isEmpty();
        assertThat(statesAfter(Duration.ofSeconds(1))).containsExactly(State.UPDATED);
    }

    @Test
    void differentCausesOfOneDestinationAreDifferentAlerts() {
        tell(dane("two.example"), held("two.example", HeldBy.TLS, "STARTTLS not offered"));
        assertThat(after(PATIENCE))
                .extracting(notice -> notice.alert().matter().title())
                .containsExactly("DANE fails for two.example", "required TLS fails for two.example");
        tell(judged(DaneResult.OFF, "two.example"));
        assertThat(after(Duration.ofSeconds(1)))
                .as("a session without DANE proves nothing of DANE")
                .extracting(notice -> notice.alert().matter())
                .containsExactly(new Matter.Destination("two.example", HeldBy.TLS));
        assertThat(book.failing()).containsExactly(new Matter.Destination("two.example", HeldBy.DANE));
    }

    @Test
    void anOrdinaryDelayIsNothing() {
        tell(
                new DeliveryEvent.Delayed(7, 1, 0, new Failure("4.2.0", "refused for now", Optional.of(450), "later")),
                new DeliveryEvent.HostStateChanged("two.example", false, "No connection."),
                judged(DaneResult.FAILED, "two.example"));
        assertThat(after(REMINDER)).isEmpty();
    }

    @Test
    void whatIsNoMatterOfADestinationIsToldAtOnce() {
        tell(
                new SystemEvent.SpoolFailing("the disk is full"),
                new SystemEvent.ResolverLacking("192.0.2.53:53", "does not do EDNS"));
        book.note(Fact.disk(5 << 20, 100 << 20), now);
        assertThat(after(Duration.ZERO))
                .extracting(
                        notice -> notice.alert().severity(),
                        notice -> notice.alert().matter().causeWord())
                .containsExactly(
                        tuple(Severity.CRITICAL, "spool"),
                        tuple(Severity.CRITICAL, "resolver"),
                        tuple(Severity.CRITICAL, "disk"));
        tell(new SystemEvent.SpoolRecovered(), new SystemEvent.ResolverCapable("192.0.2.53:53"));
        book.note(Fact.disk(500 << 20, 100 << 20), now);
        assertThat(statesAfter(Duration.ZERO)).containsExactly(State.OVER, State.OVER, State.OVER);
    }

    @Test
    void aChangeOfTrustAnchorsHappensAndHasNoEnd() {
        tell(new SystemEvent.TrustAnchorsChanged("key 20326 of . is missing"));
        tell(new SystemEvent.TrustAnchorsChanged("key 38696 of . is valid"));
        assertThat(statesAfter(Duration.ZERO)).containsExactly(State.HAPPENED, State.HAPPENED);
        tell(new SystemEvent.TrustAnchorsChanged("key 20326 of . is missing"));
        assertThat(after(INTERVAL.minusSeconds(1))).isEmpty();
        assertThat(statesAfter(Duration.ofSeconds(1))).containsExactly(State.HAPPENED);
    }

    @Test
    void whatMattersLessThanIsWantedIsNotTold() {
        settings = settings(Severity.CRITICAL);
        tell(dane("two.example"), new SystemEvent.SpoolFailing("the disk is full"));
        assertThat(after(PATIENCE))
                .extracting(notice -> notice.alert().matter())
                .containsExactly(new Matter.Spool());
        settings = settings(Severity.WARNING);
        assertThat(statesAfter(Duration.ZERO)).as("from the change on it is").containsExactly(State.RAISED);
    }

    @Test
    void whereNobodyIsToldNothingCountsAsTold() {
        var wanted = settings;
        settings = AlertSettings.NONE;
        tell(dane("two.example"));
        assertThat(after(PATIENCE)).isEmpty();
        settings = wanted;
        assertThat(statesAfter(Duration.ZERO)).containsExactly(State.RAISED);
    }

    @Test
    void thatAnAlertIsLostIsNoAlert() {
        tell(new SystemEvent.AlertLost("x", "y"), new SystemEvent.AlertTold("x", "y"), new SystemEvent.Impaired("z"));
        assertThat(after(REMINDER)).isEmpty();
    }

    @Test
    void whatIsOverIsForgottenSoThatNewMattersFindRoom() {
        for (int i = 0; i <= AlertBook.MOST_MATTERS; i++) {
            tell(dane(i + ".example"));
        }
        assertThat(after(PATIENCE)).hasSize(AlertBook.MOST_MATTERS);
        for (int i = 0; i < AlertBook.MOST_MATTERS; i++) {
            tell(judged(DaneResult.SUCCESS, i + ".example"));
        }
        assertThat(after(INTERVAL)).hasSize(AlertBook.MOST_MATTERS);
        tell(dane("new.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
    }

    @Test
    void howeverManyDestinationsFailTheGatewaysOwnTroubleFindsRoom() {
        for (int i = 0; i < AlertBook.MOST_MATTERS; i++) {
            tell(dane(i + ".example"));
        }
        tell(
                new SystemEvent.SpoolFailing("the disk is full"),
                new SystemEvent.ResolverLacking("192.0.2.53:53", "does not do EDNS"));
        book.note(Fact.disk(5 << 20, 100 << 20), now);
        assertThat(after(Duration.ZERO))
                .extracting(notice -> notice.alert().matter().causeWord())
                .containsExactly("spool", "resolver", "disk");
    }

    @Test
    void whatHappenedWhileNobodyWasToldTakesNoRoom() {
        var wanted = settings;
        settings = AlertSettings.NONE;
        for (int i = 0; i < AlertBook.MOST_MATTERS; i++) {
            tell(new SystemEvent.TrustAnchorsChanged("keys of . cannot be refreshed: " + i));
        }
        assertThat(after(INTERVAL)).isEmpty();
        settings = wanted;
        assertThat(after(INTERVAL)).as("it is long ago").isEmpty();
        tell(dane("two.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
    }

    /// The wall clock is no argument; elapsed time is counted from wherever it begins.
    @Test
    void timeMayBeginAnywhere() {
        now = Duration.ofDays(-10_000);
        tell(dane("two.example"));
        assertThat(statesAfter(PATIENCE)).containsExactly(State.RAISED);
    }
}
