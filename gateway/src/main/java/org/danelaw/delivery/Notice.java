package org.danelaw.delivery;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.Queued;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Envelope;

/// A report to a message's sender that it bounced or waits (RFC 3464), or why there is none.
sealed interface Notice {
    /// Own mail, which counts as taken in under this policy.
    String OWN_MAIL_POLICY = "RELAY";

    record Ready(NewMessage message, DeliveryReport report) implements Notice {}

    record Withheld(String why) implements Notice {}

    /// What the report is about.
    sealed interface Kind {
        /// These recipients get no further attempt.
        record Bounce(Map<Integer, Cause> causes) implements Kind {}

        /// These recipients still wait, at the longest until `until`.
        record Delay(Map<Integer, Why> reasons, Instant until) implements Kind {}

        /// Hosts took the message for these recipients and, without DSN, will not tell the sender.
        record Relayed(Map<Integer, Why> reasons) implements Kind {}

        /// How RFC 3461 section 4.1 calls it.
        default String notifyKeyword() {
            return switch (this) {
                case Bounce bounce -> "FAILURE";
                case Delay delay -> "DELAY";
                case Relayed relayed -> "SUCCESS";
            };
        }

        default Map<Integer, Why> reasons() {
            return switch (this) {
                case Delay(var reasons, var until) -> reasons;
                case Relayed(var reasons) -> reasons;
                case Bounce(var causes) -> {
                    var reasons = new LinkedHashMap<Integer, Why>();
                    causes.forEach((rid, cause) -> reasons.put(rid, cause.why()));
                    yield reasons;
                }
            };
        }
    }

    static Notice of(Queued queued, Kind kind, String hostname, Instant now) {
        var sender = queued.message().envelope().sender();
        if (sender.isEmpty()) {
            // RFC 5321 section 4.5.5: a report is never reported on, or two hosts could do nothing else.
            return new Withheld("it has the null sender");
        }
        var rids = kind.reasons().keySet().stream()
                .filter(rid -> wants(queued, rid, kind))
                .toList();
        if (rids.isEmpty()) {
            return new Withheld("the sender asked for no such report (NOTIFY)");
        }
        return new Ready(message(queued, hostname, now), new DeliveryReport(queued, kind, rids, hostname, now));
    }

    /// RFC 3461 section 4.1: without NOTIFY the sender hears of failures, and may of delays; with it,
    /// of what it names, success too.
    private static boolean wants(Queued queued, int rid, Kind kind) {
        var index = queued.states().stream().map(Queued.State::rid).toList().indexOf(rid);
        var recipient = queued.message().envelope().recipients().get(index);
        return recipient.notifyWhen().isEmpty()
                ? !(kind instanceof Kind.Relayed)
                : recipient.wants(kind.notifyKeyword());
    }

    private static NewMessage message(Queued queued, String hostname, Instant now) {
        var original = queued.message().envelope();
        var envelope = new Envelope(
                Optional.empty(),
                List.of(new Envelope.Recipient(original.sender().orElseThrow())),
                // The report quotes the message as it is; all else in it is ASCII. What needed SMTPUTF8 on
                // its way here needs it on its way back (RFC 6533 section 1): its header, or the sender's
                // own address.
                new Envelope.Needs(
                        original.needs().eightBitMime(),
                        original.needs().smtpUtf8()
                                || original.sender().orElseThrow().needsSmtpUtf8()),
                Envelope.Dsn.NONE);
        return new NewMessage(
                envelope, OWN_MAIL_POLICY, true, BounceProfile.DEFAULT_NAME, now, "report by " + hostname);
    }
}
