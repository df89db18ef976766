package org.danelaw.metrics;

import static org.danelaw.metrics.Metric.FAILED;
import static org.danelaw.metrics.Metric.SUCCEEDED;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DnsEvent;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.Level;
import org.danelaw.events.SystemEvent;

/// Counts what the gateway tells of itself, since its start. Every thread tells it; no thread waits.
public final class EventCounts implements Events {
    /// What is counted here; all else is read off the gateway's parts.
    private static final List<Metric> COUNTED = List.of(
            Metric.INTAKE_CONNECTIONS,
            Metric.INTAKE_CLIENTS,
            Metric.INTAKE_TURNED_AWAY,
            Metric.INTAKE_TLS,
            Metric.INTAKE_LOGINS,
            Metric.INTAKE_REFUSALS,
            Metric.INTAKE_MESSAGES,
            Metric.INTAKE_BYTES,
            Metric.INTAKE_RECIPIENTS,
            Metric.DELIVERY_CONNECTIONS,
            Metric.DELIVERY_CONNECTS,
            Metric.DELIVERY_TLS,
            Metric.DELIVERY_DANE,
            Metric.DELIVERED,
            Metric.DELAYED,
            Metric.BOUNCED,
            Metric.HELD,
            Metric.REMOVED,
            Metric.NOTICES,
            Metric.PUT_BACK,
            Metric.TRUST_ANCHOR_NEWS,
            Metric.DNS_SERVER_FAILURES,
            Metric.DNS_BOGUS,
            Metric.ALERTS,
            Metric.CLOCK_SET,
            Metric.IMPAIRED);

    private final Map<Metric, List<LongAdder>> counts = new EnumMap<>(Metric.class);
    private volatile boolean spoolFails;

    public EventCounts() {
        COUNTED.forEach(metric -> counts.put(
                metric,
                Stream.generate(LongAdder::new)
                        .limit(metric.labelValues().size())
                        .toList()));
    }

