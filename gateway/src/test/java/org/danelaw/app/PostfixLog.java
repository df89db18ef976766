package org.danelaw.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Postfix' mail log says of each recipient's first attempt.
final class PostfixLog {
    private static final Pattern SECURED =
            Pattern.compile("postfix/smtp\\[(\\d+)]: (\\w+) TLS connection established to (\\S+):\\d+: ");
    private static final Pattern ENDED = Pattern.compile(
            "postfix/smtp\\[(\\d+)]: \\w+: to=<([^>]+)>,.* relay=([^:,]+|\\S+?)(?::\\d+)?, .*status=(\\w+) \\((.*)\\)");

    /// What became of a message, and what Postfix said to it.
    record Ended(Fate fate, String said) {}

    private final Map<String, String> secured = new HashMap<>();
    private final Map<String, Ended> ended = new HashMap<>();

    private PostfixLog() {}

    /// By recipient.
    static Map<String, Ended> read(List<String> lines) {
        var log = new PostfixLog();
        lines.forEach(log::read);
        return Map.copyOf(log.ended);
    }

    private void read(String line) {
        in(SECURED, line).ifPresent(words -> secured.put(words.group(1) + " " + words.group(3), words.group(2)));
        in(ENDED, line)
                .ifPresent(words -> ended.putIfAbsent(
                        words.group(2),
                        new Ended(
                                fate(words.group(4), Optional.ofNullable(secured.remove(connection(words)))),
                                words.group(5))));
    }

    private static Optional<Matcher> in(Pattern pattern, String line) {
        var words = pattern.matcher(line);
        return words.find() ? Optional.of(words) : Optional.empty();
    }

    private static String connection(Matcher words) {
        return words.group(1) + " " + words.group(3);
    }

    /// @param trust as Postfix calls it (`smtp_tls_loglevel = 1`); empty without TLS
    private static Fate fate(String status, Optional<String> trust) {
        return switch (status) {
            case "sent" -> trust.map(PostfixLog::fate).orElse(Fate.CLEAR);
            case "deferred" -> Fate.DEFERRED;
            case "bounced" -> Fate.BOUNCED;
            default -> throw new IllegalArgumentException("Postfix said " + status);
        };
    }

    private static Fate fate(String trust) {
        return switch (trust) {
            // "Trusted" is what it says of a host that proved itself behind insecure MX records.
            case "Verified", "Trusted" -> Fate.VERIFIED;
            case "Untrusted", "Anonymous" -> Fate.ENCRYPTED;
            default -> throw new IllegalArgumentException("Postfix said " + trust);
        };
    }
}
