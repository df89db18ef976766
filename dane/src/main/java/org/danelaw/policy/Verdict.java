package org.danelaw.policy;

import java.util.List;
import java.util.Optional;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// What a peer proved with its certificates, held against the requirement.
public sealed interface Verdict {
    /// `by` admits the chain.
    ///
    /// @param depth where in the chain: 0 is the peer's own certificate
    /// @param name the reference identifier that the certificate carries; empty under DANE-EE
    record Matched(TlsaRecord by, int depth, Optional<Name> name) implements Verdict {}

    /// The chain leads to a trusted CA and carries `name`.
    record Trusted(Name name) implements Verdict {}

    /// Nothing was asked of the certificate; `remark` says what a check for the report found, if one was made.
    record Unchecked(String remark) implements Verdict {}

    /// Not what was required, and why: one sentence for each record or rule that failed.
    record Mismatched(List<String> reasons) implements Verdict {
        public Mismatched {
            reasons = List.copyOf(reasons);
        }
    }
}
