package org.danelaw.policy;

import java.util.List;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// What a host must prove before it is given mail: a named level, never a set of switches.
public sealed interface TlsRequirement {
    /// No TLS, by the operator's order.
    record Never() implements TlsRequirement {}

    /// TLS where it is offered; its certificate is looked at, and reported, only where `check` says so.
    record IfOffered(Check check, Name sni) implements TlsRequirement {}

    /// TLS or no mail; any certificate.
    record Encrypted(Name sni) implements TlsRequirement {}

    /// TLS or no mail; a chain to a trusted CA for one of the names (RFC 9525).
    record Pkix(List<Name> names, Name sni, boolean dnsIdOnly) implements TlsRequirement {
        public Pkix {
            names = List.copyOf(names);
        }
    }

    /// TLS or no mail; a certificate that one of the usable records admits (RFC 7672 section 3).
    ///
    /// @param names the reference identifiers for DANE-TA records (section 3.2.2)
    /// @param sni the TLSA base domain (section 8.1)
    record Dane(List<TlsaRecord> records, List<Name> names, Name sni, MxTrust mx) implements TlsRequirement {
        public Dane {
            records = List.copyOf(records);
            names = List.copyOf(names);
        }
    }

    /// This host is given no mail now.
    record Withheld(Refusal why) implements TlsRequirement {}

    /// Whether an opportunistic connection's certificate is checked, for the report only.
    enum Check {
        NOTHING,
        REPORT_ONLY
    }
}
