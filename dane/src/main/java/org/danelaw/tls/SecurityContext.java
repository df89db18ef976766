package org.danelaw.tls;

import java.util.List;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.tlsa.TlsaRecord;
import org.danelaw.tlsa.TlsaRecords;
import org.xbill.DNS.Name;

/// What a connection was secured under; one may be used again only where this is the same (rule D17): the
/// same level, TLSA base domain, TLSA records and, where those pin an authority, the same reference names.
///
/// @param requirement what was required, without what makes no difference: the order of records and names,
/// and names where only DANE-EE records can match
public record SecurityContext(TlsRequirement requirement) {
    public SecurityContext {
        if (requirement instanceof TlsRequirement.Dane(var records, var names, var sni, var mx)) {
            requirement = new TlsRequirement.Dane(inOrder(records), counting(records, names), sni, mx);
        } else if (requirement instanceof TlsRequirement.Pkix(var names, var sni)) {
            requirement = new TlsRequirement.Pkix(sorted(names), sni);
        }
    }

    private static List<TlsaRecord> inOrder(List<TlsaRecord> records) {
        return records.stream().distinct().sorted(TlsaRecord.IN_ORDER).toList();
    }

    private static List<Name> counting(List<TlsaRecord> records, List<Name> names) {
        return new TlsaRecords(records).pinAuthorities() ? sorted(names) : List.of();
    }

    private static List<Name> sorted(List<Name> names) {
        return names.stream().distinct().sorted().toList();
    }
}
