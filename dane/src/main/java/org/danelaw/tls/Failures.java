package org.danelaw.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.danelaw.dns.FailureText;

/// Why a handshake broke off, in words for mail administrators; JSSE's own where we have no better ones.
final class Failures {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final String NO_TLS = "Unsupported or unrecognized SSL message";

    private Failures() {}

    static String sentence(IOException broken) {
        var message = FailureText.of(broken);
        var alert = ALERT.matcher(message);
        if (alert.find()) {
            return "the server broke the TLS handshake off with the alert " + alert.group(1);
        }
        if (message.contains(NO_TLS)) {
            return "the server answered with something that is not TLS";
        }
        return switch (innermost(broken)) {
            case SocketTimeoutException late -> "the server did not go on with the TLS handshake in time";
            case EOFException closed -> "the server closed the connection during the TLS handshake";
            default -> "the TLS handshake failed: " + message;
        };
    }

    private static Throwable innermost(Throwable broken) {
        return Stream.iterate(broken, each -> each != null, Throwable::getCause)
                .limit(8)
                .reduce(broken, (outer, inner) -> inner);
    }
}