    /// What is told below Info is not counted.
    @Override
    public boolean wants(Level level) {
        return Level.INFO.wants(level);
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case IntakeEvent intake -> count(intake);
            case DeliveryEvent delivery -> count(delivery);
            case DnsEvent.ServerFailed _ -> count(Metric.DNS_SERVER_FAILURES);
            case DnsEvent.BogusReply _ -> count(Metric.DNS_BOGUS);
            case DnsEvent _ -> {}
            case SystemEvent system -> count(system);
        }
    }

    private void count(IntakeEvent event) {
        switch (event) {
            case IntakeEvent.Connected _ -> add(Metric.INTAKE_CONNECTIONS, "", 1);
            case IntakeEvent.Closed _ -> add(Metric.INTAKE_CONNECTIONS, "", -1);
            case IntakeEvent.Matched matched -> count(Metric.INTAKE_CLIENTS, action(matched.action()));
            case IntakeEvent.TurnedAway _ -> count(Metric.INTAKE_TURNED_AWAY);
            case IntakeEvent.TlsSucceeded _ -> count(Metric.INTAKE_TLS, SUCCEEDED);
            case IntakeEvent.TlsFailed _ -> count(Metric.INTAKE_TLS, FAILED);
            case IntakeEvent.Authenticated _ -> count(Metric.INTAKE_LOGINS, SUCCEEDED);
            case IntakeEvent.AuthenticationFailed _ -> count(Metric.INTAKE_LOGINS, FAILED);
            case IntakeEvent.CommandRefused refused ->
                count(Metric.INTAKE_REFUSALS, refused.code() < 500 ? "4xx" : "5xx");
            case IntakeEvent.Queued _ -> count(Metric.INTAKE_MESSAGES, "queued");
            case IntakeEvent.Aborted _ -> count(Metric.INTAKE_MESSAGES, "aborted");
            case IntakeEvent.Ready ready -> add(Metric.INTAKE_BYTES, "", ready.bytes());
            case IntakeEvent.RecipientTaken _ -> count(Metric.INTAKE_RECIPIENTS, "taken");
            case IntakeEvent.RecipientRejected _ -> count(Metric.INTAKE_RECIPIENTS, "rejected");
            case IntakeEvent.MessageStarted _,
                    IntakeEvent.From _,
                    IntakeEvent.SubmitterClaimed _,
                    IntakeEvent.MessageIdSeen _,
                    IntakeEvent.SubjectSeen _ -> {}
        }
    }

    private static String action(String told) {
        String action = told.toLowerCase(Locale.ROOT);
        return Metric.INTAKE_CLIENTS.labelValues().contains(action) ? action : Metric.OTHER;
    }

    private void count(DeliveryEvent event) {
        switch (event) {
            case DeliveryEvent.Connected _ -> {
                count(Metric.DELIVERY_CONNECTS, SUCCEEDED);
                add(Metric.DELIVERY_CONNECTIONS, "", 1);
            }
            case DeliveryEvent.Closed _ -> add(Metric.DELIVERY_CONNECTIONS, "", -1);
            case DeliveryEvent.ConnectionFailed _ -> count(Metric.DELIVERY_CONNECTS, FAILED);
            case DeliveryEvent.TlsSucceeded tls ->
                count(Metric.DELIVERY_TLS, tls.provenFor().isPresent() ? "proven" : "encrypted");
            case DeliveryEvent.TlsFailed _ -> count(Metric.DELIVERY_TLS, FAILED);
            case DeliveryEvent.DaneJudged judged -> count(Metric.DELIVERY_DANE, Label.word(judged.result()));
            case DeliveryEvent.Delivered delivered ->
                add(Metric.DELIVERED, "", delivered.rids().size());
            case DeliveryEvent.Delayed delayed ->
                count(Metric.DELAYED, Label.word(Subject.of(delayed.failure().status())));
            case DeliveryEvent.Bounced bounced ->
                count(Metric.BOUNCED, Label.word(Subject.of(bounced.failure().status())));
            case DeliveryEvent.Held held -> count(Metric.HELD, Label.word(held.by()));
            case DeliveryEvent.Deleted deleted ->
                add(Metric.REMOVED, "operator", deleted.rids().size());
            case DeliveryEvent.Discarded discarded ->
                add(Metric.REMOVED, "route", discarded.rids().size());
            case DeliveryEvent.NoticeGenerated notice -> count(Metric.NOTICES, Label.word(notice.kind()));
            case DeliveryEvent.PutBack putBack ->
                add(Metric.PUT_BACK, "", putBack.mids().size());
            case DeliveryEvent.Started _,
                    DeliveryEvent.NoticeWithheld _,
                    DeliveryEvent.Finished _,
                    DeliveryEvent.StoppedWhileSending _,
                    DeliveryEvent.HostStateChanged _,
                    DeliveryEvent.BroughtForward _ -> {}
        }
    }

    private void count(SystemEvent event) {
        switch (event) {
            case SystemEvent.SpoolFailing _ -> spoolFails = true;
            case SystemEvent.SpoolRecovered _ -> spoolFails = false;
            case SystemEvent.TrustAnchorsChanged _ -> count(Metric.TRUST_ANCHOR_NEWS);
            case SystemEvent.AlertTold _ -> count(Metric.ALERTS, "told");
            case SystemEvent.AlertLost _ -> count(Metric.ALERTS, "lost");
            case SystemEvent.ClockSet _ -> count(Metric.CLOCK_SET);
            case SystemEvent.Impaired _ -> count(Metric.IMPAIRED);
            case SystemEvent.Started _,
                    SystemEvent.SpoolOpened _,
                    SystemEvent.SignaturesChecked _,
                    SystemEvent.ResolverCapable _,
                    SystemEvent.ResolverLacking _,
                    SystemEvent.ResolverSilent _,
                    SystemEvent.CommandGiven _,
                    SystemEvent.UsersRead _,
                    SystemEvent.UsersUnreadable _,
                    SystemEvent.LogLinesDropped _ -> {}
        }
    }

    private void count(Metric metric) {
        add(metric, "", 1);
    }

    private void count(Metric metric, String value) {
        add(metric, value, 1);
    }

    private void add(Metric metric, String value, long number) {
        counts.getOrDefault(metric, List.of()).get(metric.index(value)).add(number);
    }

    void write(Sheet sheet) {
        counts.forEach((metric, adders) -> {
            for (int i = 0; i < adders.size(); i++) {
                sheet.put(metric, metric.labelValues().get(i), adders.get(i).sum());
            }
        });
        sheet.put(Metric.SPOOL_FAILING, spoolFails ? 1 : 0);
    }
}
