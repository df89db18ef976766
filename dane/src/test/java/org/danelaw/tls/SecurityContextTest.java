package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.policy.TlsRequirement.Dane;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

@Rule("D17")
final class SecurityContextTest {
    private static final Name MX = Name.fromConstantString("mx.example.com.");
    private static final Name BACKUP = Name.fromConstantString("backup.example.com.");
    private static final Name DOMAIN = Name.fromConstantString("example.com.");
    private static final TlsaRecord KEY = new TlsaRecord(3, 1, 1, "aa".repeat(32));
    private static final TlsaRecord NEXT_KEY = new TlsaRecord(3, 1, 1, "bb".repeat(32));
    private static final TlsaRecord AUTHORITY = new TlsaRecord(2, 1, 1, "cc".repeat(32));

    private static SecurityContext dane(List<TlsaRecord> records, List<Name> names, Name base) {
        return new SecurityContext(new Dane(records, names, base, MxTrust.SECURE));
    }

    @Test
    void theOrderOfRecordsMakesNoDifference() {
        assertThat(dane(List.of(KEY, NEXT_KEY), List.of(MX), MX))
                .isEqualTo(dane(List.of(NEXT_KEY, KEY, KEY), List.of(MX), MX))
                .hasSameHashCodeAs(dane(List.of(NEXT_KEY, KEY), List.of(MX), MX));
    }

    @Test
    void otherRecordsOrAnotherBaseDomainAreAnotherContext() {
        var known = dane(List.of(KEY), List.of(MX), MX);
        assertThat(known)
                .isNotEqualTo(dane(List.of(KEY, NEXT_KEY), List.of(MX), MX))
                .isNotEqualTo(dane(List.of(NEXT_KEY), List.of(MX), MX))
                .isNotEqualTo(dane(List.of(KEY), List.of(MX), BACKUP));
    }

    @Test
    void referenceNamesCountWhereAnAuthorityIsPinned() {
        assertThat(dane(List.of(AUTHORITY), List.of(MX, DOMAIN), MX))
                .isEqualTo(dane(List.of(AUTHORITY), List.of(DOMAIN, MX), MX))
                .isNotEqualTo(dane(List.of(AUTHORITY), List.of(MX), MX));
        assertThat(dane(List.of(KEY), List.of(MX, DOMAIN), MX)).isEqualTo(dane(List.of(KEY), List.of(MX), MX));
    }

    @Test
    void anotherLevelIsAnotherContext() {
        var records = List.of(KEY);
        var known = dane(records, List.of(MX), MX);
        assertThat(known)
                .isNotEqualTo(new SecurityContext(new Dane(records, List.of(MX), MX, MxTrust.INSECURE)))
                .isNotEqualTo(new SecurityContext(new TlsRequirement.Encrypted(new Check.Nothing(), MX)))
                .isNotEqualTo(new SecurityContext(new TlsRequirement.Pkix(List.of(MX), MX)));
        assertThat(new SecurityContext(new TlsRequirement.Pkix(List.of(MX, DOMAIN), MX)))
                .isEqualTo(new SecurityContext(new TlsRequirement.Pkix(List.of(DOMAIN, MX), MX)))
                .isNotEqualTo(new SecurityContext(new TlsRequirement.Pkix(List.of(MX), MX)));
    }
}
