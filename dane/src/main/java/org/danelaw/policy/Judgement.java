package org.danelaw.policy;

import java.time.Instant;
import java.util.List;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.tlsa.Admission;
import org.danelaw.tlsa.CertificateAuthorities;
import org.danelaw.tlsa.CertificateAuthorities.Trust;
import org.danelaw.tlsa.TlsaRecords;
import org.xbill.DNS.Name;

/// Holds what a peer presented in a handshake against what it must prove. Total and pure: the same for
/// delivery,
/// `daneverify` and anybody who replays evidence.
///
/// @param authorities those that [TlsRequirement.Pkix] leans on; DANE never does
public record Judgement(CertificateAuthorities authorities) {
    /// The verdict on a peer that presented `chain`: the octets of each certificate, its own first; empty
    /// where it presented none.
    public Verdict judge(TlsRequirement requirement, List<byte[]> chain, Instant now) {
        return switch (requirement) {
            case TlsRequirement.IfOffered(var check, var sni) -> unchecked(check, chain, now);
            case TlsRequirement.Encrypted(var check, var sni) -> unchecked(check, chain, now);
            case TlsRequirement.Pkix(var names, var sni) ->
                switch (authorities.check(chain, names, now)) {
                    case Trust.Trusted(var name) -> new Verdict.Trusted(name);
                    case Trust.Untrusted(var why) -> new Verdict.Mismatched(List.of(why));
                };
            case TlsRequirement.Dane(var records, var names, var sni, var mx) ->
                switch (new TlsaRecords(records).admit(chain, names, now)) {
                    case Admission.Admitted(var by, var depth, var name) -> new Verdict.Matched(by, depth, name);
                    case Admission.Denied(var reasons) -> new Verdict.Mismatched(reasons);
                };
            // Nobody shakes hands under these two; if somebody does, nothing is proved by it.
            case TlsRequirement.Never() -> mismatched(requirement);
            case TlsRequirement.Withheld withheld -> mismatched(requirement);
        };
    }

    private Verdict unchecked(Check check, List<byte[]> chain, Instant now) {
        return switch (check) {
            case Check.Nothing() -> new Verdict.Unchecked("");
            case Check.ReportOnly(var names) -> new Verdict.Unchecked(remark(names, chain, now));
        };
    }

    private String remark(List<Name> names, List<byte[]> chain, Instant now) {
        return switch (authorities.check(chain, names, now)) {
            case Trust.Trusted(var name) -> "the certificate is trusted for " + name.toString(true);
            case Trust.Untrusted(var why) -> why;
        };
    }

    private static Verdict mismatched(TlsRequirement requirement) {
        return new Verdict.Mismatched(List.of("no TLS is to be made: " + requirement.source()));
    }
}
