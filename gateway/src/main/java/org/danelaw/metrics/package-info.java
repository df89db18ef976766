/// What a monitoring system is told of a gateway, in the form that Prometheus reads.
///
/// [org.danelaw.metrics.Metric] is the table of all that there is. [org.danelaw.metrics.EventCounts] counts what
/// the gateway tells of itself, [org.danelaw.metrics.GatewayReadings] reads the rest off its parts when somebody
/// asks, and [org.danelaw.metrics.MetricsPage] serves both over HTTP. No label has a value that comes from mail or
/// from the DNS: what there is to store does not grow with what strangers send.
@org.jspecify.annotations.NullMarked
package org.danelaw.metrics;
