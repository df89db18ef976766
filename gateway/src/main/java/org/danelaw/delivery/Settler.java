package org.danelaw.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.delivery.DestinationStatus.LastError;
import org.danelaw.delivery.Notice.Kind;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.Failure;
import org.danelaw.events.DeliveryEvent.NoticeKind;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.Next;
import org.danelaw.queue.Queued;
import org.danelaw.queue.RetrySchedule;
import org.danelaw.queue.Settlement;
import org.danelaw.queue.Waiting;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;

/// Turns outcomes into what the spool keeps, what the sender is told, and what the log says. In this
/// order: so nothing is told that is not settled, and mail is out of our hands only when the spool has
/// its outcome.
final class Settler {
    /// How long mail waits that was put back after a fault of our own.
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(60);

    private final Workplace place;
    private final DeliverySettings settings;
    private final DestinationControl control;

    Settler(Workplace place, DeliverySettings settings, DestinationControl control) {
        this.place = place;
        this.settings = settings;
        this.control = control;
    }

    /// Settles some or all open recipients of a consignment, after an attempt over the connection `dcid`.
    void settle(Consignment consignment, Map<Integer, Outcome> outcomes, long dcid) {
        var delivered = new LinkedHashMap<Reply, List<Integer>>();
        var deferred = new LinkedHashMap<Integer, Why>();
        var bounced = new LinkedHashMap<Integer, Cause>();
        var relayed = new LinkedHashMap<Integer, Why>();
        outcomes.forEach((rid, outcome) -> {
            switch (outcome) {
                case Outcome.Delivered(var host, var reply, var protection, var isLastWord) -> {
                    delivered.computeIfAbsent(reply, key -> new ArrayList<>()).add(rid);
                    if (isLastWord) {
                        relayed.put(rid, relayed(host, reply));
                    }
                }
                case Outcome.Deferred(var why) -> deferred.put(rid, why);
                case Outcome.Bounced(var cause) -> bounced.put(rid, cause);
            }
        });
        delivered.forEach((reply, rids) -> deliver(consignment, rids, reply, relayed, dcid));
        if (!deferred.isEmpty()) {
            defer(consignment, deferred, bounced, dcid);
        }
        if (!bounced.isEmpty()) {
            bounce(consignment, bounced, dcid);
        }
    }

    /// Throws away what is open of `consignment`, by the SMTP route for `match`.
    void discard(Consignment consignment, String match) {
        var rids = consignment.open();
        place.spool().settle(List.of(new Settlement.Done(consignment.mid(), rids)));
        consignment.settled(rids);
        place.events()
                .accept(new DeliveryEvent.Discarded(
                        consignment.mid(), rids, consignment.waiting().lane().domain(), match));
        place.tallies().left(consignment.domain(), rids.size());
    }

    private static Why relayed(String host, Reply reply) {
        return new Why(
                "2.0.0",
                "relayed",
                host + " took it, and does not tell senders what becomes of their mail.",
                Optional.of(host),
                Optional.of(reply),
                List.of());
    }

    private void deliver(
            Consignment consignment, List<Integer> rids, Reply reply, Map<Integer, Why> relayed, long dcid) {
        var unheard = new LinkedHashMap<>(relayed);
        unheard.keySet().retainAll(rids);
        List<Settlement> done = List.of(new Settlement.Done(consignment.mid(), rids));
        if (unheard.isEmpty() || !isToldRelayed(consignment.mid(), unheard, done)) {
            place.spool().settle(done);
        }
        consignment.settled(rids);
        place.tallies().delivered(consignment.domain(), rids.size());
        place.events().accept(new DeliveryEvent.Delivered(dcid, consignment.mid(), rids, reply));
    }

    /// Queues the report in one step with `done`, and tells whether that was done. It is a courtesy about mail
    /// that has arrived: no fault of its own may have that mail sent again.
    private boolean isToldRelayed(long mid, Map<Integer, Why> relayed, List<Settlement> done) {
        try {
            return notice(mid, new Kind.Relayed(relayed), done);
        } catch (IOException | RuntimeException noReport) {
            place.events().accept(new DeliveryEvent.NoticeWithheld(mid, "it could not be written: " + noReport));
            return false;
        }
    }

