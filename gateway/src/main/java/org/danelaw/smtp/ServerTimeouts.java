package org.danelaw.smtp;

import java.time.Duration;

/// How long a server waits for its client, or lets it wait.
///
/// @param idle for the next command, and for the next piece of a message
/// @param message from one message to the end of the next
/// @param handshake for TLS
/// @param reply for the client to take a reply
/// @param failedLogin before a login is refused
public record ServerTimeouts(
        Duration idle, Duration message, Duration handshake, Duration reply, Duration failedLogin) {
    public static final ServerTimeouts DEFAULT = new ServerTimeouts(
            SmtpLimits.SESSION_IDLE, SmtpLimits.MESSAGE, SmtpLimits.HANDSHAKE, SmtpLimits.REPLY, SmtpLimits.AUTH_DELAY);
}
