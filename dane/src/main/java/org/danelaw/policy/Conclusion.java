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

    /// What the refusals of all hosts of `destination` that were looked at come to, in the order in which
    /// they were tried.
    static Conclusion of(Name domain, Destination.Hosts destination, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            throw new IllegalArgumentException("no host of " + domain + " refused anything");
        }
        // RFC 5321 section 5.1: a destination whose hosts all have no address is an error that lasts (rule
        // A30); one failed look-up among them, and nothing is known for ever.
        boolean noneHasAnAddress = refusals.stream().allMatch(each -> each.ground() == Ground.NO_ADDRESS);
        if (destination.trust() == MxTrust.CONFIGURED) {
            // What our own operator named is no word of the domain's: he can mend it while the mail waits.
            return new Deferred(mostTelling(refusals));
        }
        if (destination.beyond().isEmpty()) {
            return noneHasAnAddress
                    ? new Bounced(new Refusal(Ground.NO_ADDRESS, Sentences.noHostHasAnAddress(domain)))
                    : new Deferred(mostTelling(refusals));
        }
        // Nor is anything known for ever where there are hosts that were never looked up.
        var lookedAt = Sentences.onlySomeLookedAt(domain, destination);
        return new Deferred(
                noneHasAnAddress
                        ? new Refusal(Ground.TOO_MANY_HOSTS, Sentences.noneOfTheseHasAnAddress(lookedAt))
                        : mostTelling(refusals).with(lookedAt));
    }

    /// The ground that comes first in [Ground]'s order; among equals the one of the better host.
    private static Refusal mostTelling(List<Refusal> refusals) {
        return refusals.stream().min(Comparator.comparing(Refusal::ground)).orElseThrow();
    }
}