    /// Lets recipients wait for their next time; those that have none left go over to `bounced`.
    private void defer(Consignment consignment, Map<Integer, Why> deferred, Map<Integer, Cause> bounced, long dcid) {
        var waiting = consignment.waiting();
        var now = place.clock().instant();
        var profile = settings.bounceProfile(control.bounceProfileOr(waiting.bounceProfile()));
        var schedule = new RetrySchedule(settings.retryJitterPercent(), place.chance());
        var next = schedule.after(profile, waiting.received(), waiting.attempts() + 1, now);
        if (next instanceof Next.GiveUp(var at) && !at.isAfter(now)) {
            deferred.forEach((rid, why) -> bounced.put(rid, expired(why)));
            return;
        }
        var again = again(waiting, deferred, onTheWall(next));
        var told = tellDelay(waiting, deferred, profile, again);
        if (!told) {
            place.spool().settle(again);
        }
        var rids = List.copyOf(deferred.keySet());
        consignment.settled(rids);
        place.queues().add(waiting.only(rids).attempted(next, waiting.delayTold() || told));
        var last = deferred.values().iterator().next();
        place.tallies()
                .deferred(
                        consignment.domain(),
                        rids.size(),
                        new LastError(last, place.clock().wall()));
        deferred.forEach((rid, why) -> place.events()
                .accept(new DeliveryEvent.Delayed(
                        dcid, waiting.mid(), rid, failure(why, StatusCode.transientOf(why.status())))));
    }

    private static List<Settlement> again(Waiting waiting, Map<Integer, Why> deferred, Next next) {
        var byReason = new LinkedHashMap<Why, List<Integer>>();
        deferred.forEach((rid, why) ->
                byReason.computeIfAbsent(why, key -> new ArrayList<>()).add(rid));
        var again = new ArrayList<Settlement>();
        byReason.forEach(
                (why, rids) -> again.add(new Settlement.Again(waiting.mid(), rids, waiting.attempts() + 1, next, why)));
        return again;
    }

    static Cause expired(Why last) {
        return new Cause.Expired(new Why(
                StatusCode.permanentOf(last.status()),
                last.reason(),
                last.sentence(),
                last.host(),
                last.reply(),
                last.remedy()));
    }

    /// Tells the sender once that mail waits, when it has waited long enough; the telling and what else
    /// is to be settled are one transaction. Tells whether that was done.
    private boolean tellDelay(
            Waiting waiting, Map<Integer, Why> deferred, BounceProfile profile, List<Settlement> again) {
        var now = place.clock().instant();
        if (Patience.owed(waiting, profile, now) != Patience.DELAY_NOTICE) {
            return false;
        }
        var settlements = new ArrayList<>(again);
        settlements.add(new Settlement.DelayTold(
                waiting.mid(), List.copyOf(deferred.keySet()), place.clock().wall()));
        try {
            var until = place.clock().onTheWall(waiting.received().plus(profile.maxQueue()));
            return notice(waiting.mid(), new Kind.Delay(deferred, until), settlements);
        } catch (IOException spoolRefuses) {
            // The notice waits for the next attempt; the mail's own settlement does not wait for it.
            return false;
        }
    }

    /// Tells the sender of mail that a limit holds that it waits, and hands it back: it is the next of its
    /// sender's.
    void tellHeld(Waiting waiting) {
        var held = new Why(
                "4.4.5",
                "held by a limit",
                "The limits on mail to " + waiting.lane().domain() + " have left it no turn yet.");
        try {
            var reasons = reasons(waiting, held);
            if (!reasons.isEmpty()) {
                tellDelay(
                        waiting,
                        reasons,
                        settings.bounceProfile(control.bounceProfileOr(waiting.bounceProfile())),
                        List.of());
                place.queues()
                        .handBack(waiting.only(List.copyOf(reasons.keySet())).told());
            }
        } catch (IOException spoolRefuses) {
            throw new IllegalStateException("the spool cannot read MID " + waiting.mid(), spoolRefuses);
        }
    }

    /// Why its last attempt failed, for each recipient that still waits; `otherwise` where there was none.
    private Map<Integer, Why> reasons(Waiting waiting, Why otherwise) throws IOException {
        var reasons = new LinkedHashMap<Integer, Why>();
        place.spool()
                .read(waiting.mid())
                .ifPresent(queued -> queued.waiting(waiting.rids())
                        .forEach(rid -> reasons.put(rid, lastWhy(queued, rid, otherwise))));
        return reasons;
    }

    private void bounce(Consignment consignment, Map<Integer, Cause> bounced, long dcid) {
        var mid = consignment.mid();
        var rids = List.copyOf(bounced.keySet());
        List<Settlement> done = List.of(new Settlement.Done(mid, rids));
        try {
            if (!notice(mid, new Kind.Bounce(bounced), done)) {
                place.spool().settle(done);
            }
        } catch (IOException spoolRefuses) {
            throw new IllegalStateException("the report of a bounce cannot be queued", spoolRefuses);
        }
        consignment.settled(rids);
        var now = place.clock().wall();
        bounced.forEach((rid, cause) -> {
            place.tallies().bounced(consignment.domain(), cause, now);
            place.events()
                    .accept(new DeliveryEvent.Bounced(
                            dcid,
                            mid,
                            rid,
                            failure(
                                    cause.why(),
                                    StatusCode.permanentOf(cause.why().status()))));
        });
    }

