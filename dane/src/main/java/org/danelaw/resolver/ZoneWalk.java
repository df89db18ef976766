package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.Alias;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.EntryPoints;
import org.danelaw.dnssec.KeysFinding;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.TrustAnchor;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ZoneTrust;
import org.danelaw.resolver.Inquiry.Outcomes;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Finds what can be known of the zone that a name lies in: from the nearest trust anchor down, zone cut by
/// zone cut (RFC 4035 section 5). What is found is remembered, so that a walk begins at the deepest name
/// that is known.
record ZoneWalk(Equipment equipment, Inquiry inquiry) {
    /// A zone whose keys do not hold is looked at again after this time: its operator may be mending it.
    static final Duration BROKEN_KEPT = Duration.ofSeconds(60);

    /// Blocks until it is known what can be known.
    ZoneTrust to(Name name) {
        Optional<ZoneTrust> known = equipment.zones().recall(name);
        if (known.isPresent()) {
            return known.get();
        }
        List<TrustAnchor> anchors = anchors(name);
        if (!anchors.isEmpty()) {
            return equipment.zones().recallOr(name, () -> anchored(name, anchors));
        }
        if (name.equals(Name.root)) {
            return unknown(name, new Reason("no trust anchor covers this name", ExtendedError.DNSSEC_INDETERMINATE));
        }
        return switch (to(new Name(name, 1))) {
            case ZoneTrust.Signed zone -> equipment.zones().recallOr(name, () -> below(zone, name));
            case ZoneTrust.Unsigned above -> above;
            case ZoneTrust.Broken above -> above;
            case ZoneTrust.Unknown above -> above;
        };
    }

    /// Whether a trust anchor stands at or above `name`, and below `other`: then `other` has no say about
    /// the name.
    boolean isAnchoredBelow(Name other, Name name) {
        return equipment.anchors().current().stream()
                .map(TrustAnchor::zone)
                .anyMatch(anchor -> name.subdomain(anchor) && anchor.subdomain(other) && !anchor.equals(other));
    }

    private List<TrustAnchor> anchors(Name zone) {
        return equipment.anchors().current().stream()
                .filter(anchor -> anchor.zone().equals(zone))
                .toList();
    }

    private ZoneTrust anchored(Name zone, List<TrustAnchor> anchors) {
        var nothingYet = new Proof(List.of(), Instant.MAX);
        return keys(EntryPoints.anchored(zone, anchors), nothingYet);
    }

    /// What the parent says of `name`: another zone begins there, signed or not, or none does.
    private ZoneTrust below(ZoneTrust.Signed parent, Name name) {
        var delegation =
                inquiry.ask(new Question(name, Type.DS), delegations(name), reply -> delegation(parent, name, reply));
        return switch (delegation) {
            case Delegation.ToKeys(var entries, var proof) -> keys(entries, proof);
            case Delegation.Settled(var trust) -> trust;
        };
    }

    /// What a reply to the question for DS records comes to.
    private sealed interface Delegation {
        /// Another signed zone begins: its keys are to be looked at next.
        record ToKeys(EntryPoints entries, Proof proof) implements Delegation {}

        record Settled(ZoneTrust trust) implements Delegation {}
    }

    private Delegation delegation(ZoneTrust.Signed parent, Name name, Reply reply) {
        var signed = equipment.read(reply, parent, inquiry.budget());
        return reply.answer(name, Type.DS)
                .map(ds -> delegated(name, signed.set(ds)))
                .or(() -> Alias.in(reply, name).map(alias -> aliased(parent, name, signed.set(alias.by()))))
                .orElseGet(() -> new Delegation.Settled(notDelegated(parent, name, signed.delegation(name))));
    }

