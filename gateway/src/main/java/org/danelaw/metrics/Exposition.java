package org.danelaw.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// A sheet in Prometheus' text format, version 0.0.4.
final class Exposition {
    private static final String TOTAL = "_total";
    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

    private Exposition() {}

    static String contentType() {
        return WRITER.getContentType();
    }

    static byte[] octets(Sheet sheet) {
        var snapshots = MetricSnapshots.builder();
        Arrays.stream(Metric.values())
                .filter(sheet::knows)
                .map(metric -> snapshot(metric, sheet.values(metric)))
                .forEach(snapshots::metricSnapshot);
        var octets = new ByteArrayOutputStream();
        try {
            WRITER.write(octets, snapshots.build());
        } catch (IOException memoryFails) {
            throw new UncheckedIOException(memoryFails);
        }
        return octets.toByteArray();
    }

    private static MetricSnapshot snapshot(Metric metric, long[] values) {
        return switch (metric.type()) {
            case COUNTER -> counter(metric, values);
            case GAUGE -> gauge(metric, values);
        };
    }

    /// The library adds `_total` by itself.
    private static MetricSnapshot counter(Metric metric, long[] values) {
        var name = metric.title().substring(0, metric.title().length() - TOTAL.length());
        var counter = CounterSnapshot.builder().name(name).help(metric.meaning() + ".");
        for (int i = 0; i < values.length; i++) {
            counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .value((double) values[i])
                    .labels(labels(metric, i))
                    .build());
        }
        return counter.build();
    }

    private static MetricSnapshot gauge(Metric metric, long[] values) {
        var gauge = GaugeSnapshot.builder().name(metric.title()).help(metric.meaning() + ".");
        for (int i = 0; i < values.length; i++) {
            gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .value((double) values[i])
                    .labels(labels(metric, i))
                    .build());
        }
        return gauge.build();
    }

    private static Labels labels(Metric metric, int value) {
        return metric.label()
                .map(label -> Labels.of(label.name(), label.values().get(value)))
                .orElse(Labels.EMPTY);
    }
}
