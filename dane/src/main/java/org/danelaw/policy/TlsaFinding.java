package org.danelaw.policy;

import java.time.Instant;
import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// What is known of a host's TLSA records, after the choice of the base domain (RFC 7672 section 2.2.3).
public sealed interface TlsaFinding {
    /// No TLSA query was sent, and why: the addresses are insecure (rule A7), the host is an address
    /// literal (B11).
    ///
    /// @param proof that the alias of the host is not signed, where that was asked (rule B6)
    record NotAsked(String why, Proof proof) implements TlsaFinding {
        public NotAsked(String why) {
            this(why, new Proof(List.of(), Instant.MAX));
        }
    }

    /// No TLSA records; how surely that is known makes no difference (rules A9, A10).
    ///
    /// @param proof of the denial at every candidate base domain, or that nothing is signed there
    record Absent(String why, Proof proof) implements TlsaFinding {}

    /// There are records, without DNSSEC: as good as none (rule A10).
    ///
    /// @param proof that nothing is signed there
    record Insecure(Name baseDomain, Proof proof) implements TlsaFinding {}

    /// Secure records, of which at least one is usable; `records` has them all.
    record Usable(List<TlsaRecord> records, Name baseDomain, Proof proof) implements TlsaFinding {
        public Usable {
            records = List.copyOf(records);
        }
    }

    /// Secure records, none usable: STARTTLS is promised, and nothing else (RFC 7672 section 2.2).
    record AllUnusable(List<TlsaRecord> records, Name baseDomain, Proof proof) implements TlsaFinding {
        public AllUnusable {
            records = List.copyOf(records);
        }
    }

    /// The question that failed, at a candidate base domain or for the alias before it, and why.
    record Failed(Trouble trouble, Reason why) implements TlsaFinding {}
}
