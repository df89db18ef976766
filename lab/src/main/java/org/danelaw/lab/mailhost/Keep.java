package org.danelaw.lab.mailhost;

/// How much of what it receives a host remembers.
public enum Keep {
    /// Numbers only: for benchmarks.
    COUNTS,
    /// Lines, envelopes, and each message's size and hash.
    HASHES,
    /// The messages too.
    CONTENTS
}
