package org.danelaw.tlsa;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/// Whether TLSA records admit what a server presented.
public sealed interface Admission {
    /// A reason is cut off behind so many characters.
    int MOST_CHARACTERS = 1_000;

    /// The record that does.
    ///
    /// @param depth 0 for the server's own certificate (DANE-EE); under DANE-TA how many certificates lie
    /// below the authority
    /// @param name the reference identifier that the certificate carries; empty under DANE-EE, where no
    /// name counts

    record Admitted(TlsaRecord by, int depth, Optional<Name> name) implements Admission {}

    /// One sentence for each record.
    record Denied(List<String> reasons) implements Admission {
        public Denied {
            reasons = reasons.stream().map(Admission::printable).toList();
        }
    }

    /// Certificates hold whatever their owners like: what is told of them must not start a line of its own
    /// in a log, nor fill it.
    static String printable(String sentence) {
        var line = sentence.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "..." : line;
    }
}
