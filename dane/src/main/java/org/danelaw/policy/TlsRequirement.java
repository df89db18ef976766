package org.danelaw.policy;

import java.util.List;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// What a host must prove before it is given mail: a named level, never a set of switches.
///
/// `sni` is the name for Server Name Indication; a name that spells an address ([MxHost#literal]) is not
/// sent.
public sealed interface TlsRequirement {
    /// No TLS, by the operator's order.
    record Never() implements TlsRequirement {}

    /// TLS where it is offered; whatever it comes to, mail is given.
    record IfOffered(Check check, Name sni) implements TlsRequirement {}

    /// TLS or no mail; any certificate.
    record Encrypted(Check check, Name sni) implements TlsRequirement {}

    /// TLS or no mail; a chain to a trusted CA for one of the names, of which only DNS-IDs count (RFC 9525).
    record Pkix(List<Name> names, Name sni) implements TlsRequirement {
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

    /// What asks for the requirement, as the end of a sentence.
    default String source() {
        return switch (this) {
            case Never() -> "the destination control says tls = none";
            case IfOffered _ -> "the destination control would like it";
            case Encrypted _ -> "encryption is required by the destination control or by TLSA records";
            case Pkix _ -> "the destination control requires it";
            case Dane(var records, var names, var sni, var mx) ->
                "the TLSA records of " + sni.toString(true) + " promise it";
            case Withheld _ -> "no mail is given to it";
        };
    }

    /// Whether mail may go without TLS.
    default boolean allowsClearText() {
        return switch (this) {
            case Never() -> true;
            case IfOffered _ -> true;
            case Encrypted _ -> false;
            case Pkix _ -> false;
            case Dane _ -> false;
            case Withheld _ -> false;
        };
    }

    /// What is done with a certificate on which nothing hangs.
    sealed interface Check {
        record Nothing() implements Check {}

        /// Checked as [Pkix] would, and only the report says how that went.
        record ReportOnly(List<Name> names) implements Check {
            public ReportOnly {
                names = List.copyOf(names);
            }
        }
    }
}
