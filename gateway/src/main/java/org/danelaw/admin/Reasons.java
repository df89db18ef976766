package org.danelaw.admin;

import java.time.Instant;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;

/// Why a recipient was not served, for showing.
final class Reasons {
    private Reasons() {}

    /// All that is known, and when it was seen.
    static Answer of(Why why, Instant at) {
        return of(why).fact("at", "At", Value.of(at));
    }

    static Answer of(Why why) {
        var answer = Answer.EMPTY
                .fact("status", "Status", Value.of(why.status()))
                .fact("reason", "Reason", Value.of(why.reason()))
                .fact("sentence", "What happened", Value.of(why.sentence()))
                .fact("host", "Host", Value.of(why.host(), "-"))
                .fact("reply", "Its reply", Value.of(why.reply().map(Reasons::text), "-"));
        return why.remedy().isEmpty() ? answer : answer.fact("remedy", "What must change", Value.texts(why.remedy()));
    }

    private static String text(Reply reply) {
        return reply.code() + " " + reply.text();
    }
}
