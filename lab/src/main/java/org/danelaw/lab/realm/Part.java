package org.danelaw.lab.realm;

/// Whose certificate a TLSA record is about, as it stands in braces in the zone text.
enum Part {
    /// The host's own.
    LEAF,
    /// The authority that signed it.
    INTERMEDIATE,
    /// The private root above.
    ROOT,
    /// One that no host shows.
    ANOTHER
}
