package org.danelaw.smtp;

import java.time.Duration;

/// Every bound of the dialogue, by name. Lengths are in octets and count the CRLF.
public final class SmtpLimits {
    /// One line of a reply (RFC 5321 section 4.5.3.1.5).
    public static final int REPLY_LINE = 512;
    /// Lines of one reply; no rule names a number, and no known server comes near.
    public static final int REPLY_LINES = 100;
    /// A command line without what extensions add to it (RFC 5321 section 4.5.3.1.4).
    public static final int COMMAND_LINE = 512;
    /// What extensions add to MAIL: SIZE 26 (RFC 1870), BODY 17 (RFC 6152), SMTPUTF8 10 (RFC 6531), RET and ENVID 115
    /// (RFC 3461), AUTH 500 (RFC 4954).
    public static final int MAIL_LINE = COMMAND_LINE + 26 + 17 + 10 + 115 + 500;
    /// What extensions add to RCPT: ORCPT 500 and NOTIFY 28 (RFC 3461), 10 for longer UTF-8 paths (RFC 6531).
    public static final int RCPT_LINE = COMMAND_LINE + 500 + 28 + 10;
    /// A line of an AUTH exchange, the AUTH command itself included (RFC 4954 section 4).
    public static final int AUTH_LINE = 12_288;
    /// Logins of one session that fail; at the last the session is ended with 421.
    public static final int AUTH_FAILURES = 3;
    /// How much of an overlong command line is read to find its end, before the connection is given up.
    public static final int DISCARDED_LINE = 64 * 1024;
    /// A line of a message (RFC 5321 section 4.5.3.1.6), a stuffed dot not counted.
    public static final int TEXT_LINE = 1_000;
    /// Local part of a mailbox (RFC 5321 section 4.5.3.1.1).
    public static final int LOCAL_PART = 64;
    /// Domain of a mailbox (RFC 5321 section 4.5.3.1.2).
    public static final int DOMAIN = 255;
    /// ENVID (RFC 3461 section 4.4).
    public static final int ENVELOPE_ID = 100;
    /// ORCPT (RFC 3461 section 4.2).
    public static final int ORIGINAL_RECIPIENT = 500;
    /// Commands sent before their replies are read; their replies fit into any socket's buffer (RFC 2920 section 3.1).
    public static final int FLIGHT = 100;
    /// Refused commands of one session, before it is ended with 421.
    public static final int ERRORS = 20;
    /// Commands since the last message that carried no mail forward (NOOP, RSET, VRFY, RCPT without MAIL, ...).
    public static final int IDLE_COMMANDS = 1_000;
    /// Octets of a message already refused that are read to find its end, before the connection is given up.
    public static final long DISCARDED_DATA = 64L * 1024 * 1024;
    /// Received fields of a message, beyond which it goes in circles (RFC 5321 section 6.3: at least 100).
    public static final int RECEIVED_FIELDS = 100;
    /// Octets of a header field that are looked at.
    public static final int HEADER_FIELD = TEXT_LINE;
    /// How long a server waits for the next command or the next piece of a message (RFC 5321 section 4.5.3.2.7).
    public static final Duration SESSION_IDLE = Duration.ofMinutes(5);
    /// How long a client has from one message to the next, however steadily its octets trickle in.
    public static final Duration MESSAGE = Duration.ofMinutes(30);
    /// How long a TLS handshake may take.
    public static final Duration HANDSHAKE = Duration.ofMinutes(1);
    /// How long a client is given to take a reply.
    public static final Duration REPLY = Duration.ofMinutes(1);
    /// How long the refusal of a login is held back, for guessing to be slow.
    public static final Duration AUTH_DELAY = Duration.ofSeconds(3);
    /// How long a client waits for the answer to QUIT, and a peer is given to take a last reply.
    public static final Duration GOODBYE = Duration.ofSeconds(5);

    private SmtpLimits() {}
}
