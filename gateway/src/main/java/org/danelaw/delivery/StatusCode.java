package org.danelaw.delivery;

import java.util.regex.Pattern;
import org.danelaw.smtp.Reply;

/// Enhanced status codes (RFC 3463): out of a reply, and of another class. Pure.
final class StatusCode {
    private static final Pattern AT_START = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?= |$)");

    private StatusCode() {}

    /// The code that a refusal carries, or the general one of its class; a code that contradicts the
    /// reply's own class is not believed (RFC 2034 section 4).
    static String of(Reply reply) {
        var matcher = AT_START.matcher(reply.text());
        var own = reply.code() / 100 + ".";
        return matcher.lookingAt() && matcher.group().startsWith(own) ? matcher.group() : own + "0.0";
    }

    /// The same code for a failure that may pass.
    static String transientOf(String status) {
        return "4" + status.substring(1);
    }

    /// The same code for a failure that lasts: what a wait ends with at the end of the queue lifetime.
    static String permanentOf(String status) {
        return "5" + status.substring(1);
    }
}
