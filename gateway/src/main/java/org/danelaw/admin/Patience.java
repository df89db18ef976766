package org.danelaw.admin;

import java.time.Duration;
import java.util.Optional;

/// How long a command that looks at other hosts may take.
final class Patience {
    /// The whole run's time, where --timeout says nothing else.
    private static final int USUAL_SECONDS = 30;

    /// Nobody waits longer for one domain.
    private static final int MAX_SECONDS = 3_600;

    static final Option TIMEOUT =
            Option.with("--timeout", "SECONDS", "bound for the whole run (" + USUAL_SECONDS + ")");
    static final String TAKES = "--timeout takes a number from 1 to " + MAX_SECONDS;

    private Patience() {}

    /// Empty where the option has no such number.
    static Optional<Duration> of(Request request) {
        var seconds = Numbers.of(request.value(TIMEOUT), USUAL_SECONDS);
        return seconds.isEmpty() || seconds.getAsInt() > MAX_SECONDS
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(seconds.getAsInt()));
    }
}
