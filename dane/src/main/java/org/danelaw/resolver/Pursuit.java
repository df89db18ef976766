package org.danelaw.resolver;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.dns.Alias;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Denial;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ZoneTrust;
import org.danelaw.resolver.Inquiry.Outcomes;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/// The search for one type at one name, along its aliases, each set and each denial judged by the zone that
/// it is from.
record Pursuit(Equipment equipment, Inquiry inquiry, int type) {
    private static final Outcomes<Progress> OUTCOMES = new Outcomes<>(
            progress -> progress instanceof Progress.Ended(Validated.Bogus<Answer>(var reason))
                    ? Optional.of(reason)
                    : Optional.empty(),
            progress -> progress instanceof Progress.Ended(Validated.Unavailable<Answer> _),
            reason -> new Progress.Ended(new Validated.Unavailable<>(reason)));

    /// How far one reply leads.
    private sealed interface Progress {
        record Ended(Validated<Answer> answer) implements Progress {}

        /// The reply stops at an alias: what it leads to has to be asked for.
        record GoesOn(Trail trail) implements Progress {}
    }

    Validated<Answer> of(Name name) {
        Progress progress = new Progress.GoesOn(Trail.from(name));
        while (true) {
            switch (progress) {
                case Progress.Ended(var answer) -> {
                    return answer;
                }
                // Ends at the latest where the trail may not become longer.
                case Progress.GoesOn(var trail) ->
                    progress = inquiry.ask(new Question(trail.name(), type), OUTCOMES, reply -> follow(reply, trail));
            }
        }
    }

    private Progress follow(Reply reply, Trail trail) {
        Name name = trail.name();
        Optional<Alias> alias = Alias.in(reply, name);
        if (type == Type.CNAME && alias.isPresent()) {
            return found(trail, alias(reply, alias.get()));
        }
        Optional<SignedSet> set = reply.answer(name, type);
        if (set.isPresent()) {
            return found(trail, prove(reply, set.get()));
        }
        return alias.map(step -> follow(reply, trail, step)).orElseGet(() -> ended(trail, absence(reply, trail)));
    }

    private Progress found(Trail trail, Validated<RecordSet> set) {
        return ended(trail, set.map(records -> new Answer.Found(records, trail.aliases())));
    }

    private Progress ended(Trail trail, Validated<? extends Answer> answer) {
        return new Progress.Ended(trail.end(answer, equipment.now()));
    }

    /// The alias itself is what was asked for: as a CNAME, be it made from a DNAME.
    private Validated<RecordSet> alias(Reply reply, Alias alias) {
        return alias.cname()
                .map(cname -> prove(reply, alias.by()).map(_ -> cname))
                .orElseGet(() -> new Validated.Unavailable<>(noTarget(alias.name())));
    }

    private Progress follow(Reply reply, Trail trail, Alias alias) {
        Optional<Name> target = alias.target();
        if (target.isEmpty()) {
            return unavailable(noTarget(trail.name()));
        }
        Optional<Reason> obstacle = trail.obstacle(target.get());
        if (obstacle.isPresent()) {
            return unavailable(obstacle.get());
        }
        return switch (prove(reply, alias.by())) {
            case Validated.Secure<RecordSet>(var _, var proof) -> onwards(reply, trail.to(target.get(), true, proof));
            case Validated.Insecure<RecordSet>(var _, var proof) ->
                onwards(reply, trail.to(target.get(), false, proof));
            case Validated.Bogus<RecordSet>(var reason) -> new Progress.Ended(new Validated.Bogus<>(reason));
            case Validated.Unavailable<RecordSet>(var reason) -> unavailable(reason);
        };
    }

    /// A recursive server's reply goes the whole way. One that breaks off says nothing about its last name.
    private Progress onwards(Reply reply, Trail trail) {
        Name name = trail.name();
        boolean isTold = reply.answer(name, type).isPresent()
                || Alias.in(reply, name).isPresent()
                || reply.soa(name).isPresent();
        return isTold ? follow(reply, trail) : new Progress.GoesOn(trail);
    }

