package org.danelaw.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Reads the data of one transaction to its end and takes the stuffed dots out (RFC 5321 section 4.5.2).
///
/// RFC 5321 section 4.1.1.4: only CR LF . CR LF ends it, and the CR LF before the dot may be that of DATA. Whatever
/// other servers may take for an end (a dot between bare LFs, or behind a bare CR) does not end it here and is not
/// passed on either: a message with a bare CR or LF in it is read to its true end and refused whole. So no sequence of
/// octets can be one message here and two at the next server. Nor the other way round: whoever handed on such octets
/// may have seen no end where there is one (CR CR LF . CR LF), so what comes behind them is not listened to.
final class DataReader {
    private static final int BLOCK = 8 * 1024;

    private enum State {
        LINE_START,
        DOT,
        DOT_CR,
        TEXT,
        CR,
        END
    }

    private final Wire wire;
    private final OutputStream sink;
    private final Function<IOException, Reply> cannotStore;
    private final long maxBytes;
    private final HeaderScan header = new HeaderScan();
    private final byte[] block = new byte[BLOCK];
    private int length;
    private State state = State.LINE_START;
    private long bytes;
    private long discarded;
    private int lineLength;
    private Optional<Reply> fault = Optional.empty();
    private boolean ambiguous;

    /// @param cannotStore what the client is told where the sink fails
    DataReader(Wire wire, OutputStream sink, Function<IOException, Reply> cannotStore, long maxBytes) {
        this.wire = wire;
        this.sink = sink;
        this.cannotStore = cannotStore;
        this.maxBytes = maxBytes;
    }

    /// How the data came.
    sealed interface Result {
        /// The message is whole and in the sink.
        record Complete(ContentFacts facts) implements Result {}

        /// The message is refused, and its end is reached.
        record Refused(Reply reply) implements Result {}

        /// The message is refused, and whether its end is where it seems to be only the client knows.
        record Ambiguous(Reply reply) implements Result {}
    }

    /// Reads to the end. Each piece must come within `idle`, all of them by `latest`.
    Result read(Duration idle, Deadline latest) throws IOException {
        Deadline deadline = Deadline.in(idle).orEarlier(latest);
        while (state != State.END) {
            if (!wire.hasBuffered()) {
                deadline = Deadline.in(idle).orEarlier(latest);
            }
            step(wire.read(deadline));
        }
        flush();
        if (ambiguous) {
            return new Result.Ambiguous(fault.orElseThrow());
        }
        return fault.<Result>map(Result.Refused::new).orElseGet(() -> new Result.Complete(header.facts(bytes)));
    }

    private void step(int octet) throws IOException {
        switch (state) {
            case LINE_START -> {
                if (octet == '.') {
                    state = State.DOT;
                } else {
                    text(octet);
                }
            }
            case DOT -> {
                if (octet == '\r') {
                    state = State.DOT_CR;
                } else {
                    text(octet);
                }
            }
            case DOT_CR -> {
                if (octet == '\n') {
                    state = State.END;
                } else {
                    refuseAsAmbiguous("a bare CR");
                    text(octet);
                }
            }
            case TEXT -> text(octet);
            case CR -> {
                if (octet == '\n') {
                    endLine();
                } else {
                    refuseAsAmbiguous("a bare CR");
                    text(octet);
                }
            }
            case END -> throw new IllegalStateException("read on behind the end");
        }
    }

    /// An octet that is neither a stuffed dot nor part of the end.
    private void text(int octet) throws IOException {
        switch (octet) {
            case '\r' -> state = State.CR;
            case '\n' -> {
                refuseAsAmbiguous("a bare LF");
                state = State.TEXT;
            }
            // RFC 5322 section 2.2 and RFC 2045 section 2.8: no message has it, and C programs take it for an end.
            case 0 -> {
                refuseAsAmbiguous("a NUL octet");
                state = State.TEXT;
            }
            default -> {
                state = State.TEXT;
                lineLength++;
                if (lineLength > SmtpLimits.TEXT_LINE - 2) {
                    refuse(550, "5.6.0 the message has a line of more than " + SmtpLimits.TEXT_LINE + " octets");
                }
                header.octet(octet);
                store(octet);
            }
        }
    }

    private void endLine() throws IOException {
        state = State.LINE_START;
        lineLength = 0;
        header.lineEnd();
        store('\r');
        store('\n');
    }

    private void store(int octet) throws IOException {
        if (fault.isPresent()) {
            discard();
            return;
        }
        if (++bytes > maxBytes) {
            // RFC 1870 section 6.3.
            refuse(552, "5.3.4 the message is larger than " + maxBytes + " octets");
            return;
        }
        block[length++] = (byte) octet;
        if (length == BLOCK) {
            flush();
        }
    }

    /// What is refused is still read to its end, for the client to hear the refusal, but not for ever.
    private void discard() throws IOException {
        if (++discarded > SmtpLimits.DISCARDED_DATA) {
            throw new EndlessDataException(fault.orElseThrow());
        }
    }

    private void refuseAsAmbiguous(String what) {
        ambiguous = true;
        fault = Optional.of(Reply.of(550, "5.5.2 the message has " + what + " in it, closing the connection"));
    }

    private void refuse(int code, String why) {
        if (fault.isEmpty()) {
            fault = Optional.of(Reply.of(code, why));
            length = 0;
        }
    }

    /// A sink that fails is not written to again; the client hears of it at the end of the data.
    private void flush() {
        if (fault.isPresent() || length == 0) {
            return;
        }
        try {
            sink.write(block, 0, length);
            length = 0;
        } catch (IOException broken) {
            fault = Optional.of(cannotStore.apply(broken));
        }
    }
}
