package org.danelaw.smtp;

import java.io.IOException;
import java.time.Duration;

/// Reads the data of one transaction to its end and takes the stuffed dots out (RFC 5321 section 4.5.2).
///
/// RFC 5321 section 4.1.1.4: only CR LF . CR LF ends it, and the CR LF before the dot may be that of DATA. Whatever
/// other servers may take for an end (a dot between bare LFs, or behind a bare CR) does not end it here and is not
/// passed on either: a message with a bare CR or LF in it is read to its true end and refused whole. So no sequence of
/// octets can be one message here and two at the next server. Nor the other way round: whoever handed on such octets
/// may have seen no end where there is one (CR CR LF . CR LF), so what comes behind them is not listened to.
final class DataReader {
    /// What was read and is not yet known to be text.
    private enum Held {
        NOTHING,
        DOT,
        DOT_CR,
        END
    }

    private final Wire wire;
    private final IncomingContent content;
    private Held held = Held.NOTHING;

    DataReader(Wire wire, IncomingContent content) {
        this.wire = wire;
        this.content = content;
    }

    /// Reads to the end. Each piece must come within `idle`, all of them by `latest`.
    IncomingContent.Result read(Duration idle, Deadline latest) throws IOException {
        Deadline deadline = Deadline.in(idle).orEarlier(latest);
        Wire.Taker runs = content::run;
        while (held != Held.END) {
            if (held == Held.NOTHING) {
                wire.pass(runs);
            }
            if (!wire.hasBuffered()) {
                deadline = Deadline.in(idle).orEarlier(latest);
            }
            step(wire.read(deadline));
        }
        return content.end();
    }

    private void step(int octet) throws IOException {
        switch (held) {
            case NOTHING -> {
                if (octet == '.' && content.isAtLineStart()) {
                    held = Held.DOT;
                } else {
                    content.octet(octet);
                }
            }
            case DOT -> {
                if (octet == '\r') {
                    held = Held.DOT_CR;
                } else {
                    held = Held.NOTHING;
                    content.octet(octet);
                }
            }
            case DOT_CR -> {
                if (octet == '\n') {
                    held = Held.END;
                } else {
                    held = Held.NOTHING;
                    content.octet('\r');
                    content.octet(octet);
                }
            }
            case END -> throw new IllegalStateException("read on behind the end");
        }
    }
}
