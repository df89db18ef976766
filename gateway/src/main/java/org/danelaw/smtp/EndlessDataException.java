package org.danelaw.smtp;

import java.io.IOException;

/// A message was refused, and its end does not come.
final class EndlessDataException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Reply refusal;

    EndlessDataException(Reply refusal) {
        super("more than " + SmtpLimits.DISCARDED_DATA + " octets followed a refused message: " + refusal.text());
        this.refusal = refusal;
    }

    Reply refusal() {
        return refusal;
    }
}
