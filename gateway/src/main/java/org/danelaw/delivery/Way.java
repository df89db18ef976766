package org.danelaw.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.Destination;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.OwnHosts;
import org.danelaw.policy.Plan;

/// The way through a destination's hosts: their addresses one after the other, in the order of the MX
/// preferences (rule B12). A host is looked up only when its turn comes.
final class Way {
    /// The most addresses that one attempt dials, lest a domain with hundreds of dead hosts holds a
    /// session for hours.
    static final int MOST_ADDRESSES = 20;

    private final Footing.Firm footing;
    private final OwnHosts own;
    private Destination.Hosts destination;
    private final ArrayDeque<List<MxHost>> groups;
    private final ArrayDeque<Candidate> candidates = new ArrayDeque<>();
    private final List<HostFailure> passedOver = new ArrayList<>();
    private int dialled;

    /// @param own where this gateway itself takes mail
    Way(Footing.Firm footing, OwnHosts own, Destination.Hosts found) {
        this.footing = footing;
        this.own = own;
        destination = own.betterByName(found);
        groups = byPreference(destination.hosts());
    }

    /// Whether, with nobody dialled and nobody passed over, no host was better than this gateway (rule
    /// B17).
    boolean isLoop() {
        return dialled == 0 && candidates.isEmpty() && groups.isEmpty();
    }

    /// What is left of the destination when this gateway and hosts that are not better are dropped.
    Destination.Hosts destination() {
        return destination;
    }

    /// The next address to dial.
    Optional<Candidate> next() {
        while (candidates.isEmpty() && !groups.isEmpty() && dialled < MOST_ADDRESSES) {
            lookUp(groups.poll());
        }
        if (candidates.isEmpty() || dialled == MOST_ADDRESSES) {
            return Optional.empty();
        }
        dialled++;
        return Optional.of(candidates.poll());
    }

    /// The next address, if it is one of the same host: it may be dialled beside this one.
    Optional<Candidate> beside(Candidate candidate) {
        return Optional.ofNullable(candidates.peek())
                .filter(next -> dialled < MOST_ADDRESSES
                        && next.host().host().equals(candidate.host().host()));
    }

    /// Addresses whose answer was not waited for: they are the next again, in their order.
    void giveBack(List<Candidate> abandoned) {
        abandoned.reversed().forEach(candidates::addFirst);
        dialled -= abandoned.size();
    }

    /// The hosts that were passed over since this was last asked, and why.
    List<HostFailure> passedOver() {
        var passed = List.copyOf(passedOver);
        passedOver.clear();
        return passed;
    }

    /// Looks up the hosts of one preference together, because an address of ours among them rules them
    /// all out.
    private void lookUp(List<MxHost> group) {
        var found = group.stream().map(footing::host).toList();
        var better = own.betterByAddress(destination, found, footing.usualPort());
        if (better.hosts().size() < destination.hosts().size()) {
            // RFC 5321 section 5.1: not to ourselves, nor to hosts of our own or a worse preference.
            destination = better;
            groups.clear();
            return;
        }
        for (var host : found) {
            var plan = Plan.through(footing.rule(), footing.domain(), destination, host);
            candidates.addAll(plan.candidates());
            plan.refusals()
                    .forEach(why ->
                            passedOver.add(new HostFailure(DeliveryEvent.NO_CONNECTION, why, Names.text(host.name()))));
        }
    }

    private static ArrayDeque<List<MxHost>> byPreference(List<MxHost> hosts) {
        var groups = new ArrayDeque<List<MxHost>>();
        for (var host : hosts) {
            if (groups.isEmpty() || groups.getLast().getFirst().preference() != host.preference()) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(host);
        }
        return groups;
    }
}
