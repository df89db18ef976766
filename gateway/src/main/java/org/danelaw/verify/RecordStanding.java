package org.danelaw.verify;

import java.util.List;
import java.util.Optional;
import org.danelaw.policy.Verdict;
import org.danelaw.tlsa.TlsaRecord;
import org.danelaw.tlsa.Usability;

/// What came of one TLSA record of a host: whether it can be used for mail, and whether it admitted what was shown.
///
/// @param reason why not; empty where it did, or where nothing was held against it
record RecordStanding(boolean usable, boolean matched, Optional<String> reason) {
    static RecordStanding of(TlsaRecord record, HostReport host) {
        return switch (Usability.of(record)) {
            case Usability.Unusable(var why) -> new RecordStanding(false, false, Optional.of(why));
            case Usability.Usable() -> {
                boolean matched = host.attempts().stream().anyMatch(attempt -> admits(record, attempt.ending()));
                yield new RecordStanding(true, matched, matched ? Optional.empty() : refusal(record, host));
            }
        };
    }

    private static boolean admits(TlsaRecord record, Ending ending) {
        return ending instanceof Ending.Secured(Verdict.Matched(var by, var depth, var name), var evidence)
                && by.equals(record);
    }

    /// The verdict's reasons open with the record that each is about.
    private static Optional<String> refusal(TlsaRecord record, HostReport host) {
        String opening = record + ": ";
        return host.attempts().stream()
                .flatMap(attempt ->
                        attempt.ending() instanceof Ending.Refused(Verdict.Mismatched(var reasons), var evidence)
                                ? reasons.stream()
                                : List.<String>of().stream())
                .filter(reason -> reason.startsWith(opening))
                .map(reason -> reason.substring(opening.length()))
                .findFirst();
    }
}
