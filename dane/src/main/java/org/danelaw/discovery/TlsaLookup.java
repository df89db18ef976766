package org.danelaw.discovery;

import java.util.List;
import org.danelaw.discovery.AddressLookup.Addresses;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.resolver.Resolver;
import org.danelaw.tlsa.TlsaRecord;
import org.danelaw.tlsa.TlsaRecords;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Type;

/// Chooses a host's TLSA base domain and looks its records up (RFC 7672 sections 2.2.2 and 2.2.3).
record TlsaLookup(Resolver resolver) {
    /// The records that count for a host whose addresses of the better family are `addresses`.
    TlsaFinding behind(Addresses addresses, int port) {
        return switch (addresses.finding()) {
            case AddressFinding.Secure _ -> behindSecure(addresses, port);
            case AddressFinding.Insecure _ -> behindInsecure(addresses, port);
            case AddressFinding.None _ -> new TlsaFinding.NotAsked("it has no address");
            case AddressFinding.Failed _ -> new TlsaFinding.NotAsked("its addresses could not be looked up");
        };
    }

    private TlsaFinding behindSecure(Addresses addresses, int port) {
        // RFC 7672 section 2.2.3: where the whole chain of aliases is secure, its end is tried first and
        // then its start; the names between are nobody's name for the server (rules B2, B3, B7).
        return addresses.isAlias()
                ? atFirstOf(List.of(addresses.expanded(), addresses.host()), port)
                : atFirstOf(List.of(addresses.host()), port);
    }

    private TlsaFinding behindInsecure(Addresses addresses, int port) {
        if (!addresses.isAlias()) {
            // RFC 7672 section 2.2.2: no TLSA query for a host whose own addresses are insecure (rule A7).
            return new TlsaFinding.NotAsked("its addresses are not signed with DNSSEC");
        }
        // RFC 7672 section 2.1.3: insecure addresses behind an alias say nothing of the alias, which may be
        // signed; it takes a question of its own to know (rule B6).
        return switch (resolver.resolve(new Question(addresses.host(), Type.CNAME))) {
            case Validated.Secure<Answer>(var answer, var proof) ->
                after(proof, behindSecureAlias(addresses, answer, port));
            case Validated.Insecure<Answer>(var answer, var proof) ->
                new TlsaFinding.NotAsked("neither the alias nor its addresses are signed with DNSSEC", proof);
            case Validated.Bogus<Answer>(var reason) -> new TlsaFinding.Failed(Trouble.BOGUS, reason);
            case Validated.Unavailable<Answer>(var reason) -> new TlsaFinding.Failed(Trouble.UNAVAILABLE, reason);
        };
    }

    private TlsaFinding behindSecureAlias(Addresses addresses, Answer alias, int port) {
        return switch (alias) {
            case Answer.Found _ -> atFirstOf(List.of(addresses.host()), port);
            // It was an alias a moment ago: what holds now is not known, and not known is never absent.
            case Answer.NoData _ -> contradiction(addresses.host());
            case Answer.NoSuchName _ -> contradiction(addresses.host());
        };
    }

    private static TlsaFinding contradiction(Name host) {
        var sentence = host.toString(true) + " was an alias when its addresses were looked up, and none a moment later";
        return new TlsaFinding.Failed(Trouble.UNAVAILABLE, new Reason(sentence, ExtendedError.OTHER));
    }

    /// The finding at the first candidate that has secure records, or at which the look-up fails.
    private TlsaFinding atFirstOf(List<Name> candidates, int port) {
        var here = at(candidates.getFirst(), port);
        var others = candidates.subList(1, candidates.size());
        return switch (here) {
            // RFC 7672 section 2.2.3: unusable records are records, and an error is no absence: neither
            // leads on to the next candidate (rules B4, B5).
            case TlsaFinding.Usable _ -> here;
            case TlsaFinding.AllUnusable _ -> here;
            case TlsaFinding.Failed _ -> here;
            case TlsaFinding.NotAsked _ -> here;
            case TlsaFinding.Absent(var why, var denial) ->
                others.isEmpty() ? here : after(denial, atFirstOf(others, port));
            // RFC 7672 section 2.2.3: insecure records are as good as none (rule A10), but worth telling.
            case TlsaFinding.Insecure(var base, var proof) ->
                others.isEmpty() ? here : unlessAbsent(after(proof, atFirstOf(others, port)), base);
        };
    }

