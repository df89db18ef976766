package org.danelaw.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.danelaw.delivery.DestinationStatus;
import org.danelaw.delivery.HostState;
import org.danelaw.dnssec.Reason;

/// `status`: the gateway as a whole.
record StatusCommand(Office office) implements AdminCommand {
    @Override
    public Manual manual() {
        return Manual.of("status", "show how the gateway is, what it has done since its start, and what waits");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var now = Instant.now();
        var oldest = office.queue().page(0, 1).stream()
                .map(queued -> Duration.between(queued.message().received(), now))
                .findFirst();
        return out.done(Answer.EMPTY
                .fact("asOf", "Status as of", Value.of(now))
                .fact("since", "Up since", Value.of(office.counters().since()))
                .fact("state", "System status", Value.of(state()))
                .fact("suspended", "Suspended destinations", suspended())
                .fact("dnssec", "DNSSEC", Value.of(dnssec()))
                .fact(
                        "oldestMessage",
                        "Oldest message",
                        oldest.map(Value::of).orElseGet(() -> new Value.Nothing("No Messages")))
                .line("")
                .group(
                        "counters",
                        "Counters since then:",
                        counters(office.deliveries().destinations()))
                .line("")
                .group("gauges", "Gauges:", gauges(office.deliveries().destinations())));
    }

    private String state() {
        return office.deliveries().suspension().everywhere() ? "Delivery suspended" : "Online";
    }

    private Value suspended() {
        var domains =
                office.deliveries().suspension().domains().stream().sorted().toList();
        return domains.isEmpty() ? new Value.Nothing("none") : Value.texts(domains);
    }

    private String dnssec() {
        return office.resolver().unavailable().map(Reason::sentence).orElse("available");
    }

    private Answer counters(List<DestinationStatus> hosts) {
        return Answer.EMPTY
                .fact(
                        "messagesReceived",
                        "Messages Received",
                        Value.of(office.counters().messages()))
                .fact(
                        "recipientsRejected",
                        "Rejected Recipients",
                        Value.of(office.counters().rejected()))
                .fact("delivered", "Delivered Recipients", sum(hosts, DestinationStatus::delivered))
                .fact("softBounced", "Soft Bounced Events", sum(hosts, DestinationStatus::softBounced))
                .fact(
                        "hardBounced",
                        "Hard Bounced Recipients",
                        sum(hosts, host -> host.hardBounced().total()));
    }

    private Answer gauges(List<DestinationStatus> hosts) throws IOException {
        var counts = office.queue().counts();
        return Answer.EMPTY
                .fact(
                        "connectionsIn",
                        "Current Inbound Conn.",
                        Value.of(office.counters().connectionsIn()))
                .fact(
                        "connectionsOut",
                        "Current Outbound Conn.",
                        Value.of(office.counters().connectionsOut()))
                .fact("messages", "Messages in Queue", Value.of(counts.messages()))
                .fact("activeRecipients", "Active Recipients", Value.of(counts.recipients()))
                .fact("kilobytes", "Kilobytes Used", Value.of(Math.ceilDiv(counts.octets(), 1024L)))
                .fact(
                        "hostsDown",
                        "Hosts Down",
                        Value.of(hosts.stream()
                                .filter(host -> host.state() == HostState.DOWN)
                                .count()));
    }

    private static Value sum(List<DestinationStatus> hosts, ToLongFunction<DestinationStatus> each) {
        return Value.of(hosts.stream().mapToLong(each).sum());
    }
}
