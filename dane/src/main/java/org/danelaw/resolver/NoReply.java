package org.danelaw.resolver;

import org.xbill.DNS.Rcode;

/// Why a server's turn at a question came to nothing.
public sealed interface NoReply {
    /// Rule A15: an RCODE other than NOERROR and NXDOMAIN says something of the server, nothing of the
    /// name.
    record Rejected(int rcode) implements NoReply {}

    /// Nothing usable came; `why` completes a sentence that begins with the server.
    record Unusable(String why) implements NoReply {}

    /// Completes a sentence that begins with the server.
    default String sentence() {
        return switch (this) {
            case Rejected(var rcode) -> "answers " + Rcode.string(rcode);
            case Unusable(var why) -> why;
        };
    }
}
