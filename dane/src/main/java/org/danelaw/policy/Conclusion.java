package org.danelaw.policy;

import java.util.Comparator;
import java.util.List;
import org.danelaw.policy.Refusal.Ground;
import org.xbill.DNS.Name;

/// What a message as a whole gets when no host of its destination took it.
public sealed interface Conclusion {
    Refusal why();

    /// It stays in the queue and is tried again.
    record Deferred(Refusal why) implements Conclusion {}

    /// It never can be delivered.
    record Bounced(Refusal why) implements Conclusion {}

    /// What the refusals of all of a destination's hosts come to, in the order in which the hosts were tried.
    static Conclusion of(Name domain, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            throw new IllegalArgumentException("no host of " + domain + " refused anything");
        }
        // RFC 5321 section 5.1: a destination whose hosts all have no address is an error that lasts (rule
        // A30); one failed look-up among them, and nothing is known for ever.
        if (refusals.stream().allMatch(each -> each.ground() == Ground.NO_ADDRESS)) {
            return new Bounced(new Refusal(Ground.NO_ADDRESS, Sentences.noHostHasAnAddress(domain)));
        }
        return new Deferred(mostTelling(refusals));
    }

    /// The ground that comes first in [Ground]'s order; among equals the one of the better host.
    private static Refusal mostTelling(List<Refusal> refusals) {
        return refusals.stream().min(Comparator.comparing(Refusal::ground)).orElseThrow();
    }
}