    private Validated<RecordSet> prove(Reply reply, SignedSet signed) {
        RecordSet set = signed.set();
        Name home = home(set.owner(), set.type(), signed.signatures().stream().map(RRSIGRecord::getSigner));
        return switch (walk().to(home)) {
            case ZoneTrust.Signed zone ->
                equipment.read(reply, zone, inquiry.budget()).set(signed);
            case ZoneTrust.Unsigned(var _, var proof) ->
                new Validated.Insecure<>(set, proof.then(List.of(), after(set.ttlSeconds())));
            case ZoneTrust.Broken(var _, var reason, var _) -> new Validated.Bogus<>(reason);
            case ZoneTrust.Unknown(var _, var reason, var _) -> new Validated.Unavailable<>(reason);
        };
    }

    private Validated<Answer> absence(Reply reply, Trail trail) {
        Name name = trail.name();
        Optional<SignedSet> soa = reply.soa(name);
        return switch (walk().to(home(name, type, claims(reply)))) {
            case ZoneTrust.Signed zone ->
                equipment
                        .read(reply, zone, inquiry.budget())
                        .absence(name, type)
                        .map(denial -> answer(denial, reply, trail));
            case ZoneTrust.Unsigned(var _, var proof) ->
                new Validated.Insecure<>(
                        reply.absence(trail.aliases()),
                        // RFC 2308 section 5: a denial without an SOA is not kept.
                        proof.then(
                                List.of(),
                                after(soa.map(Reply::negativeTtlSeconds).orElse(0L))));
            case ZoneTrust.Broken(var _, var reason, var _) -> new Validated.Bogus<>(reason);
            case ZoneTrust.Unknown(var _, var reason, var _) -> new Validated.Unavailable<>(reason);
        };
    }

    /// A denial is what its records prove (rule A11); only where they leave it open does the RCODE tell.
    private static Answer answer(Denial denial, Reply reply, Trail trail) {
        return switch (denial) {
            case Denial.NoSuchName _ -> new Answer.NoSuchName(trail.aliases());
            case Denial.NoSuchType _ -> new Answer.NoData(trail.aliases());
            case Denial.Insecure _ -> reply.absence(trail.aliases());
            case Denial.TooManyIterations _ -> reply.absence(trail.aliases());
            case Denial.MaybeDelegated _ -> reply.absence(trail.aliases());
            case Denial.Unproven _ -> reply.absence(trail.aliases());
        };
    }

    /// Where denials say that they are from: the owners of SOA records, the signers of NSEC and NSEC3
    /// records.
    private static Stream<Name> claims(Reply reply) {
        return reply.authority().stream().flatMap(set -> switch (set.set().type()) {
            case Type.SOA -> Stream.of(set.set().owner());
            case Type.NSEC, Type.NSEC3 -> set.signatures().stream().map(RRSIGRecord::getSigner);
            default -> Stream.empty();
        });
    }

    /// The name to walk to for judging data at `owner`: the deepest zone that it claims to be from, which
    /// spares the questions for the names in between; without a claim, the owner itself. A false claim
    /// gains nothing: what is found on the way there is proved, and so is the data with the keys found.
    private Name home(Name owner, int ofType, Stream<Name> claims) {
        // RFC 4035 section 3.1.4.1: DS records are the parent's.
        Name lowest = ofType == Type.DS && !owner.equals(Name.root) ? new Name(owner, 1) : owner;
        return claims.filter(claim -> lowest.subdomain(claim) && !walk().isAnchoredBelow(claim, lowest))
                .max(Comparator.comparingInt(Name::labels))
                .orElse(lowest);
    }

    private ZoneWalk walk() {
        return new ZoneWalk(equipment, inquiry);
    }

    private Instant after(long seconds) {
        return equipment.now().plusSeconds(seconds);
    }

    private static Reason noTarget(Name name) {
        return new Reason(name + " is an alias, and not for exactly one name", ExtendedError.INVALID_DATA);
    }

    private static Progress unavailable(Reason reason) {
        return new Progress.Ended(new Validated.Unavailable<>(reason));
    }
}
