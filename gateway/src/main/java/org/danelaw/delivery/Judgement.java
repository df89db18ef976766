package org.danelaw.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;
import org.danelaw.smtp.Transmission;

/// What a host's replies to one message mean for each recipient. Pure.
sealed interface Judgement {
    /// It has the message now.
    record Taken(Reply reply) implements Judgement {}

    /// It does not take it now; another host may (RFC 5321 section 5.1).
    record NotNow(Why why) implements Judgement {}

    /// It never will.
    record Never(Why why) implements Judgement {}

    /// RFC 5321 section 4.5.3.1.10: some servers say 552 where 452 is meant, for too many recipients.
    int TOO_MANY_RECIPIENTS = 552;

    /// What `said` means for each of `rids`, which are in the order of the envelope.
    static Map<Integer, Judgement> of(List<Integer> rids, Transmission said, String host) {
        var judged = new LinkedHashMap<Integer, Judgement>();
        for (var i = 0; i < rids.size(); i++) {
            judged.put(rids.get(i), of(said, i, host));
        }
        return judged;
    }

    private static Judgement of(Transmission said, int recipient, String host) {
        if (!said.mail().isPositive()) {
            return refused("sender refused", said.mail(), host);
        }
        var rcpt = said.recipients().get(recipient);
        if (!rcpt.isPositive()) {
            return rcpt.code() == TOO_MANY_RECIPIENTS
                    ? new NotNow(why("recipient refused", rcpt, host, StatusCode.transientOf(StatusCode.of(rcpt))))
                    : refused("recipient refused", rcpt, host);
        }
        var data = said.data().orElseThrow(() -> new IllegalStateException("a recipient was taken, and no data sent"));
        return data.isPositive() ? new Taken(data) : refused("message refused", data, host);
    }

    private static Judgement refused(String reason, Reply reply, String host) {
        var why = why(reason, reply, host, StatusCode.of(reply));
        return reply.isPermanent() ? new Never(why) : new NotNow(why);
    }

    private static Why why(String reason, Reply reply, String host, String status) {
        var sentence = host + " answered " + reply.code() + " " + reply.text();
        return new Why(status, reason, sentence, Optional.of(host), Optional.of(reply), List.of());
    }
}
