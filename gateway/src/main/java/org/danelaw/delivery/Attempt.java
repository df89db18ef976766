package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.delivery.Consignment.Setback;
import org.danelaw.delivery.DaneWords.Judged;
import org.danelaw.delivery.Opener.Dial;
import org.danelaw.delivery.Quotas.Leave;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.Conclusion;
import org.danelaw.policy.Decision;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Waiting;
import org.danelaw.smtp.SmtpTimeouts;
import org.xbill.DNS.Name;

/// One attempt for one lane: finds a host that proves what it must, gives it the mail of the lane, and
/// takes what it does not want to the next. Runs on one thread, from [#run]'s first line to its last.
final class Attempt {
    /// How many hosts that speak SMTP properly get to see a message in one attempt, as Postfix has it
    /// (smtp_mx_session_limit): a message that two of them will not have now had better wait.
    private static final int MOST_SESSIONS = 2;

    /// How long a greeting is waited for while others of the lane carry mail: longer than hosts let clients
    /// wait on purpose, and much shorter than RFC 5321 section 4.5.3.2.1 has it for a host that is only slow.
    private static final Duration GREETING_WHILE_OTHERS_WORK = Duration.ofSeconds(30);

    private final Workplace place;
    private final Lane lane;
    private final DeliverySettings settings;
    private final DestinationControl control;
    private final Footing footing;
    private final Settler settler;
    private final List<Consignment> inHand = new ArrayList<>();
    private final List<HostFailure> failures = new ArrayList<>();
    private final Holds holds = new Holds();
    private Optional<HeldBack> heldBack = Optional.empty();
    private int sessions;

    /// Hosts of this preference have an address whose limits are reached until then.
    private record HeldBack(int preference, Instant until) {}

    /// The way that is walked, and where it leads.
    private record Course(Way way, Footing.Firm firm, Destination.Hosts hosts) {}

    Attempt(Workplace place, Lane lane) {
        this.place = place;
        this.lane = lane;
        // Rule E14: each attempt goes by the settings of its own moment.
        settings = place.settings().get();
        control = settings.controls().of(lane.domain());
        footing = Footing.of(place.network().hosts(), settings, lane);
        settler = new Settler(place, settings, control);
    }

    /// Gives `first`, and what else is due in its lane. Ends with all of it settled or put back,
    /// whatever happens.
    void run(Waiting first) {
        inHand.add(new Consignment(first));
        try {
            attempt();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            putBack("the gateway is stopping");
        } catch (RuntimeException | Error wrong) {
            putBack(wrong.toString());
            throw wrong;
        }
    }

    /// Mail without an outcome waits a little and is tried again: as if it had never been taken.
    private void putBack(String fault) {
        var open = inHand.stream().filter(Consignment::isOpen).toList();
        if (!open.isEmpty()) {
            open.forEach(settler::putBack);
            place.events()
                    .accept(new DeliveryEvent.PutBack(
                            lane.domain(), open.stream().map(Consignment::mid).toList(), fault));
        }
    }

    private void attempt() throws InterruptedException {
        switch (footing) {
            case Footing.Firm firm -> find(firm);
            case Footing.Withheld(var why) -> {
                failed(HostFailure.ofDestination(why));
                conclude(new Conclusion.Deferred(why));
            }
            case Footing.Discarded(var match) -> discard(match);
            case Footing.Unnameable(var why) -> conclude(new Conclusion.Bounced(why));
        }
    }

    private void find(Footing.Firm firm) throws InterruptedException {
        var destination = firm.destination();
        if (destination instanceof Destination.Hosts hosts) {
            walk(firm, hosts);
            return;
        }
        var conclusion = Decision.conclude(firm.domain(), destination).orElseThrow();
        if (conclusion instanceof Conclusion.Deferred(var why)) {
            failed(HostFailure.ofDestination(why));
        }
        conclude(conclusion);
    }

