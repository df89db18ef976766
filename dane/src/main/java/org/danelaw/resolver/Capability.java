package org.danelaw.resolver;

import java.util.List;

/// Whether a name server can be used for DNSSEC: it must speak EDNS, pass signatures on, and answer over TCP
/// (RFC 8027 section 3 has such tests).
public sealed interface Capability {
    /// Not probed yet.
    record Unknown() implements Capability {}

    /// DANE look-ups may go there.
    record Capable() implements Capability {}

    /// It answers, and no DANE look-up goes there.
    ///
    /// @param what each completes a sentence that begins with the server, as `does not answer over TCP`
    record Lacking(List<String> what) implements Capability {
        public Lacking {
            what = List.copyOf(what);
        }
    }

    /// It does not answer, so it is not known what it could do.
    record Unreachable(String why) implements Capability {}

    /// Completes a sentence that begins with the server.
    default String sentence() {
        return switch (this) {
            case Unknown() -> "has not answered yet";
            case Capable() -> "can do DNSSEC";
            case Lacking(var what) -> String.join(" and ", what);
            case Unreachable(var why) -> why;
        };
    }
}
