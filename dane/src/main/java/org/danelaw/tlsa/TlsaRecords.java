package org.danelaw.tlsa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/// A host's TLSA records as one: usable ones that stronger ones do not outdo, in an order that does not
/// hang on the server's rotation, and what they admit.
public final class TlsaRecords {
    private final List<TlsaRecord> all;
    private final List<TlsaRecord> counting;

    public TlsaRecords(Collection<TlsaRecord> records) {
        all = records.stream().distinct().sorted(TlsaRecord.IN_ORDER).toList();
        counting = DigestAgility.strongest(usable(all));
    }

    /// Those of the records that can be used for SMTP (RFC 7672 section 2.2), in their order.
    public static List<TlsaRecord> usable(Collection<TlsaRecord> records) {
        return records.stream()
                .filter(record -> Usability.of(record) instanceof Usability.Usable)
                .toList();
    }

    /// Those of the usable ones that stronger digests do not outdo (RFC 7671 section 9).
    public List<TlsaRecord> counting() {
        return counting;
    }

    /// Whether one of the records pins an authority, so that names count.
    public boolean pinAuthorities() {
        return counting.stream().anyMatch(record -> record.usage() == TlsaRecord.DANE_TA);
    }

    /// Whether the records admit a server that presented these certificates (RFC 7671 section 5).
    ///
    /// @param sent the octets of each certificate in the order in which they came, the server's own first
    /// @param references the names of which one must be certified under DANE-TA (RFC 7672 section 3.2.2)
    public Admission admit(List<byte[]> sent, Collection<Name> references, Instant now) {
        var chain = PresentedChain.of(sent);
        var leaf = chain.leaf();
        if (leaf.isEmpty()) {
            return new Admission.Denied(List.of("the server presented no certificate" + chain.caveat()));
        }
        // RFC 7672 section 3.1.1: DANE-EE(3) looks at nothing but the octets of the server's own
        // certificate or key.
        var endEntity = ofUsage(TlsaRecord.DANE_EE).stream()
                .filter(leaf.get()::isNamedBy)
                .findFirst();
        if (endEntity.isPresent()) {
            return new Admission.Admitted(endEntity.get(), 0, Optional.empty());
        }
        var authorities = ofUsage(TlsaRecord.DANE_TA);
        var path = authorities.isEmpty()
                ? new PinnedAuthorities.Denied("no record pins an authority")
                : new PinnedAuthorities(authorities, chain).admit(references, now);
        return switch (path) {
            case PinnedAuthorities.Admitted(var admission) -> admission;
            case PinnedAuthorities.Denied(var why) -> new Admission.Denied(reasons(why, chain.caveat()));
        };
    }

    private List<TlsaRecord> ofUsage(int usage) {
        return counting.stream().filter(record -> record.usage() == usage).toList();
    }

    private List<String> reasons(String ofAuthorities, String caveat) {
        if (all.isEmpty()) {
            return List.of("there is no TLSA record");
        }
        var reasons = new ArrayList<String>();
        for (var record : all) {
            reasons.add(record.abbreviated() + ": " + reason(record, ofAuthorities) + caveat);
        }
        return reasons;
    }

    private String reason(TlsaRecord record, String ofAuthorities) {
        if (Usability.of(record) instanceof Usability.Unusable(var why)) {
            return "unusable: " + why;
        }
        if (!counting.contains(record)) {
            return "a stronger digest outdoes it (RFC 7671 section 9)";
        }
        return record.usage() == TlsaRecord.DANE_EE
                ? "the server's " + (record.selector() == TlsaRecord.CERT ? "certificate" : "key") + " is another"
                : ofAuthorities;
    }
}
