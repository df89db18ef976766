package org.danelaw.smtp;

/// What a server lacks that a message needs; another host of the destination may have it.
public enum Shortfall {
    /// RFC 6531 section 3.2: the message must not be sent there; RFC 6531 section 3.5 gives the status.
    SMTPUTF8("5.6.7", "the message has internationalised addresses or header fields, and the server has no SMTPUTF8"),
    /// RFC 6152 section 3: it must not be sent as it is; we do not rewrite bodies.
    EIGHT_BIT_MIME("5.6.3", "the message has octets above 127, and the server has no 8BITMIME"),
    /// RFC 1870 section 6.1: a client need not offer what is larger than the server's fixed limit.
    SIZE("5.3.4", "the message is larger than the server says it takes");

    private final String status;
    private final String sentence;

    Shortfall(String status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /// The enhanced status code (RFC 3463) of a delivery that fails for this.
    public String status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }
}
