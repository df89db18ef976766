package org.danelaw.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.danelaw.admin.Answer.Column;
import org.danelaw.queue.Next;
import org.danelaw.queue.Queued;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Address;

/// `showrecipients`: who waits in the queue, since when, why, and until when.
record ShowRecipientsCommand(Office office) implements AdminCommand {
    private static final int USUAL_ROWS = 1_000;
    private static final Option LIMIT = Option.with("--limit", "N", "show so many (1000)");
    private static final Option WHY =
            Option.flag("--why", "say of each what happened, and what would have to change for it to be delivered");
    private static final List<Column> COLUMNS = List.of(
            Column.of("mid", "MID"),
            Column.of("rid", "RID"),
            Column.of("bytes", "Bytes"),
            Column.of("attempts", "Atmps"),
            Column.of("sender", "Sender"),
            Column.of("recipient", "Recipient"),
            Column.of("since", "Waits since"),
            Column.of("next", "Next attempt"),
            Column.of("reason", "Why"),
            Column.of("giveUp"),
            Column.of("status"),
            Column.of("sentence"),
            Column.of("host"),
            Column.of("remedy"));

    @Override
    public Manual manual() {
        return Manual.of("showrecipients", "show who waits in the queue, since when, why, and until when")
                .taking(Selector.OPERANDS)
                .with(LIMIT, WHY)
                .example("showrecipients domain example.org --why", "why that mail waits, and what they must change")
                .example("showrecipients all --limit 20", "the oldest twenty messages");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var selection = Selector.of(request.operands());
        var limit = Numbers.of(request.value(LIMIT), USUAL_ROWS);
        if (selection.isEmpty() || limit.isEmpty()) {
            return out.misunderstand("say " + manual().synopsis() + " (--limit from 1 to " + Numbers.MOST + ")");
        }
        var chosen = new TreeMap<>(office.queue().chosen(selection.get()));
        int total = chosen.values().stream().mapToInt(Set::size).sum();
        var answer = Answer.EMPTY
                .table("recipients", COLUMNS, taker -> each(chosen, limit.getAsInt(), taker))
                .member("total", Value.of(total).json());
        return out.done(
                tail(request.has(WHY) ? Optional.of(chosen) : Optional.empty(), total, limit.getAsInt(), answer));
    }

    private void each(Map<Long, Set<Integer>> chosen, int limit, Answer.Taker taker) throws IOException {
        int left = limit;
        for (var entry : chosen.entrySet()) {
            var queued = office.queue().read(entry.getKey());
            if (queued.isEmpty()) {
                continue;
            }
            for (var state : queued.get().states()) {
                if (entry.getValue().contains(state.rid()) && left > 0) {
                    left--;
                    taker.take(row(queued.get(), state));
                }
            }
            if (left == 0) {
                return;
            }
        }
    }

    private Answer tail(Optional<Map<Long, Set<Integer>>> why, int total, int limit, Answer answer) throws IOException {
        var longer = answer;
        if (why.isPresent()) {
            longer = because(why.get(), limit, longer);
        }
        return total > limit ? longer.line((total - limit) + " more; --limit shows more.") : longer;
    }

    /// For people; programs have it in the table.
    private Answer because(Map<Long, Set<Integer>> chosen, int limit, Answer answer) throws IOException {
        var longer = answer;
        int left = limit;
        for (var mid : chosen.keySet()) {
            var queued = office.queue().read(mid);
            if (queued.isEmpty() || left <= 0) {
                continue;
            }
            for (var state : queued.get().states()) {
                if (chosen.getOrDefault(mid, Set.of()).contains(state.rid()) && left-- > 0) {
                    longer = longer.line("").lines(because(queued.get(), state));
                }
            }
        }
        return longer;
    }

    private static List<String> because(Queued queued, Queued.State state) {
        var head = "MID " + queued.mid() + " RID " + state.rid() + " to " + recipient(queued, state) + ": ";
        return state.why()
                .map(why -> Stream.concat(
                                Stream.of(head + why.status() + " " + why.sentence()),
                                why.remedy().stream().map(line -> "  " + line))
                        .toList())
                .orElseGet(() -> List.of(head + "not tried yet"));
    }

    private static Address recipient(Queued queued, Queued.State state) {
        return queued.message()
                .envelope()
                .recipients()
                .get(queued.states().indexOf(state))
                .address();
    }

    private static List<Value> row(Queued queued, Queued.State state) {
        return List.of(
                Value.of(queued.mid()),
                Value.of(state.rid()),
                Value.of(queued.content().size()),
                Value.of(state.attempts()),
                Value.of(queued.message()
                        .envelope()
                        .sender()
                        .map(Address::toString)
                        .orElse("<>")),
                Value.of(recipient(queued, state).toString()),
                Value.of(queued.message().received()),
                Value.of(state.next().at()),
                Value.of(state.why().map(Why::reason), "not tried yet"),
                Value.of(state.next() instanceof Next.GiveUp),
                Value.of(state.why().map(Why::status), "-"),
                Value.of(state.why().map(Why::sentence), "-"),
                Value.of(state.why().flatMap(Why::host), "-"),
                Value.texts(state.why().map(Why::remedy).orElse(List.of())));
    }
}
