package org.danelaw.queue;

import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Reply;

/// Why a recipient was not served: kept with waiting mail, so that a report at the end of its lifetime
/// can say it in plain words.
///
/// @param status the enhanced status code (RFC 3463)
/// @param reason a few words, those of the decision tables where they have one
/// @param sentence what happened, for people
/// @param host the mail host that it is about, where there is one
/// @param reply what that host said, if it came to that
/// @param remedy what the other side must do or publish, a line each; empty where that is not known
public record Why(
        String status,
        String reason,
        String sentence,
        Optional<String> host,
        Optional<Reply> reply,
        List<String> remedy) {
    public Why {
        remedy = List.copyOf(remedy);
    }

    public Why(String status, String reason, String sentence) {
        this(status, reason, sentence, Optional.empty(), Optional.empty(), List.of());
    }
}