    /// Queues a report to the sender together with the settlements that it reports, unless the sender
    /// is not to be told.
    private boolean notice(long mid, Kind kind, List<Settlement> reported) throws IOException {
        var queued = place.spool().read(mid);
        if (queued.isEmpty()) {
            return false;
        }
        return switch (Notice.of(
                queued.get(), kind, settings.hostname(), place.clock().wall())) {
            case Notice.Withheld(var why) -> {
                if (kind instanceof Kind.Bounce) {
                    place.events().accept(new DeliveryEvent.NoticeWithheld(mid, why));
                }
                yield false;
            }
            case Notice.Ready ready -> {
                queue(ready, mid, kind, reported);
                yield true;
            }
        };
    }

    private void queue(Notice.Ready notice, long mid, Kind kind, List<Settlement> reported) throws IOException {
        try (var draft = place.spool().draft()) {
            notice.report().writeTo(draft.content());
            draft.commit(notice.message(), reported);
            var word = switch (kind) {
                case Kind.Bounce bounce -> NoticeKind.BOUNCE;
                case Kind.Delay delay -> NoticeKind.DELAY;
                case Kind.Relayed relayed -> NoticeKind.RELAY;
            };
            place.events().accept(new DeliveryEvent.NoticeGenerated(draft.id(), mid, word));
        }
    }

    private static Failure failure(Why why, String status) {
        return new Failure(
                status,
                why.reason(),
                why.reply().map(Reply::code),
                why.reply().map(Reply::text).orElse(why.sentence()));
    }

    /// Ends the wait of mail whose lifetime is over, with the reason of its last attempt.
    void giveUp(Waiting waiting) {
        var consignment = new Consignment(waiting);
        var tooLate = new Why("4.4.7", "queue time expired", "It could not be delivered in time.");
        try {
            var bounced = new LinkedHashMap<Integer, Cause>();
            reasons(waiting, tooLate).forEach((rid, why) -> bounced.put(rid, expired(why)));
            if (!bounced.isEmpty()) {
                bounce(consignment, bounced, DeliveryEvent.NO_CONNECTION);
            }
        } catch (IOException spoolRefuses) {
            throw new IllegalStateException("the spool cannot read MID " + waiting.mid(), spoolRefuses);
        }
    }

    /// Gives mail back to its sender because an operator wants it so.
    void returnByOperator(Waiting waiting) {
        var why = new Why(
                "5.0.0",
                "returned by operator",
                "The administrator of " + settings.hostname() + " took the message out of the queue.");
        var bounced = new LinkedHashMap<Integer, Cause>();
        waiting.rids().forEach(rid -> bounced.put(rid, new Cause.ByOperator(why)));
        bounce(new Consignment(waiting), bounced, DeliveryEvent.NO_CONNECTION);
    }

    /// Takes mail out of the queue without a word to its sender.
    void delete(Waiting waiting) {
        place.spool().settle(List.of(new Settlement.Done(waiting.mid(), waiting.rids())));
        place.tallies().left(waiting.lane().domain(), waiting.rids().size());
        place.events().accept(new DeliveryEvent.Deleted(waiting.mid(), waiting.rids()));
    }

    private static Why lastWhy(Queued queued, int rid, Why otherwise) {
        return queued.states().stream()
                .filter(state -> state.rid() == rid)
                .findFirst()
                .flatMap(Queued.State::why)
                .orElse(otherwise);
    }

    /// Takes the open recipients back into the queue, as if they had not been taken out; the spool
    /// knows of nothing.
    void putBack(Consignment consignment) {
        var soon = place.clock().instant().plus(PAUSE_AFTER_FAULT);
        place.queues()
                .add(consignment
                        .waiting()
                        .only(consignment.open())
                        .due(at(consignment.waiting().next(), soon)));
    }

    /// As the spool is told of it.
    private Next onTheWall(Next next) {
        return at(next, place.clock().onTheWall(next.at()));
    }

    private static Next at(Next next, Instant at) {
        return switch (next) {
            case Next.Attempt attempt -> new Next.Attempt(at);
            case Next.GiveUp giveUp -> new Next.GiveUp(at);
        };
    }

    /// As [#putBack(Consignment)], for mail whose lifetime is over.
    void putBack(Waiting waiting) {
        putBack(new Consignment(waiting));
    }
}
