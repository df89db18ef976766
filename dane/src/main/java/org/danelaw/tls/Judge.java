package org.danelaw.tls;

import java.time.Instant;
import java.util.List;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;

/// Who gives the verdict on what a peer presented: [org.danelaw.policy.Judgement#judge] but in tests that
/// count.
@FunctionalInterface
interface Judge {
    Verdict judge(TlsRequirement requirement, List<byte[]> chain, Instant now);
}