    private Delegation delegated(Name zone, Validated<RecordSet> ds) {
        return switch (ds) {
            case Validated.Secure<RecordSet>(var set, var proof) -> {
                var entries = EntryPoints.delegated(zone, set.as(DSRecord.class), equipment.settings());
                // RFC 4035 section 5.2: a zone whose DS records are all of unknown kinds counts as
                // unsigned.
                yield entries.isEmpty()
                        ? new Delegation.Settled(unsigned(zone, proof, "no DS record of it is of a kind that we know"))
                        : new Delegation.ToKeys(entries, proof);
            }
            case Validated.Insecure<RecordSet>(var _, var proof) ->
                new Delegation.Settled(
                        unsigned(zone, proof, "its DS records come from a wildcard in an opted-out span"));
            case Validated.Bogus<RecordSet>(var reason) -> new Delegation.Settled(broken(zone, reason));
            case Validated.Unavailable<RecordSet>(var reason) -> new Delegation.Settled(unknown(zone, reason));
        };
    }

    /// RFC 6672 section 2.3, RFC 2181 section 10.1: neither at an alias nor below a DNAME can a zone begin.
    private Delegation aliased(ZoneTrust.Signed parent, Name name, Validated<RecordSet> alias) {
        return new Delegation.Settled(notDelegated(parent, name, alias));
    }

    private ZoneTrust notDelegated(ZoneTrust.Signed parent, Name name, Validated<?> proof) {
        return switch (proof) {
            case Validated.Secure<?>(var _, var how) ->
                new ZoneTrust.Signed(
                        parent.zone(), parent.keys(), parent.proof().then(List.of(), how.validUntil()));
            case Validated.Insecure<?>(var _, var how) -> unsigned(name, how, "it is not, or need not be, signed");
            case Validated.Bogus<?>(var reason) -> broken(name, reason);
            case Validated.Unavailable<?>(var reason) -> unknown(name, reason);
        };
    }

    /// The zone's own keys, held against what leads into it.
    private ZoneTrust keys(EntryPoints entries, Proof proof) {
        Name zone = entries.zone();
        return inquiry.ask(
                new Question(zone, Type.DNSKEY),
                trusts(zone),
                reply -> reply.answer(zone, Type.DNSKEY)
                        .map(dnskeys -> keys(entries, dnskeys, proof))
                        .orElseGet(() ->
                                broken(zone, new Reason("no keys came for " + zone, ExtendedError.DNSKEY_MISSING))));
    }

    private ZoneTrust keys(EntryPoints entries, SignedSet dnskeys, Proof proof) {
        Instant now = equipment.now();
        Name zone = entries.zone();
        return switch (entries.admit(dnskeys, now, inquiry.budget(), equipment.crypto())) {
            case KeysFinding.Trusted(var keys, var steps, var validUntil) ->
                new ZoneTrust.Signed(zone, keys, proof.then(steps, validUntil));
            case KeysFinding.Broken(var reason) ->
                entries.doubtsClock(dnskeys, now)
                        .<ZoneTrust>map(doubt -> unknown(zone, doubt))
                        .orElseGet(() -> broken(zone, reason));
        };
    }

    private static ZoneTrust unsigned(Name zone, Proof proof, String why) {
        var step = new Proof.Step.Unsigned(zone, why);
        return new ZoneTrust.Unsigned(zone, proof.then(List.of(step), proof.validUntil()));
    }

    private ZoneTrust broken(Name zone, Reason reason) {
        return new ZoneTrust.Broken(zone, reason, equipment.now().plus(BROKEN_KEPT));
    }

    private ZoneTrust unknown(Name zone, Reason reason) {
        return new ZoneTrust.Unknown(zone, reason, equipment.now());
    }

    private Outcomes<ZoneTrust> trusts(Name zone) {
        return new Outcomes<>(
                ZoneWalk::brokenBy, trust -> trust instanceof ZoneTrust.Unknown, reason -> unknown(zone, reason));
    }

    private static Optional<Reason> brokenBy(ZoneTrust trust) {
        return trust instanceof ZoneTrust.Broken(var _, var reason, var _) ? Optional.of(reason) : Optional.empty();
    }

    private Outcomes<Delegation> delegations(Name zone) {
        return new Outcomes<>(
                delegation -> delegation instanceof Delegation.Settled(var trust) ? brokenBy(trust) : Optional.empty(),
                delegation -> delegation instanceof Delegation.Settled(ZoneTrust.Unknown _),
                reason -> new Delegation.Settled(unknown(zone, reason)));
    }
}
