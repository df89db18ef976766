package org.danelaw.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;
import org.danelaw.delivery.DestinationStatus;
import org.danelaw.delivery.HostState;

/// `tophosts`: the destinations with most of something.
record TopHostsCommand(Office office) implements AdminCommand {
    private static final int USUAL_ROWS = 20;
    private static final Option LIMIT = Option.with("--limit", "N", "show so many (20)");
    private static final Map<String, ToLongFunction<DestinationStatus>> ORDERS = Map.of(
            "active", DestinationStatus::activeRecipients,
            "out", DestinationStatus::connectionsOut,
            "delivered", DestinationStatus::delivered,
            "soft", DestinationStatus::softBounced,
            "hard", host -> host.hardBounced().total());
    private static final List<Column> COLUMNS = List.of(
            Column.of("rank", "", "#"),
            Column.of("domain", "", "Recipient Host"),
            Column.of("activeRecipients", "Active", "Recip."),
            Column.of("connectionsOut", "Conn.", "Out"),
            Column.of("delivered", "Deliv.", "Recip."),
            Column.of("softBounced", "Soft", "Bounced"),
            Column.of("hardBounced", "Hard", "Bounced"),
            Column.of("state"),
            Column.of("suspended"));

    @Override
    public Manual manual() {
        return Manual.of("tophosts", "show the destinations with most waiting recipients, or most of something else")
                .taking(Operand.choice(Operand.Need.OPTIONAL, "active", "out", "delivered", "soft", "hard"))
                .with(LIMIT)
                .saying(
                        "Sorted by active recipients, connections out, delivered recipients, soft bounced events or hard"
                                + " bounced recipients.")
                .example("tophosts soft", "who keeps us waiting most");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var order = ORDERS.get(request.operand(0).orElse("active"));
        if (order == null) {
            return out.misunderstand("tophosts is sorted by active, out, delivered, soft or hard, not by "
                    + request.operand(0).orElse(""));
        }
        var limit = Numbers.of(request.value(LIMIT), USUAL_ROWS);
        if (limit.isEmpty()) {
            return out.misunderstand("--limit takes a number from 1 to " + Numbers.MOST);
        }
        var sorted = office.deliveries().destinations().stream()
                .sorted(Comparator.comparingLong(order).reversed().thenComparing(DestinationStatus::domain))
                .limit(limit.getAsInt())
                .toList();
        return out.done(Answer.EMPTY
                .fact("asOf", "Status as of", Value.of(Instant.now()))
                .line("Hosts marked with '*' were down as of the last delivery attempt.")
                .line("")
                .table("hosts", COLUMNS, Rows.of(rows(sorted))));
    }

    private static List<List<Value>> rows(List<DestinationStatus> hosts) {
        var rows = new ArrayList<List<Value>>();
        for (var host : hosts) {
            boolean down = host.state() == HostState.DOWN;
            rows.add(List.of(
                    Value.of((rows.size() + 1) + (down ? "*" : "")),
                    Value.of(host.domain()),
                    Value.of(host.activeRecipients()),
                    Value.of(host.connectionsOut()),
                    Value.of(host.delivered()),
                    Value.of(host.softBounced()),
                    Value.of(host.hardBounced().total()),
                    Value.of(host.state().name().toLowerCase(Locale.ROOT)),
                    Value.of(host.suspended())));
        }
        return rows;
    }
}
