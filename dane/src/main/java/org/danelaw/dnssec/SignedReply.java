package org.danelaw.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Proof.Step;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// One reply, read with the keys of a signed zone: what it proves to be there, and what not.
public final class SignedReply {
    private final ZoneTrust.Signed zone;
    private final Reply reply;
    private final ValidationSettings settings;
    private final Instant now;
    private final Budget budget;
    private final Signatures signatures;
    private @Nullable Absences absences;

    public SignedReply(ZoneTrust.Signed zone, Reply reply, ValidationSettings settings, Instant now, Budget budget) {
        this.zone = zone;
        this.reply = reply;
        this.settings = settings;
        this.now = now;
        this.budget = budget;
        this.signatures = new Signatures(zone.keys(), now, budget);
    }

    /// A set of the reply, if its signatures hold, and where a wildcard made it, if nothing nearer could have.
    public Validated<RecordSet> set(SignedSet signed) {
        return switch (signatures.check(signed)) {
            case Checked.Failed(var reason) -> new Validated.Bogus<>(reason);
            case Checked.Verified verified -> {
                Proof proof = zone.proof().then(List.of(verified.step()), verified.validUntil());
                yield verified.isExpansion()
                        ? expansion(verified, proof)
                        : new Validated.Secure<>(verified.set(), proof);
            }
        };
    }

    /// RFC 4035 section 5.3.4: a wildcard's records are the answer only where nothing nearer to the name exists.
    private Validated<RecordSet> expansion(Checked.Verified verified, Proof proof) {
        RecordSet set = verified.set();
        Absences known = absences();
        return known.judge(
                        known.denials.noCloserMatch(set.owner(), verified.madeFrom()), proof, set.owner(), set.type())
                .map(_ -> set);
    }

    /// Whether a name, or its type, is absent.
    public Validated<Denial> absence(Name name, int type) {
        Absences known = absences();
        return known.judge(known.denials.absence(name, type), untilSoa(name), name, type);
    }

    /// Whether a name is an unsigned delegation, as [Denials#delegation] says it.
    public Validated<Denial> delegation(Name name) {
        Absences known = absences();
        return known.judge(known.denials.delegation(name), untilSoa(name), name, Type.DS);
    }

    /// RFC 2308 section 5: no longer than the SOA says. It is not checked, for all that it can do is shorten the time.
    private Proof untilSoa(Name name) {
        return reply.soa(name)
                .map(soa -> zone.proof().then(List.of(), now.plusSeconds(Reply.negativeTtlSeconds(soa))))
                .orElse(zone.proof());
    }

    private Absences absences() {
        Absences known = absences;
        if (known == null) {
            known = new Absences();
            absences = known;
        }
        return known;
    }

    /// The reply's NSEC and NSEC3 sets of this zone, their signatures checked.
    private final class Absences {
        private final Denials denials;
        private final List<Step> steps = new ArrayList<>();
        private final List<Reason> failures = new ArrayList<>();
        private Instant validUntil = Instant.MAX;

        Absences() {
            var verified = new ArrayList<RecordSet>();
            for (SignedSet set : reply.authority()) {
                if (isOurs(set)) {
                    add(signatures.check(set), verified);
                }
            }
            denials = new Denials(zone.zone(), verified, settings, budget);
        }

        private boolean isOurs(SignedSet set) {
            return switch (set.set().type()) {
                case Type.NSEC -> isSigned(set);
                // RFC 5155 section 3: its owner tells the zone of an NSEC3 record, also of one without a signature.
                case Type.NSEC3 -> isSigned(set) || isRightBelow(set.set().owner());
                default -> false;
            };
        }

        private boolean isRightBelow(Name owner) {
            return owner.subdomain(zone.zone()) && owner.labels() == zone.zone().labels() + 1;
        }

        private boolean isSigned(SignedSet set) {
            return set.signatures().stream()
                    .anyMatch(signature -> signature.getSigner().equals(zone.zone()));
        }

        private void add(Checked checked, List<RecordSet> verified) {
            switch (checked) {
                case Checked.Failed(var reason) -> failures.add(reason);
                case Checked.Verified set
                when set.isExpansion() ->
                    // What a wildcard made says nothing of the names around it.
                    failures.add(Denials.missing(set.set().owner() + " has a denial made from a wildcard"));
                case Checked.Verified set -> {
                    verified.add(set.set());
                    steps.add(set.step());
                    validUntil = set.validUntil().isBefore(validUntil) ? set.validUntil() : validUntil;
                }
            }
        }

        Validated<Denial> judge(Denial denial, Proof before, Name name, int type) {
            return switch (denial) {
                case Denial.NoSuchName(var how) -> new Validated.Secure<>(denial, proof(before, name, type, how));
                case Denial.NoSuchType(var how) -> new Validated.Secure<>(denial, proof(before, name, type, how));
                case Denial.Insecure(var how) -> new Validated.Insecure<>(denial, proof(before, name, type, how));
                case Denial.MaybeDelegated(var how, var lack) ->
                    failures.isEmpty() && reply.rcode() != Rcode.NXDOMAIN
                            ? new Validated.Insecure<>(denial, proof(before, name, type, how))
                            : new Validated.Bogus<>(failures.isEmpty() ? lack : failures.getFirst());
                case Denial.TooManyIterations(var how) ->
                    failures.isEmpty()
                            ? new Validated.Insecure<>(
                                    denial, proof(before, new Step.NotDenied(name, type, zone.zone(), how)))
                            : new Validated.Bogus<>(failures.getFirst());
                // A denial that did not verify explains more than that none is left.
                case Denial.Unproven(var reason) ->
                    new Validated.Bogus<>(failures.isEmpty() ? reason : failures.getFirst());
            };
        }

        private Proof proof(Proof before, Name name, int type, String how) {
            return proof(before, new Step.Denied(name, type, zone.zone(), how));
        }

        private Proof proof(Proof before, Step conclusion) {
            var all = new ArrayList<>(steps);
            all.add(conclusion);
            return before.then(all, validUntil);
        }
    }
}