    /// Throws away all mail of the lane that is due.
    private void discard(String match) throws InterruptedException {
        var more = Optional.of(inHand.getFirst());
        while (more.isPresent()) {
            settler.discard(more.get(), match);
            more = place.queues().take(lane, Duration.ZERO).map(Consignment::new);
            more.ifPresent(consignment -> inHand.set(0, consignment));
        }
    }

    /// Walks from address to address until nothing is left to be given, or nobody to give it to.
    private void walk(Footing.Firm firm, Destination.Hosts hosts) throws InterruptedException {
        var way = new Way(firm, settings.own(), hosts);
        while (hasOpen() && sessions < MOST_SESSIONS && !place.queues().isSuspended(lane)) {
            var candidate = way.next();
            way.passedOver().forEach(this::failed);
            if (candidate.isEmpty()) {
                break;
            }
            if (heldBack.isPresent()
                    && candidate.get().host().host().preference()
                            != heldBack.get().preference()) {
                break;
            }
            dialIfItMay(candidate.get(), new Course(way, firm, hosts));
        }
        if (sessions == 0 && place.queues().isSuspended(lane)) {
            handBack();
            return;
        }
        if (hasOpen() && sessions == 0 && heldBack.isPresent()) {
            place.queues().pause(lane, heldBack.get().until());
            handBack();
            return;
        }
        if (hasOpen()) {
            conclude(
                    sessions == 0 && failures.isEmpty() && way.isLoop()
                            ? settings.own().loop(firm.domain(), hosts.trust())
                            : summary(firm.domain(), way.destination()));
        }
    }

    private Conclusion summary(Name domain, Destination.Hosts hosts) {
        if (failures.isEmpty()) {
            // Every open recipient was set back by a host's reply, which counts instead of this.
            return new Conclusion.Deferred(
                    new Refusal(Ground.SESSION_BROKEN, "No host of " + lane.domain() + " took the message."));
        }
        return Conclusion.of(
                domain, hosts, failures.stream().map(HostFailure::refusal).toList());
    }

    private boolean hasOpen() {
        return inHand.stream().anyMatch(Consignment::isOpen);
    }

    /// An address whose limits are reached is passed over, but not for a host of a worse preference: that our
    /// own limits are reached is no failure of the better one (RFC 5321 section 5.1).
    private void dialIfItMay(Candidate candidate, Course course) throws InterruptedException {
        var recipients = inHand.stream()
                .filter(Consignment::isOpen)
                .findFirst()
                .orElseThrow()
                .open()
                .size();
        try (var leaves = new Leaves(place.queues(), lane, recipients)) {
            switch (leaves.first(candidate)) {
                case Leave.NotBefore(var at) -> {
                    var soonest =
                            heldBack.map(HeldBack::until).filter(at::isAfter).orElse(at);
                    heldBack = Optional.of(new HeldBack(candidate.host().host().preference(), soonest));
                }
                case Leave.Granted leave -> dial(candidate, leaves, course);
            }
        }
    }

    /// Puts the mail in hand back at the head of its lane: nothing has been tried with it.
    private void handBack() {
        inHand.stream()
                .filter(Consignment::isOpen)
                .forEach(consignment -> place.queues().handBack(consignment.handOver(consignment.open())));
    }

    /// Dials this address and, where it does not answer, others of its host beside it.
    private void dial(Candidate first, Leaves leaves, Course course) throws InterruptedException {
        var ended = new AddressTrial(() -> company(first, leaves, course.way())).run(opener(first));
        leaves.keepOnly(ended.answered().map(answered -> answered.opener().candidate()));
        course.way().giveBack(ended.abandoned().stream().map(Opener::candidate).toList());
        ended.failed().forEach(failed -> failed(failed.opener(), failed.opener().unreachable(failed.why())));
        if (ended.answered().isPresent()) {
            talk(ended.answered().get(), course);
        }
    }

    private Optional<Opener> company(Candidate first, Leaves leaves, Way way) {
        return way.beside(first)
                .filter(leaves::another)
                .flatMap(_ -> way.next())
                .map(this::opener);
    }

