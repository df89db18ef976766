package org.danelaw.alerts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A matter as it was last seen.
///
/// @param host the mail host that it is about, where there is one
/// @param reason a few words, those of the mail log
/// @param text what happened, for people, with the names and records that it is about
/// @param remedy what is to be done, a line each
record Alert(Matter matter, Severity severity, Optional<String> host, String reason, String text, List<String> remedy) {
    Alert {
        remedy = List.copyOf(remedy);
    }

    /// Whether there is something new in it: that a sentence has another number in it is not.
    boolean differsFrom(Alert other) {
        return severity != other.severity || !Objects.equals(reason, other.reason) || !Objects.equals(host, other.host);
    }
}
