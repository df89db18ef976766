package org.danelaw.verify;

import org.danelaw.policy.Verdict;
import org.danelaw.tls.Evidence;

/// How the attempt at one address ended.
public sealed interface Ending {
    /// No TCP connection, and why.
    record NoConnection(String why) implements Ending {}

    /// A connection on which no SMTP session came about, or not in time: it says nothing about TLS.
    record NoSession(String why) implements Ending {}

    /// The host speaks SMTP and does not offer STARTTLS, or refuses it.
    ///
    /// @param seen what it said instead
    record NoStartTls(String seen) implements Ending {}

    /// TLS began and came to nothing that could be judged.
    record TlsFailed(String why) implements Ending {}

    /// The peer proved something else than its TLSA records say.
    record Refused(Verdict.Mismatched verdict, Evidence evidence) implements Ending {}

    /// TLS was established. It is proof only where the verdict names what it was held against.
    record Secured(Verdict verdict, Evidence evidence) implements Ending {}

    /// The connection was not used further: nothing was to be proved on it.
    record Unused() implements Ending {}

    /// Whether a TLSA record admitted what the peer showed.
    default boolean proves() {
        return this instanceof Secured(Verdict.Matched matched, Evidence evidence);
    }

    /// Whether it says nothing of the host's TLS, only of the way to it.
    default boolean saysNothing() {
        return switch (this) {
            case NoConnection _, NoSession _, Unused _ -> true;
            case NoStartTls _, TlsFailed _, Refused _, Secured _ -> false;
        };
    }
}