    private Opener opener(Candidate candidate) {
        var dial = new Dial(lane.domain(), place.dcids().next(), candidate, timeouts());
        return new Opener(place.network(), settings, place.clearTextNext(), place.events(), dial);
    }

    private void talk(AddressTrial.Answered answered, Course course) throws InterruptedException {
        switch (answered.opener().open(answered.socket())) {
            case Opening.Shut shut -> failed(answered.opener(), shut);
            case Opening.Open(var connection) -> {
                try (connection) {
                    if (sessions++ == 0) {
                        isUp();
                    }
                    judged(connection, course.firm(), course.hosts());
                    serve(connection);
                }
            }
        }
    }

    private void serve(Connection connection) throws InterruptedException {
        var errand = new Session.Errand(lane, control, sessions == 1);
        var session = new Session(place, settler, connection, errand);
        try {
            session.serve(inHand);
        } finally {
            session.failure().ifPresent(failures::add);
        }
    }

    /// Where others of this lane carry mail, a host that does not greet has as many connections as it wants,
    /// and the mail is better in their hands.
    private SmtpTimeouts timeouts() {
        var all = settings.timeouts();
        return place.queues().works(lane) && all.greeting().compareTo(GREETING_WHILE_OTHERS_WORK) > 0
                ? all.withGreeting(GREETING_WHILE_OTHERS_WORK)
                : all;
    }

    /// What DANE came to, for the log: once for each connection that is given mail.
    private void judged(Connection connection, Footing.Firm firm, Destination.Hosts hosts) {
        var off = DaneWords.off(lane, control.dane())
                .or(() -> firm.daneOff().map(why -> new Judged(DaneResult.OFF, why)));
        var judged = off.orElseGet(
                () -> DaneWords.opened(hosts, connection.candidate(), connection.protection(), settings.insecureMx()));
        tell(connection.dcid(), judged, connection.hostName());
    }

    /// Notes why a host, or the destination, got nothing, where it did not come to a connection.
    private void failed(HostFailure failure) {
        failures.add(failure);
        if (footing.isHeldToDane() && failure.isOfDane()) {
            holds.byDane(failure);
            tell(DeliveryEvent.NO_CONNECTION, failedFor(failure), failure.host().orElse("-"));
        }
    }

    private void failed(Opener opener, Opening.Shut shut) {
        var failure = shut.why();
        failures.add(failure);
        if (footing.isHeldToDane() && failure.isOfDane() && DaneWords.isBound(opener.candidate())) {
            holds.byDane(failure);
            tell(opener.dcid(), failedFor(failure), failure.host().orElse("-"));
        } else {
            holds.byTls(failure, opener.candidate().requirement());
        }
    }

    private static Judged failedFor(HostFailure failure) {
        return new Judged(DaneResult.FAILED, failure.refusal().reason());
    }

    private void tell(long dcid, Judged judged, String mx) {
        place.events().accept(new DeliveryEvent.DaneJudged(dcid, judged.result(), lane.domain(), mx, judged.reason()));
    }

    private void isUp() {
        place.tallies().state(lane.domain(), HostState.UP);
        if (place.queues().up(lane)) {
            place.events().accept(new DeliveryEvent.HostStateChanged(lane.domain(), true, "a session was had"));
        }
    }

    /// Whether a session was had.
    boolean wasUp() {
        return sessions > 0;
    }

    /// Gives all that is still open its outcome. Where no session was had, and no other attempt has one or
    /// tries to, all other mail of the lane that is due shares it: it would have met with the same. Where
    /// others carry mail, and only this connection was not to be had, they get this mail too: the host has as
    /// many as it wants.
    private void conclude(Conclusion conclusion) {
        if (sessions == 0) {
            var turnedAway = conclusion instanceof Conclusion.Deferred(var why) && isTurningAway(why);
            switch (place.queues().failed(lane, turnedAway)) {
                // Where the others fail, too, the last of them has it share its outcome.
                case WORK, TRY -> {
                    if (turnedAway) {
                        handBack();
                    }
                }
                case NONE -> sharedByAll(conclusion);
            }
        }
        inHand.stream().filter(Consignment::isOpen).forEach(consignment -> conclude(consignment, conclusion));
    }

