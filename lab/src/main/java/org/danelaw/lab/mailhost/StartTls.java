package org.danelaw.lab.mailhost;

import java.util.List;

/// What a host makes of STARTTLS: whether it offers it, and what comes behind the 220. Other replies than the 220 are
/// an [Act] at [Stage#STARTTLS].
public sealed interface StartTls {
    record NotOffered() implements StartTls {}

    /// Shakes hands.
    ///
    /// @param protocols as JSSE names them, `TLSv1.2`
    /// @param suites as JSSE names them; empty for all that JSSE enables
    /// @param injected plain text sent in one piece with the 220, as an attacker on the path would
    record Shakes(List<String> protocols, List<String> suites, String injected) implements StartTls {
        public Shakes {
            protocols = List.copyOf(protocols);
            suites = List.copyOf(suites);
        }
    }

    /// Says 220, then nothing until the client goes.
    record Silent() implements StartTls {}

    /// Says 220, then octets that are no TLS, and closes.
    record Garbage() implements StartTls {}

    /// Says 220, reads the beginning of the ClientHello, answers with a fatal alert (RFC 8446 section 6.2), and closes.
    record Alerts(int description) implements StartTls {}

    /// Says 220, and closes.
    record Closes() implements StartTls {}

    /// A sound handshake, TLS 1.2 or 1.3.
    static StartTls sound() {
        return only("TLSv1.3", "TLSv1.2");
    }

    static StartTls only(String... protocols) {
        return new Shakes(List.of(protocols), List.of(), "");
    }

    static StartTls injecting(String plainText) {
        return new Shakes(List.of("TLSv1.3", "TLSv1.2"), List.of(), plainText);
    }
}
