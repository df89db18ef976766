package org.danelaw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.events.DeliveryEvent.NoticeKind;
import org.danelaw.events.Event;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.Level;
import org.danelaw.events.ReverseName;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventCountsTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final EventCounts counts = new EventCounts();

    /// An event, and the one value that it changes.
    static Stream<Arguments> events() {
        var bob = new Address("bob", "dest.example");
        var reply = Reply.of(250, "ok");
        return Stream.of(
                row(
                        new IntakeEvent.Connected(1, "in", HERE, HERE, new ReverseName.Unknown()),
                        1,
                        Metric.INTAKE_CONNECTIONS,
                        ""),
                row(new IntakeEvent.Closed(1), -1, Metric.INTAKE_CONNECTIONS, ""),
                row(new IntakeEvent.Matched(1, "TCPREFUSE", "g", "r"), 1, Metric.INTAKE_CLIENTS, "tcprefuse"),
                row(new IntakeEvent.Matched(1, "WHATEVER", "g", "r"), 1, Metric.INTAKE_CLIENTS, "other"),
                row(new IntakeEvent.TurnedAway(1, "x"), 1, Metric.INTAKE_TURNED_AWAY, ""),
                row(new IntakeEvent.TlsSucceeded(1, "p", "c"), 1, Metric.INTAKE_TLS, "succeeded"),
                row(new IntakeEvent.TlsFailed(1, "x"), 1, Metric.INTAKE_TLS, "failed"),
                row(new IntakeEvent.Authenticated(1, "u", "PLAIN"), 1, Metric.INTAKE_LOGINS, "succeeded"),
                row(
                        new IntakeEvent.AuthenticationFailed(1, Optional.empty(), "LOGIN"),
                        1,
                        Metric.INTAKE_LOGINS,
                        "failed"),
                row(new IntakeEvent.CommandRefused(1, "MAIL", 452, "x"), 1, Metric.INTAKE_REFUSALS, "4xx"),
                row(new IntakeEvent.CommandRefused(1, "MAIL", 552, "x"), 1, Metric.INTAKE_REFUSALS, "5xx"),
                row(new IntakeEvent.Queued(1), 1, Metric.INTAKE_MESSAGES, "queued"),
                row(new IntakeEvent.Aborted(1, 1, "x"), 1, Metric.INTAKE_MESSAGES, "aborted"),
                row(new IntakeEvent.Ready(1, 77, Optional.empty()), 77, Metric.INTAKE_BYTES, ""),
                row(new IntakeEvent.RecipientTaken(1, 1, 0, bob), 1, Metric.INTAKE_RECIPIENTS, "taken"),
                row(new IntakeEvent.RecipientRejected(1, 1, bob, "RAT"), 1, Metric.INTAKE_RECIPIENTS, "rejected"),
                row(new SystemEvent.SpoolFailing("x"), 1, Metric.SPOOL_FAILING, ""),
                row(new DeliveryEvent.Closed(1), -1, Metric.DELIVERY_CONNECTIONS, ""),
                row(
                        new DeliveryEvent.ConnectionFailed(1, "d", HERE, 25, "x", Optional.empty(), "x"),
                        1,
                        Metric.DELIVERY_CONNECTS,
                        "failed"),
                row(new DeliveryEvent.TlsSucceeded(1, "p", "c", Optional.of("d")), 1, Metric.DELIVERY_TLS, "proven"),
                row(new DeliveryEvent.TlsSucceeded(1, "p", "c", Optional.empty()), 1, Metric.DELIVERY_TLS, "encrypted"),
                row(new DeliveryEvent.TlsFailed(1, "x"), 1, Metric.DELIVERY_TLS, "failed"),
                row(
                        new DeliveryEvent.DaneJudged(1, DaneResult.INSECURE_MX, "d", "m", "x"),
                        1,
                        Metric.DELIVERY_DANE,
                        "insecure-mx"),
                row(new DeliveryEvent.Delivered(1, 1, List.of(0, 1, 2), reply), 3, Metric.DELIVERED, ""),
                row(new DeliveryEvent.Delayed(1, 1, 0, failure("4.7.5")), 1, Metric.DELAYED, "security"),
                row(new DeliveryEvent.Bounced(1, 1, 0, failure("5.1.1")), 1, Metric.BOUNCED, "address"),
                row(new DeliveryEvent.Bounced(1, 1, 0, failure("made up")), 1, Metric.BOUNCED, "other"),
                row(
                        new DeliveryEvent.Held("d", HeldBy.TLS, Optional.empty(), "x", "x", List.of()),
                        1,
                        Metric.HELD,
                        "tls"),
                row(new SystemEvent.AlertTold("x", "x"), 1, Metric.ALERTS, "told"),
                row(new SystemEvent.AlertLost("x", "x"), 1, Metric.ALERTS, "lost"),
                row(new DeliveryEvent.Deleted(1, List.of(0, 1)), 2, Metric.REMOVED, "operator"),
                row(new DeliveryEvent.Discarded(1, List.of(0), "d", "r"), 1, Metric.REMOVED, "route"),
                row(new DeliveryEvent.NoticeGenerated(2, 1, NoticeKind.DELAY), 1, Metric.NOTICES, "delay"),
                row(new DeliveryEvent.PutBack("d", List.of(1L, 2L), "x"), 2, Metric.PUT_BACK, ""),
                row(new SystemEvent.TrustAnchorsChanged("x"), 1, Metric.TRUST_ANCHOR_NEWS, ""),
                row(new SystemEvent.ClockSet(java.time.Duration.ofDays(1)), 1, Metric.CLOCK_SET, ""),
                row(new SystemEvent.Impaired("x"), 1, Metric.IMPAIRED, ""));
    }

    private static Arguments row(Event event, int by, Metric metric, String value) {
        return Arguments.of(event, by, metric, value);
    }

    private static DeliveryEvent.Failure failure(String status) {
        return new DeliveryEvent.Failure(status, "x", Optional.empty(), "x");
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventChangesItsOwnValueAndNoOther(Event event, int by, Metric metric, String value) {
        counts.accept(event);
        var sheet = written();
        assertThat(sheet.values(metric)[metric.index(value)]).isEqualTo(by);
        assertThat(Arrays.stream(Metric.values())
                        .filter(sheet::knows)
                        .flatMapToLong(each -> Arrays.stream(sheet.values(each)))
                        .sum())
                .isEqualTo(by);
    }

    @Test
    void anOutgoingConnectionIsCountedAndOpen() {
        counts.accept(new DeliveryEvent.Connected(1, HERE, HERE, 25));
        assertThat(written().values(Metric.DELIVERY_CONNECTIONS)).containsExactly(1);
        assertThat(written().values(Metric.DELIVERY_CONNECTS)).containsExactly(1, 0);
    }

    @Test
    void aSpoolThatWritesAgainIsNotFailing() {
        counts.accept(new SystemEvent.SpoolFailing("x"));
        counts.accept(new SystemEvent.SpoolRecovered());
        assertThat(written().values(Metric.SPOOL_FAILING)).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource(DaneResult.class)
    void everyResultOfDaneHasItsValue(DaneResult result) {
        counts.accept(new DeliveryEvent.DaneJudged(1, result, "d", "m", "x"));
        assertThat(written().values(Metric.DELIVERY_DANE)[Metric.DELIVERY_DANE.index(result.word())])
                .isEqualTo(1);
    }

    @Test
    void nobodyIsMadeToTellDebugForIt() {
        assertThat(counts.wants(Level.DEBUG)).isFalse();
        assertThat(counts.wants(Level.INFO)).isTrue();
    }

    private Sheet written() {
        var sheet = new Sheet();
        counts.write(sheet);
        return sheet;
    }
}
