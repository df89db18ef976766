package org.danelaw.queue;

import java.io.IOException;

/// The spool has no room for a message; what it already holds is safe, and room may come again.
public final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public SpoolFullException(String why) {
        super(why);
    }
}
