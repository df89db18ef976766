package org.danelaw.resolver;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.danelaw.dns.Question;
import org.danelaw.dns.Reply;
import org.danelaw.dnssec.Budget;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.resolver.Upstream.Asked;
import org.danelaw.resolver.Upstream.Manner;

/// All that is asked upstream for one question of ours, within its budget.
///
/// @param about the question of ours
record Inquiry(Question about, Upstream upstream, Budget budget, ResolverEvents events) {
    /// What can become of a reply, for the two outcomes that are treated apart.
    record Outcomes<T>(
            Function<T, Optional<Reason>> bogus, Predicate<T> isUnavailable, Function<Reason, T> unavailable) {
        boolean isBogus(T outcome) {
            return bogus.apply(outcome).isPresent();
        }
    }

    /// Asks, and has the reply judged.
    ///
    /// Rule A15: a bogus reply is asked for once more, elsewhere; it counts unless something better comes.
    <T> T ask(Question question, Outcomes<T> outcomes, Function<Reply, T> judge) {
        if (!question.equals(about)) {
            events.needed(question);
        }
        return switch (ask(question, Manner.FIRST)) {
            case Asked.Failed(var reason) -> outcomes.unavailable.apply(reason);
            case Asked.Replied(var reply, var server) -> {
                T first = judged(question, server, outcomes, judge.apply(reply));
                if (!outcomes.isBogus(first)) {
                    yield first;
                }
                yield budget.isSpent()
                        ? outcomes.unavailable.apply(tooMuch(question))
                        : again(question, server, first, outcomes, judge);
            }
        };
    }

    private <T> T again(Question question, String server, T first, Outcomes<T> outcomes, Function<Reply, T> judge) {
        return switch (ask(question, new Manner.AgainAfterBogus(server))) {
            case Asked.Failed _ -> first;
            case Asked.Replied(var reply, var elsewhere) -> {
                T second = judged(question, elsewhere, outcomes, judge.apply(reply));
                yield outcomes.isBogus(second) || outcomes.isUnavailable.test(second) ? first : second;
            }
        };
    }

    private <T> T judged(Question question, String server, Outcomes<T> outcomes, T outcome) {
        outcomes.bogus.apply(outcome).ifPresent(reason -> events.bogus(question, server, reason));
        return outcome;
    }

    private Asked ask(Question question, Manner manner) {
        return budget.allowsQuery() ? upstream.ask(question, manner) : new Asked.Failed(tooMuch(question));
    }

    private static Reason tooMuch(Question question) {
        return new Reason(
                "to answer " + question + " takes more work than one question may cause", ExtendedError.OTHER);
    }
}