    private static boolean isTurningAway(Refusal why) {
        return why.ground() == Ground.NO_CONNECTION || why.ground() == Ground.SESSION_BROKEN;
    }

    private void sharedByAll(Conclusion conclusion) {
        place.queues().drain(lane).forEach(waiting -> inHand.add(new Consignment(waiting)));
        if (conclusion instanceof Conclusion.Deferred(var why)) {
            isDown(why);
            if (footing.isHeldToDane() && failures.stream().anyMatch(HostFailure::isOfDane)) {
                place.watch().add(lane);
            }
            holds.event(lane.domain(), failure(conclusion)).ifPresent(place.events()::accept);
        }
    }

    private void isDown(Refusal why) {
        var profile = settings.bounceProfile(control.bounceProfileOr(""));
        place.tallies().state(lane.domain(), HostState.DOWN);
        if (place.queues().down(lane, place.clock().instant().plus(profile.initialRetry()))) {
            place.events().accept(new DeliveryEvent.HostStateChanged(lane.domain(), false, why.sentence()));
        }
    }

    private void conclude(Consignment consignment, Conclusion conclusion) {
        var byConnection = new LinkedHashMap<Long, Map<Integer, Outcome>>();
        for (var rid : consignment.open()) {
            var setback = consignment.setback(rid);
            byConnection
                    .computeIfAbsent(
                            setback.map(Setback::dcid)
                                    .orElseGet(() -> failure(conclusion).dcid()),
                            dcid -> new LinkedHashMap<>())
                    .put(rid, setback.map(Attempt::outcome).orElseGet(() -> outcome(conclusion)));
        }
        byConnection.forEach((dcid, outcomes) -> settler.settle(consignment, outcomes, dcid));
    }

    private static Outcome outcome(Setback setback) {
        return switch (setback) {
            case Setback.ForNow(var dcid, var why) -> new Outcome.Deferred(why);
            case Setback.ForGood(var dcid, var why) -> new Outcome.Bounced(new Cause.NotSupported(why));
        };
    }

    /// The failure that a deferral is told with: the best host's among those of its ground.
    private HostFailure failure(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Deferred(var why) ->
                failures.stream()
                        .filter(failure -> failure.refusal().ground() == why.ground())
                        .findFirst()
                        .map(failure -> failure.told(why))
                        .orElseGet(() -> HostFailure.ofDestination(why));
            case Conclusion.Bounced(var why) -> HostFailure.ofDestination(why);
        };
    }

    private Outcome outcome(Conclusion conclusion) {
        var why = failure(conclusion).why();
        return switch (conclusion) {
            case Conclusion.Deferred deferred -> new Outcome.Deferred(why);
            case Conclusion.Bounced(var refusal) ->
                new Outcome.Bounced(
                        switch (refusal.ground()) {
                            case NULL_MX -> new Cause.NullMx(why);
                            case NO_SUCH_DOMAIN -> new Cause.NoSuchDomain(why);
                            case LOOP -> new Cause.Loop(why);
                            case NO_ADDRESS -> new Cause.NoAddress(why);
                            case CERTIFICATE_NOT_TRUSTED,
                                    STARTTLS_NOT_OFFERED,
                                    TLS_FAILED,
                                    NO_USABLE_TLSA,
                                    NO_TLSA,
                                    WITHOUT_DNSSEC,
                                    SMTP_ROUTE,
                                    NO_CAPABLE_RESOLVER,
                                    DOMAIN_LOOKUP_ERROR,
                                    TLSA_LOOKUP_ERROR,
                                    HOST_LOOKUP_ERROR,
                                    NO_CONNECTION,
                                    SESSION_BROKEN,
                                    OTHER_ADDRESS_FAMILY,
                                    TOO_MANY_HOSTS ->
                                // Rules D13, D14: none of these may ever bounce mail before its
                                // lifetime is over.
                                throw new IllegalStateException("a bounce for " + refusal);
                        });
        };
    }
}
