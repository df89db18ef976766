package org.danelaw.smtp;

/// Text that does not follow the grammar; carries the reply that says so.
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    SyntaxException(int code, String text) {
        super(text);
        reply = Reply.of(code, text);
    }

    Reply reply() {
        return reply;
    }
}
