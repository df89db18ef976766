package org.danelaw.metrics;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import org.danelaw.delivery.Deliveries;
import org.danelaw.delivery.HostState;
import org.danelaw.events.MailLogs;
import org.danelaw.intake.FreeSpace;
import org.danelaw.queue.MailQueue;
import org.danelaw.resolver.Capability;
import org.danelaw.resolver.DnsResolver;

/// What is read off the parts of a gateway when somebody asks.
///
/// @param started when the gateway began
/// @param space room on the disk of the spool
public record GatewayReadings(
        Instant started,
        Deliveries deliveries,
        MailQueue queue,
        FreeSpace space,
        DnsResolver resolver,
        MailLogs logs,
        InstantSource clock) {
    void write(Sheet sheet) {
        sheet.put(Metric.START_TIME, started.getEpochSecond());
        sheet.put(Metric.LOG_LOST, logs.lost());
        writeQueue(sheet);
        writeDeliveries(sheet);
        writeResolver(sheet);
    }

    private void writeQueue(Sheet sheet) {
        try {
            var counts = queue.counts();
            var oldest = queue.page(0, 1).stream()
                    .map(queued -> Duration.between(queued.message().received(), clock.instant()))
                    .findFirst()
                    .orElse(Duration.ZERO);
            sheet.put(Metric.QUEUE_MESSAGES, counts.messages());
            sheet.put(Metric.QUEUE_RECIPIENTS, counts.recipients());
            sheet.put(Metric.QUEUE_BYTES, counts.octets());
            sheet.put(Metric.QUEUE_OLDEST, Math.max(0, oldest.toSeconds()));
        } catch (IOException unreadable) {
            // The spool says itself what is wrong with it; a value that is not known is not shown.
            assert !sheet.knows(Metric.QUEUE_MESSAGES);
        }
        long free = space.octets();
        if (free != Long.MAX_VALUE) {
            sheet.put(Metric.SPOOL_FREE, free);
        }
    }

    private void writeDeliveries(Sheet sheet) {
        Stream.of(HostState.values()).forEach(state -> sheet.put(Metric.DESTINATIONS, Label.word(state), 0));
        deliveries
                .destinations()
                .forEach(destination -> sheet.add(Metric.DESTINATIONS, Label.word(destination.state()), 1));
        var suspension = deliveries.suspension();
        sheet.put(Metric.SUSPENDED, suspension.everywhere() ? 1 : 0);
        sheet.put(Metric.SUSPENDED_DESTINATIONS, suspension.domains().size());
    }

    private void writeResolver(Sheet sheet) {
        var status = resolver.status();
        sheet.put(Metric.DNS_AVAILABLE, status.unavailable().isEmpty() ? 1 : 0);
        sheet.put(Metric.TRUST_ANCHORS, status.trustAnchors());
        sheet.put(Metric.DNS_QUESTIONS, "hit", status.hits());
        sheet.put(Metric.DNS_QUESTIONS, "miss", status.misses());
        sheet.put(Metric.DNS_CACHED, status.cachedAnswers());
        sheet.put(Metric.DNS_CACHE_BYTES, status.cachedBytes());
        Function<Capability, String> word = capability -> switch (capability) {
            case Capability.Capable() -> "capable";
            case Capability.Lacking _ -> "lacking";
            case Capability.Unreachable _ -> "unreachable";
            case Capability.Unknown() -> "unknown";
        };
        status.servers().values().forEach(capability -> sheet.add(Metric.DNS_RESOLVERS, word.apply(capability), 1));
    }
}
