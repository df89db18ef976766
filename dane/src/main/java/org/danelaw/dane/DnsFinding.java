package org.danelaw.dane;

import java.util.List;

/// What the DNS holds for a name and a type, and how far that can be trusted.
///
/// Only what was validated can be read: of a bogus answer, or none, there is but an [Obstacle], whose reason
/// is `bogus` or `unavailable`.
public sealed interface DnsFinding permits DnsFinding.Secure, DnsFinding.Insecure, Obstacle {
    /// Signed, and proved from a trust anchor down (RFC 4033 section 5).
    ///
    /// @param records each in presentation format, without its owner; none where their absence is proved
    /// @param proof what was checked with which key, a line for each step
    record Secure(List<String> records, List<String> proof) implements DnsFinding {
        /// What was found, with its proof.
        public Secure {
            records = List.copyOf(records);
            proof = List.copyOf(proof);
        }
    }

    /// Proved to lie in a part of the tree that is not signed (RFC 4033 section 5).
    ///
    /// @param records each in presentation format, without its owner; none where nothing is there
    /// @param proof what was checked with which key, a line for each step, down to where signing ends
    record Insecure(List<String> records, List<String> proof) implements DnsFinding {
        /// What was found, with the proof that it is not signed.
        public Insecure {
            records = List.copyOf(records);
            proof = List.copyOf(proof);
        }
    }
}
