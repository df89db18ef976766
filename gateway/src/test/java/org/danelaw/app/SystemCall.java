package org.danelaw.app;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A system call on an open file or socket, as `strace -f -ttt -T -yy` records it.
///
/// @param on the path of the file, or the addresses of the socket
/// @param text what came or went, as far as it was recorded
/// @param result what it returned, a negative number where it failed
record SystemCall(String name, String on, String text, long result, long startMicros, long endMicros) {
    private static final Pattern LINE = Pattern.compile("^(\\d+) +(\\d+\\.\\d+) (.*)$");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern RESUMED = Pattern.compile("^<\\.\\.\\. \\w+ resumed>(.*)$");
    private static final Pattern CALL = Pattern.compile("^(\\w+)\\((.*)$");
    private static final Pattern ON = Pattern.compile("^(?:AT_FDCWD)?\\d*<((?:->|[^>])*)>");
    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern RETURNED = Pattern.compile(" = (-?\\d+).*?(?:<(\\d+\\.\\d+)>)?$");

    /// The calls of a recording that returned, in the order in which it has them.
    static List<SystemCall> read(List<String> recording) {
        var calls = new ArrayList<SystemCall>();
        var unfinished = new HashMap<String, Begun>();
        for (var line : recording) {
            var parts = LINE.matcher(line);
            if (parts.matches()) {
                var begun = begun(parts, unfinished);
                begun.flatMap(Begun::call).ifPresent(calls::add);
            }
        }
        return calls;
    }

    /// The whole of a call whose end this line shows.
    private static Optional<Begun> begun(Matcher line, HashMap<String, Begun> unfinished) {
        var thread = line.group(1);
        var at = micros(line.group(2));
        var said = line.group(3);
        var resumed = RESUMED.matcher(said);
        if (said.endsWith(UNFINISHED)) {
            var beginning = said.substring(0, said.length() - UNFINISHED.length());
            unfinished.put(thread, new Begun(beginning, at, Optional.empty()));
            return Optional.empty();
        }
        if (resumed.matches()) {
            return Optional.ofNullable(unfinished.remove(thread))
                    .map(begun -> new Begun(begun.said() + resumed.group(1), begun.atMicros(), Optional.of(at)));
        }
        return Optional.of(new Begun(said, at, Optional.empty()));
    }

    /// @param resumedMicros when it was seen to return, where something else was seen in between
    private record Begun(String said, long atMicros, Optional<Long> resumedMicros) {
        Optional<SystemCall> call() {
            var parts = CALL.matcher(said);
            if (!parts.matches()) {
                return Optional.empty();
            }
            var on = ON.matcher(parts.group(2));
            var text = TEXT.matcher(parts.group(2));
            var returned = RETURNED.matcher(said);
            if (!returned.find()) {
                return Optional.empty();
            }
            var took = Optional.ofNullable(returned.group(2)).map(SystemCall::micros);
            var end = resumedMicros.orElse(atMicros + took.orElse(0L));
            return Optional.of(new SystemCall(
                    parts.group(1),
                    on.find() ? on.group(1) : "",
                    text.find() ? text.group(1) : "",
                    Long.parseLong(returned.group(1)),
                    atMicros,
                    end));
        }
    }

    private static long micros(String seconds) {
        return new BigDecimal(seconds).movePointRight(6).longValueExact();
    }
}