    /// What was found at a candidate, to which `earlier` leads: the candidates before it are ruled out, or the host is
    /// a signed alias.
    private static TlsaFinding after(Proof earlier, TlsaFinding found) {
        return switch (found) {
            case TlsaFinding.Usable(var records, var base, var proof) ->
                new TlsaFinding.Usable(records, base, earlier.and(proof));
            case TlsaFinding.AllUnusable(var records, var base, var proof) ->
                new TlsaFinding.AllUnusable(records, base, earlier.and(proof));
            case TlsaFinding.Absent(var why, var proof) -> new TlsaFinding.Absent(why, earlier.and(proof));
            case TlsaFinding.Insecure(var base, var proof) -> new TlsaFinding.Insecure(base, earlier.and(proof));
            case TlsaFinding.Failed _ -> found;
            case TlsaFinding.NotAsked _ -> found;
        };
    }

    private static TlsaFinding unlessAbsent(TlsaFinding next, Name insecureBase) {
        return next instanceof TlsaFinding.Absent(var why, var proof)
                ? new TlsaFinding.Insecure(insecureBase, proof)
                : next;
    }

    private TlsaFinding at(Name base, int port) {
        try {
            // RFC 6698 section 3: the port and the protocol come before the base domain (rule B10).
            return at(base, Name.concatenate(Name.fromConstantString("_" + port + "._tcp"), base));
        } catch (NameTooLongException impossible) {
            return new TlsaFinding.Absent(base.toString(true) + " is too long a name to have any", Discovery.NO_PROOF);
        }
    }

    private TlsaFinding at(Name base, Name owner) {
        // RFC 7672 section 2.2.3: an alias at the owner name is followed and leaves the base domain as it
        // is; the answer is only as good as the weakest hop (rule B8).
        return switch (resolver.resolve(new Question(owner, Type.TLSA))) {
            case Validated.Secure<Answer>(var answer, var proof) -> secure(base, owner, answer, proof);
            case Validated.Insecure<Answer>(var answer, var proof) -> insecure(base, owner, answer, proof);
            case Validated.Bogus<Answer>(var reason) -> new TlsaFinding.Failed(Trouble.BOGUS, reason);
            case Validated.Unavailable<Answer>(var reason) -> new TlsaFinding.Failed(Trouble.UNAVAILABLE, reason);
        };
    }

    private static TlsaFinding secure(Name base, Name owner, Answer answer, Proof proof) {
        return switch (answer) {
            case Answer.Found(var set, var aliases) -> found(records(set), base, proof);
            case Answer.NoData _ -> denied(owner, proof);
            case Answer.NoSuchName _ -> denied(owner, proof);
        };
    }

    private static TlsaFinding found(List<TlsaRecord> records, Name base, Proof proof) {
        return TlsaRecords.usable(records).isEmpty()
                ? new TlsaFinding.AllUnusable(records, base, proof)
                : new TlsaFinding.Usable(records, base, proof);
    }

    private static TlsaFinding denied(Name owner, Proof proof) {
        return new TlsaFinding.Absent("a signed denial says that there is none at " + owner.toString(true), proof);
    }

    private static TlsaFinding insecure(Name base, Name owner, Answer answer, Proof proof) {
        return switch (answer) {
            case Answer.Found _ -> new TlsaFinding.Insecure(base, proof);
            case Answer.NoData _ -> unsigned(owner, proof);
            case Answer.NoSuchName _ -> unsigned(owner, proof);
        };
    }

    private static TlsaFinding unsigned(Name owner, Proof proof) {
        return new TlsaFinding.Absent(
                "there is none at " + owner.toString(true) + ", as an answer says that DNSSEC does not vouch for",
                proof);
    }

    private static List<TlsaRecord> records(RecordSet set) {
        return set.records().stream()
                .map(record -> TlsaRecord.ofData(record.rdataToWireCanonical()))
                .toList();
    }
}
