package org.danelaw.delivery;

import org.danelaw.policy.Verdict;
import org.danelaw.tls.Evidence;

/// How well a connection is protected.
public sealed interface Protection {
    /// Not at all, and why not.
    record ClearText(String why) implements Protection {}

    /// By TLS, and by what the host proved with its certificate.
    record Encrypted(Verdict verdict, Evidence evidence) implements Protection {}
}
