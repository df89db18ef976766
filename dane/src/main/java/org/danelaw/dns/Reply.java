package org.danelaw.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// What one server answered to one question: the sets of its answer and authority sections, in their order; nothing is
/// proved yet.
///
/// The additional section is not kept: nothing in it is ever used (RFC 2181 section 5.4.1).
///
/// @param rcode the response code of RFC 1035 section 4.1.1, extended by RFC 6891 section 6.1.3
public record Reply(Question question, int rcode, List<SignedSet> answer, List<SignedSet> authority) {
    public Reply {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
    }

    /// The set of that owner and type in the answer section.
    public Optional<SignedSet> answer(Name owner, int type) {
        for (SignedSet set : answer) {
            if (set.set().type() == type && set.set().owner().equals(owner)) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    /// What the reply says of `name` if it says that something is not there; not what it proves.
    public Answer absence(List<Name> aliases) {
        return rcode == Rcode.NXDOMAIN ? new Answer.NoSuchName(aliases) : new Answer.NoData(aliases);
    }

    /// The SOA of the zone that denies something of `name`: the deepest one at or above it in the authority section.
    public Optional<SignedSet> soa(Name name) {
        return authority.stream()
                .filter(set ->
                        set.set().type() == Type.SOA && name.subdomain(set.set().owner()))
                .reduce((one, other) ->
                        other.set().owner().labels() > one.set().owner().labels() ? other : one);
    }

    /// How long a denial may be kept by its SOA (RFC 2308 section 5): the least of the record's own TTL and its MINIMUM
    /// field.
    public static long negativeTtlSeconds(SignedSet soa) {
        return soa.set().as(SOARecord.class).stream()
                .mapToLong(SOARecord::getMinimum)
                .reduce(soa.set().ttlSeconds(), Math::min);
    }
}
