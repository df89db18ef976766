package org.danelaw.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.danelaw.delivery.Consignment.Setback;
import org.danelaw.dns.FailureText;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Plan;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Queued;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;
import org.danelaw.smtp.Shortfall;

/// What is done with one open connection: mail after mail of one lane, for as long as what the host
/// proved is what is required of it.
final class Session {
    /// How long an open connection waits for more mail of its lane.
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Workplace place;
    private final Settler settler;
    private final Connection connection;
    private final Errand errand;
    private int carried;
    private Optional<HostFailure> failure = Optional.empty();

    Session(Workplace place, Settler settler, Connection connection, Errand errand) {
        this.place = place;
        this.settler = settler;
        this.connection = connection;
        this.errand = errand;
    }

    /// What the connection is for.
    ///
    /// @param further whether it takes more mail than what it was opened for: not where it is only to give
    /// the next host a chance of what another did not want
    record Errand(Lane lane, DestinationControl control, boolean further) {}

    /// Carries what is open in `inHand`, then more of the lane, which it adds to `inHand`.
    void serve(List<Consignment> inHand) throws InterruptedException {
        for (var consignment : inHand.stream().filter(Consignment::isOpen).toList()) {
            if (!isUsable() || !carry(consignment)) {
                return;
            }
        }
        while (errand.further() && isUsable()) {
            var more = place.queues().take(errand.lane(), LINGER);
            if (more.isEmpty()) {
                return;
            }
            if (!isStillGood()) {
                place.queues().handBack(more.get());
                return;
            }
            var consignment = new Consignment(more.get());
            inHand.add(consignment);
            if (!carry(consignment)) {
                return;
            }
        }
    }

    /// Why the connection broke, if it did.
    Optional<HostFailure> failure() {
        return failure;
    }

    private boolean isUsable() {
        return failure.isEmpty()
                && connection.client().isUsable()
                && carried < errand.control().messagesPerConnection();
    }

    /// Rule D17: a connection serves further mail only while a new look at the settings and the DNS,
    /// out of its cache, would open the very same one. So a changed TLSA record set, or policy, ends
    /// it.
    private boolean isStillGood() {
        var host = connection.candidate().host().host();
        return Footing.of(place.network().hosts(), place.settings().get(), errand.lane()) instanceof Footing.Firm now
                && now.destination() instanceof Destination.Hosts hosts
                && (hosts.hosts().contains(host) || hosts.beyond().contains(host))
                && Plan.through(now.rule(), now.domain(), hosts, now.host(host)).candidates().stream()
                        .anyMatch(connection::satisfies);
    }

    /// Tells whether the destination may have more.
    private boolean carry(Consignment consignment) throws InterruptedException {
        try {
            place.spool().awaitOutcomes();
            var queued = place.spool().read(consignment.mid());
            var rids =
                    queued.map(message -> message.waiting(consignment.open())).orElse(List.of());
            // Mail that was put back after its settlement was committed is nobody's any more.
            consignment.settled(consignment.open().stream()
                    .filter(rid -> !rids.contains(rid))
                    .toList());
            if (rids.isEmpty()) {
                return true;
            }
            var granted = granted(consignment, rids);
            if (!granted.isEmpty()) {
                carried++;
                carry(consignment, queued.orElseThrow(), granted);
            }
            return granted.size() == rids.size();
        } catch (IOException spoolRefuses) {
            throw new IllegalStateException("the spool does not give MID " + consignment.mid(), spoolRefuses);
        }
    }

    /// Those of the recipients that the destination may have now; the others wait for their turn.
    private List<Integer> granted(Consignment consignment, List<Integer> rids) {
        var many = place.queues().grant(errand.lane(), connection.candidate().address(), rids.size());
        // Whom another host has set back, had an attempt: it is concluded, not begun anew.
        var untried = rids.subList(many, rids.size()).stream()
                .filter(rid -> consignment.setback(rid).isEmpty())
                .toList();
        if (!untried.isEmpty()) {
            place.queues().handBack(consignment.handOver(untried));
        }
        return rids.subList(0, many);
    }

    private void carry(Consignment consignment, Queued queued, List<Integer> rids) {
        var envelope = queued.envelope(rids);
        var shortfall = connection.client().capabilities().shortfall(envelope, queued.content());
        if (shortfall.isPresent()) {
            rids.forEach(rid -> consignment.setBack(rid, lacking(shortfall.get())));
            return;
        }
        place.events().accept(new DeliveryEvent.Started(connection.dcid(), consignment.mid(), rids));
        var began = System.nanoTime();
        try {
            var said = connection.client().send(envelope, queued.content());
            if (said.data().filter(Reply::isPositive).isPresent()) {
                place.queues().sent(errand.lane(), Duration.ofNanos(System.nanoTime() - began));
            }
            judge(consignment, Judgement.of(rids, said, connection.hostName()), unheard(queued, rids));
        } catch (IOException lost) {
            breakOff(consignment, rids, lost);
        }
    }

    private Setback lacking(Shortfall shortfall) {
        var sentence = connection.hostName() + ": " + shortfall.sentence() + ".";
        return new Setback.ForGood(
                connection.dcid(),
                new Why(
                        shortfall.status(),
                        "message not supported",
                        sentence,
                        Optional.of(connection.hostName()),
                        Optional.empty(),
                        List.of()));
    }

    /// The recipients of whose delivery the sender would hear, and whose host tells nobody.
    private Set<Integer> unheard(Queued queued, List<Integer> rids) {
        return connection.client().capabilities().offers("DSN") ? Set.of() : queued.wantingWordOfSuccess(rids);
    }

    private void judge(Consignment consignment, Map<Integer, Judgement> judged, Set<Integer> unheard) {
        var outcomes = new LinkedHashMap<Integer, Outcome>();
        judged.forEach((rid, judgement) -> {
            switch (judgement) {
                case Judgement.Taken(var reply) ->
                    outcomes.put(
                            rid,
                            new Outcome.Delivered(
                                    connection.hostName(), reply, connection.protection(), unheard.contains(rid)));
                case Judgement.Never(var why) -> outcomes.put(rid, new Outcome.Bounced(new Cause.Replied(why)));
                case Judgement.NotNow(var why) -> consignment.setBack(rid, new Setback.ForNow(connection.dcid(), why));
            }
        });
        settler.settle(consignment, outcomes, connection.dcid());
    }

    /// The connection is lost in the middle of a message. If its final dot was sent, the host may have
    /// it: then it is not given to another one now, but waits (RFC 5321 section 4.2.5 has it tried
    /// again, which may duplicate it).
    private void breakOff(Consignment consignment, List<Integer> rids, IOException lost) {
        var host = connection.hostName();
        var why = new HostFailure(
                connection.dcid(),
                new Refusal(
                        Ground.SESSION_BROKEN,
                        "The connection to " + host + " was lost: " + FailureText.of(lost) + "."),
                host);
        failure = Optional.of(why);
        if (connection.client().mayHaveTaken()) {
            var outcomes = new LinkedHashMap<Integer, Outcome>();
            rids.forEach(rid -> outcomes.put(rid, new Outcome.Deferred(why.why())));
            settler.settle(consignment, outcomes, connection.dcid());
        } else {
            rids.forEach(rid -> consignment.setBack(rid, new Setback.ForNow(connection.dcid(), why.why())));
        }
    }
}
