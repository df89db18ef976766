package org.danelaw.lab.world;

import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.utils.base32;

/// A zone's NSEC or NSEC3 records in their order, and which of them speaks of a name.
record DenialChain(Name zone, Optional<Denial> kind, NavigableMap<Name, Link> links) {
    private static final base32 BASE32_HEX = new base32(base32.Alphabet.BASE32HEX, false, true);

    DenialChain {
        links = Collections.unmodifiableNavigableMap(new TreeMap<>(links));
    }

    static DenialChain none(Name zone) {
        return new DenialChain(zone, Optional.empty(), new TreeMap<>());
    }

    /// The record of `name` itself.
    Optional<Link> matching(Name name) {
        return Optional.ofNullable(links.get(place(name)));
    }

    /// The record whose span `name` falls into: that of the last one before it, round the end.
    Optional<Link> covering(Name name) {
        var before = Optional.ofNullable(links.lowerEntry(place(name)));
        return before.or(() -> Optional.ofNullable(links.lastEntry())).map(entry -> entry.getValue());
    }

    DenialChain map(UnaryOperator<Link> change) {
        var changed = new TreeMap<Name, Link>();
        links.forEach((owner, link) -> changed.put(owner, change.apply(link)));
        return new DenialChain(zone, kind, changed);
    }

    /// Where `name` stands in the chain: itself, or its hash (RFC 5155 section 3).
    Name place(Name name) {
        return switch (kind.orElseGet(Denial.Nsec::new)) {
            case Denial.Nsec() -> name;
            case Denial.Nsec3 nsec3 -> hashed(name, nsec3, zone);
        };
    }

    static Name hashed(Name name, Denial.Nsec3 how, Name zone) {
        var hasher = new NSEC3Record(
                zone,
                DClass.IN,
                0,
                NSEC3Record.SHA1_DIGEST_ID,
                0,
                how.iterations(),
                how.salt(),
                new byte[20],
                new int[0]);
        try {
            var label = BASE32_HEX.toString(hasher.hashName(name));
            return Name.concatenate(Name.fromConstantString(label), zone);
        } catch (NoSuchAlgorithmException | NameTooLongException e) {
            throw new IllegalStateException("no NSEC3 hash of " + name, e);
        }
    }

    static byte[] hashOf(Name hashedName) {
        return BASE32_HEX.fromString(hashedName.getLabelString(0));
    }
}
