package org.danelaw.metrics;

/// What an enhanced status code is about: its second number (RFC 3463 section 3).
enum Subject {
    OTHER(0),
    ADDRESS(1),
    MAILBOX(2),
    SYSTEM(3),
    NETWORK(4),
    PROTOCOL(5),
    CONTENT(6),
    SECURITY(7);

    static final Label LABEL = Label.of("subject", Subject.class);

    private final int number;

    Subject(int number) {
        this.number = number;
    }

    /// That of a code as `4.7.5`; a host may have made up others.
    static Subject of(String status) {
        for (Subject subject : values()) {
            if (status.startsWith("." + subject.number + ".", 1)) {
                return subject;
            }
        }
        return OTHER;
    }
}
