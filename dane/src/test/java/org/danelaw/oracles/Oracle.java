package org.danelaw.oracles;

/// A validator that Danelaw's is held against.
enum Oracle {
    DNSJAVA,
    UNBOUND
}
