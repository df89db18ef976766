package org.danelaw.smtp;

import java.time.Duration;

/// How long a client waits for each reply (RFC 5321 section 4.5.3.2).
public record SmtpTimeouts(
        Duration greeting, Duration command, Duration dataInitiation, Duration dataBlock, Duration dataTermination) {
    /// The minimum values of the RFC.
    public static final SmtpTimeouts RFC_5321 = new SmtpTimeouts(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10));

    /// The same with another wait for the greeting.
    public SmtpTimeouts withGreeting(Duration other) {
        return new SmtpTimeouts(other, command, dataInitiation, dataBlock, dataTermination);
    }
}
