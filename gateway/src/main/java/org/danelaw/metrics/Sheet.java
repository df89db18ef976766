package org.danelaw.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// The values of all metrics at one moment. What is not known has none. Belongs to one thread.
final class Sheet {
    private final Map<Metric, long[]> values = new EnumMap<>(Metric.class);

    void put(Metric metric, long value) {
        put(metric, "", value);
    }

    /// The other values of its label are 0, unless they are put.
    void put(Metric metric, String value, long number) {
        of(metric)[metric.index(value)] = number;
    }

    void add(Metric metric, String value, long number) {
        of(metric)[metric.index(value)] += number;
    }

    private long[] of(Metric metric) {
        return values.computeIfAbsent(
                metric, which -> new long[which.labelValues().size()]);
    }

    boolean knows(Metric metric) {
        return values.containsKey(metric);
    }

    /// In the order of the metric's [Metric#labelValues].
    long[] values(Metric metric) {
        long[] known = of(metric);
        return Arrays.copyOf(known, known.length);
    }
}
