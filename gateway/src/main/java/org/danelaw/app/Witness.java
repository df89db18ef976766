package org.danelaw.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.IntakeEvent;
import org.danelaw.lab.realm.Ending;
import org.danelaw.lab.realm.Outcome;

/// Listens to what a gateway tells, and concludes how each recipient's mail ended: from the very events that the mail
/// log is written from. Its own lock is the only one.
final class Witness implements Events {
    private final Map<Long, String> recipients = new HashMap<>();
    private final Map<Long, DeliveryEvent.DaneJudged> judged = new HashMap<>();
    private final Map<Long, DeliveryEvent.TlsSucceeded> secured = new HashMap<>();
    private final Map<String, Ended> ended = new HashMap<>();

    @Override
    public synchronized void accept(Event event) {
        switch (event) {
            case IntakeEvent.RecipientTaken(var mid, var icid, var rid, var to) -> recipients.put(mid, to.toString());
            case DeliveryEvent.DaneJudged dane
            when dane.dcid() != DeliveryEvent.NO_CONNECTION -> judged.put(dane.dcid(), dane);
            case DeliveryEvent.TlsSucceeded tls -> secured.put(tls.dcid(), tls);
            case DeliveryEvent.Delivered(var dcid, var mid, var rids, var reply) -> ends(mid, delivered(dcid));
            case DeliveryEvent.Delayed(var dcid, var mid, var rid, var failure) ->
                ends(mid, undelivered(Outcome.DEFERRED, failure));
            case DeliveryEvent.Bounced(var dcid, var mid, var rid, var failure) ->
                ends(mid, undelivered(Outcome.BOUNCED, failure));
            default -> {
                // The demo shows endings only; the mail log tells the rest.
            }
        }
    }

    private Ended delivered(long dcid) {
        var dane = Optional.ofNullable(judged.get(dcid)).orElseThrow();
        return switch (dane.result()) {
            case SUCCESS -> new Ended(new Ending(Outcome.AUTHENTICATED, ""), "", "");
            case INSECURE_MX ->
                new Ended(
                        new Ending(Outcome.INSECURE_MX, ""),
                        "MX records without DNSSEC",
                        dane.mx() + " proved itself by " + dane.reason() + ".");
            case FALLBACK, FAILED, OFF -> {
                var outcome = secured.containsKey(dcid) ? Outcome.ENCRYPTED : Outcome.CLEAR;
                yield new Ended(new Ending(outcome, ""), dane.reason(), "");
            }
        };
    }

    private static Ended undelivered(Outcome outcome, DeliveryEvent.Failure failure) {
        var sentence = failure.code()
                .map(code -> "The host answered " + code + " " + failure.response() + ".")
                .orElse(failure.response());
        return new Ended(new Ending(outcome, failure.text()), failure.text(), sentence);
    }

    private void ends(long mid, Ended how) {
        var recipient = recipients.get(mid);
        if (recipient != null) {
            // What came first counts: mail that waits is tried again while the demo goes on.
            ended.putIfAbsent(recipient, how);
            notifyAll();
        }
    }

    /// How the recipient's mail ended, as soon as it is known, or nothing where that takes longer than `patience`.
    synchronized Optional<Ended> of(String recipient, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos();
                left > 0 && !ended.containsKey(recipient);
                left = until - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return Optional.ofNullable(ended.get(recipient));
    }

    /// How many messages have ended.
    synchronized int count() {
        return ended.size();
    }

    /// Waits until so many messages have ended.
    synchronized void await(IntPredicate enough) throws InterruptedException {
        while (!enough.test(ended.size())) {
            wait();
        }
    }
}
