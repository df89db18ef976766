package org.danelaw.tlsa;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Of several digests of the same thing only the strongest counts (RFC 7671 section 9), so that a weak one,
/// once broken, opens no way around a strong one.
final class DigestAgility {
    /// The same thing: which certificates are meant, and what of them.
    private record Subject(int usage, int selector) {
        static Subject of(TlsaRecord record) {
            return new Subject(record.usage(), record.selector());
        }
    }

    private DigestAgility() {}

    /// Those of the usable records that count beside the others.
    static List<TlsaRecord> strongest(List<TlsaRecord> usable) {
        Map<Subject, Integer> best =
                usable.stream().collect(Collectors.toMap(Subject::of, DigestAgility::strength, Math::max));
        // RFC 7671 section 9: Full(0) is no digest; it neither outdoes one nor is outdone.
        return usable.stream()
                .filter(record -> record.matchingType() == TlsaRecord.FULL
                        || strength(record) == best.getOrDefault(Subject.of(record), 0))
                .toList();
    }

    private static int strength(TlsaRecord record) {
        return switch (record.matchingType()) {
            case TlsaRecord.SHA2_512 -> 2;
            case TlsaRecord.SHA2_256 -> 1;
            default -> 0;
        };
    }
}
