package org.danelaw.alerts;

import java.util.List;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;

/// Something that counts for an alert.
sealed interface Fact {
    /// A matter is as `alert` says, until it is over.
    record Trouble(Alert alert) implements Fact {}

    /// Something happened, and there is no end to it.
    record Happened(Alert alert) implements Fact {}

    /// A matter is over, and why: a sentence.
    record Over(Matter matter, String why) implements Fact {}

    /// What an event says. That an alert could not be told is none: it would only make more alerts.
    static List<Fact> of(Event event) {
        return switch (event) {
            case DeliveryEvent.Held held -> List.of(new Trouble(alert(held)));
            case DeliveryEvent.DaneJudged judged -> overBy(judged);
            case SystemEvent.ResolverLacking(var address, var what) ->
                List.of(resolver(
                        address, Severity.CRITICAL, "not capable of DNSSEC", "Resolver " + address + " " + what + "."));
            case SystemEvent.ResolverSilent(var address, var why) ->
                List.of(resolver(address, Severity.WARNING, "silent", "Resolver " + address + " " + why + "."));
            case SystemEvent.ResolverCapable(var address) ->
                List.of(new Over(new Matter.Resolver(address), "It can do DNSSEC."));
            case SystemEvent.TrustAnchorsChanged(var change) -> List.of(new Happened(anchors(change)));
            case SystemEvent.SpoolFailing(var why) -> List.of(new Trouble(spool(why)));
            case SystemEvent.SpoolRecovered() -> List.of(new Over(new Matter.Spool(), "It writes again."));
            default -> List.of();
        };
    }

    /// How the disk is, by the octets that are free on it.
    static Fact disk(long free, long least) {
        return free < least
                ? new Trouble(new Alert(
                        new Matter.Disk(),
                        Severity.CRITICAL,
                        Optional.empty(),
                        "disk nearly full",
                        "The disk of the spool has only " + (free >> 20) + " MiB free. While it has less than "
                                + (least >> 20) + " MiB, new mail is answered by 452; what is queued is delivered.",
                        List.of("Make room on the disk of data-directory, or move the spool to a larger one.")))
                : new Over(new Matter.Disk(), "There is room again.");
    }

    private static Alert alert(DeliveryEvent.Held held) {
        return new Alert(
                new Matter.Destination(held.domain(), held.by()),
                Severity.WARNING,
                held.host(),
                held.reason(),
                held.sentence(),
                held.remedy());
    }

    /// DANE that is off proves nothing of DANE, which other mail of the same destination may be held to.
    private static List<Fact> overBy(DeliveryEvent.DaneJudged judged) {
        var why = "A session with " + judged.mx() + " was had.";
        var tls = new Over(new Matter.Destination(judged.domain(), HeldBy.TLS), why);
        return switch (judged.result()) {
            case SUCCESS, INSECURE_MX, FALLBACK ->
                List.of(new Over(new Matter.Destination(judged.domain(), HeldBy.DANE), why), tls);
            case OFF -> List.of(tls);
            case FAILED -> List.of();
        };
    }

    private static Fact resolver(String address, Severity severity, String reason, String text) {
        return new Trouble(new Alert(
                new Matter.Resolver(address),
                severity,
                Optional.empty(),
                reason,
                text,
                List.of("Look at that resolver, or name another in [[dns.resolver]]; `danelaw cli dnsstatus` shows what"
                        + " each can do.")));
    }

    private static Alert anchors(String change) {
        return new Alert(
                new Matter.TrustAnchors(change),
                Severity.WARNING,
                Optional.empty(),
                "trust anchors changed",
                "Trust anchors: " + change + ".",
                List.of(
                        "Compare with what IANA publishes of the root's keys; where keys cannot be refreshed, look at the"
                                + " resolvers."));
    }

    private static Alert spool(String why) {
        return new Alert(
                new Matter.Spool(),
                Severity.CRITICAL,
                Optional.empty(),
                "spool failing",
                "The spool cannot write: " + why + ". Nothing that was accepted is lost.",
                List.of("Look at the disk of data-directory, its room, its rights and the system's log."));
    }
}
