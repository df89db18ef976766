package org.danelaw.smtp;

import java.io.IOException;

/// What a server sent is no reply; the message says what is wrong with "it".
final class MalformedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String what) {
        super(what);
    }
}
