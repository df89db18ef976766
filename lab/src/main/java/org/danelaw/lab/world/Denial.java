package org.danelaw.lab.world;

import java.util.HexFormat;

/// How a zone proves what it does not have.
public sealed interface Denial {
    /// RFC 4034 section 4: each name points to the next.
    record Nsec() implements Denial {}

    /// RFC 5155: each hash of a name points to the next.
    ///
    /// @param optOut whether delegations without DS are left out (section 6)
    record Nsec3(int iterations, String saltHex, boolean optOut) implements Denial {
        byte[] salt() {
            return HexFormat.of().parseHex(saltHex);
        }
    }
}
