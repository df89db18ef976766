package org.danelaw.lab.mailhost;

/// The points of the dialogue at which a host can be told to act otherwise than a good server would.
public enum Stage {
    /// The connection stands; a greeting is due.
    GREETING,
    EHLO,
    HELO,
    STARTTLS,
    MAIL,
    RCPT,
    DATA,
    /// The first line of the message is in.
    BODY,
    /// The final dot, or the last chunk, is in.
    END_OF_DATA,
    BDAT,
    RSET,
    NOOP,
    VRFY,
    QUIT
}
