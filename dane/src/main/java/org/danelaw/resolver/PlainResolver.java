package org.danelaw.resolver;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// Takes what any server says for what it is: never secure. For mail that goes out without DANE while no
/// server can do DNSSEC (rule A16).
record PlainResolver(Servers servers, InstantSource clock) implements Resolver {
    // Rule A21: a chain that is longer is an error, not an absence.
    private static final int MOST_ALIASES = 11;

    @Override
    public Validated<Answer> resolve(Question question) {
        return switch (servers.askPlainly(question)) {
            case Upstream.Asked.Failed(var reason) -> new Validated.Unavailable<>(reason);
            case Upstream.Asked.Replied replied -> follow(replied.reply());
        };
    }

    /// A recursive server sends the whole chain of aliases at once.
    private Validated<Answer> follow(Reply reply) {
        Name name = reply.question().name();
        var aliases = new ArrayList<Name>();
        long ttl = Integer.MAX_VALUE;
        for (int hop = 0; hop <= MOST_ALIASES; hop++) {
            Optional<RecordSet> asked = set(reply, name, reply.question().type());
            if (asked.isPresent()) {
                ttl = Math.min(ttl, asked.get().ttlSeconds());
                return insecure(new Answer.Found(asked.get(), aliases), ttl);
            }
            Optional<RecordSet> alias = set(reply, name, Type.CNAME);
            if (alias.isEmpty() && breaksOff(reply, aliases)) {
                return new Validated.Unavailable<>(new Reason(
                        "the reply for " + reply.question().name() + " breaks off at its alias " + name,
                        ExtendedError.INVALID_DATA));
            }
            if (alias.isEmpty()) {
                return insecure(absent(reply, aliases), Math.min(ttl, negativeTtl(reply)));
            }
            ttl = Math.min(ttl, alias.get().ttlSeconds());
            name = alias.get().as(CNAMERecord.class).getFirst().getTarget();
            aliases.add(name);
        }
        return new Validated.Unavailable<>(new Reason(
                reply.question().name() + " leads through more than " + MOST_ALIASES + " aliases",
                ExtendedError.INVALID_DATA));
    }

    /// Behind an alias, an absence is one only where a zone's SOA record says so: mail bounces for an absence.
    private static boolean breaksOff(Reply reply, List<Name> aliases) {
        return !aliases.isEmpty()
                && reply.rcode() == Rcode.NOERROR
                && reply.authority().stream().noneMatch(set -> set.set().type() == Type.SOA);
    }

    private static Optional<RecordSet> set(Reply reply, Name owner, int type) {
        return reply.answer().stream()
                .map(SignedSet::set)
                .filter(set -> set.type() == type && set.owner().equals(owner))
                .findFirst();
    }

    private static Answer absent(Reply reply, List<Name> aliases) {
        return reply.rcode() == Rcode.NXDOMAIN ? new Answer.NoSuchName(aliases) : new Answer.NoData(aliases);
    }

    /// RFC 2308 section 5: the lesser of the SOA record's TTL and its minimum; without one, an absence is not
    /// kept.
    private static long negativeTtl(Reply reply) {
        return reply.authority().stream()
                .map(SignedSet::set)
                .filter(set -> set.type() == Type.SOA)
                .mapToLong(set -> Math.min(
                        set.ttlSeconds(), set.as(SOARecord.class).getFirst().getMinimum()))
                .findFirst()
                .orElse(0);
    }

    private Validated<Answer> insecure(Answer answer, long ttlSeconds) {
        var step = new Proof.Step.Unsigned(Name.root, "nothing was validated: it was asked for without DNSSEC");
        return new Validated.Insecure<>(
                answer, new Proof(List.of(step), clock.instant().plusSeconds(ttlSeconds)));
    }
}
