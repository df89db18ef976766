package org.danelaw.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.smtp.Address;

/// Recipients of one message that go the same way at the same time: what a dispatcher moves about,
/// while envelope and content stay on disk.
///
/// @param sender who it is from, as [#sender] has it
/// @param rids the recipients by their place in the envelope, from 0; at most [#MOST_RECIPIENTS]
/// @param bounceProfile the name of the listener's bounce profile
/// @param attempts how many were made
/// @param delayTold whether the sender was told that the message waits
/// @param next what is due
public record Waiting(
        long mid,
        Lane lane,
        String sender,
        List<Integer> rids,
        Instant received,
        String bounceProfile,
        int attempts,
        boolean delayTold,
        Next next) {
    /// The most recipients in one transaction: what every server must take (RFC 5321 section 4.5.3.1.8).
    public static final int MOST_RECIPIENTS = 100;

    public Waiting {
        rids = List.copyOf(rids);
        if (rids.isEmpty() || rids.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("MID " + mid + " with " + rids.size() + " recipients to go together");
        }
    }

    /// Whose mail this is, for fairness among senders: the mailbox of the reverse-path. What stands behind a
    /// plus sign (a folder; with VERP the recipient) makes nobody another sender. Empty for the null sender.
    public static String sender(Optional<Address> reversePath) {
        return reversePath.map(Waiting::mailbox).orElse("");
    }

    private static String mailbox(Address address) {
        var plus = address.localPart().indexOf('+');
        return plus <= 0 ? address.toString() : address.localPart().substring(0, plus) + "@" + address.domain();
    }

    /// The same mail, for some of its recipients.
    public Waiting only(List<Integer> some) {
        return new Waiting(mid, lane, sender, some, received, bounceProfile, attempts, delayTold, next);
    }

    /// A new message as it waits: by destination, at most so many recipients at a time.
    static List<Waiting> of(long mid, NewMessage message) {
        var byDomain = new LinkedHashMap<String, List<Integer>>();
        var rid = 0;
        for (var recipient : message.envelope().recipients()) {
            byDomain.computeIfAbsent(recipient.address().domain(), domain -> new ArrayList<>())
                    .add(rid++);
        }
        return byDomain.entrySet().stream()
                .flatMap(entry -> chunks(mid, message, entry).stream())
                .toList();
    }

    private static List<Waiting> chunks(long mid, NewMessage message, Map.Entry<String, List<Integer>> domain) {
        var lane = new Lane(domain.getKey(), message.policy(), message.dane());
        var sender = sender(message.envelope().sender());
        var rids = domain.getValue();
        var now = new Next.Attempt(message.received());
        var chunks = new ArrayList<Waiting>();
        for (var from = 0; from < rids.size(); from += MOST_RECIPIENTS) {
            var some = rids.subList(from, Math.min(rids.size(), from + MOST_RECIPIENTS));
            chunks.add(
                    new Waiting(mid, lane, sender, some, message.received(), message.bounceProfile(), 0, false, now));
        }
        return chunks;
    }

    /// The same mail on another time line: received then, with that step due.
    public Waiting dated(Instant then, Next step) {
        return new Waiting(mid, lane, sender, rids, then, bounceProfile, attempts, delayTold, step);
    }

    /// The same mail, with another step due.
    public Waiting due(Next step) {
        return new Waiting(mid, lane, sender, rids, received, bounceProfile, attempts, delayTold, step);
    }

    /// The same mail, whose sender knows that it waits.
    public Waiting told() {
        return new Waiting(mid, lane, sender, rids, received, bounceProfile, attempts, true, next);
    }

    /// The same mail after one more attempt.
    public Waiting attempted(Next step, boolean told) {
        return new Waiting(mid, lane, sender, rids, received, bounceProfile, attempts + 1, told, step);
    }
}
