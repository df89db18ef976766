package org.danelaw.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// A message's content on its way in, however the protocol marks its end: into the sink goes what is
/// lines that end in CRLF, within their bounds, with the fields that the transaction adds to its header, and nothing
/// else. What is refused is still taken to its end and kept nowhere.
final class IncomingContent {
    private static final int BLOCK = 8 * 1024;

    private enum Place {
        LINE_START,
        TEXT,
        CR
    }

    private final OutputStream sink;
    private final Reception.Transaction transaction;
    private final long maxBytes;
    private final HeaderScan header = new HeaderScan();
    private final byte[] block = new byte[BLOCK];
    private int length;
    private Place place = Place.LINE_START;
    private long bytes;
    private long discarded;
    private int lineLength;
    private Optional<Reply> fault = Optional.empty();
    private boolean ambiguous;

    private IncomingContent(OutputStream sink, Reception.Transaction transaction, long maxBytes) {
        this.sink = sink;
        this.transaction = transaction;
        this.maxBytes = maxBytes;
    }

    /// The content of a transaction; refused from the first where it cannot be stored.
    static IncomingContent of(Reception.Transaction transaction, long maxBytes) {
        try {
            return new IncomingContent(transaction.content(), transaction, maxBytes);
        } catch (IOException full) {
            var lost = new IncomingContent(OutputStream.nullOutputStream(), transaction, maxBytes);
            lost.fault = Optional.of(transaction.cannotStore(full));
            return lost;
        }
    }

    /// How the content came.
    sealed interface Result {
        /// The message is whole and in the sink.
        record Complete(ContentFacts facts) implements Result {}

        /// The message is refused, and its end is reached.
        record Refused(Reply reply) implements Result {}

        /// The message is refused, and whether its end is where it seems to be only the client knows.
        record Ambiguous(Reply reply) implements Result {}
    }

    /// Why the message is refused, if it is already known to be.
    Optional<Reply> fault() {
        return fault;
    }

    /// Whether it has octets that others may take for its end.
    boolean isAmbiguous() {
        return ambiguous;
    }

    boolean isAtLineStart() {
        return place == Place.LINE_START;
    }

    /// So many octets more are on their way. RFC 1870 section 6.3: what will be too large is refused for it.
    void expect(long octets) {
        if (octets > maxBytes - bytes) {
            refuseAsTooLarge();
        }
    }

    void octet(int octet) throws IOException {
        if (place == Place.CR) {
            if (octet == '\n') {
                endLine();
                return;
            }
            refuseAsAmbiguous("a bare CR");
        }
        text(octet);
    }

    /// Takes of these octets what has nothing to it, all at once: ordinary text within a line of the body. Returns how
    /// many that is, 0 at all other places; [#octet] is for the rest.
    int run(byte[] octets, int from, int to) {
        if (place != Place.TEXT || !header.isOver() || fault.isPresent()) {
            return 0;
        }
        int most = (int) Math.min(Math.min(to - from, SmtpLimits.TEXT_LINE - 2 - lineLength), maxBytes - bytes);
        int end = from;
        int seen = 0;
        while (end < from + most && octets[end] != '\r' && octets[end] != '\n' && octets[end] != 0) {
            seen |= octets[end++];
        }
        header.body((seen & 0x80) != 0);
        int count = end - from;
        lineLength += count;
        bytes += count;
        store(octets, from, count);
        return count;
    }

    private void store(byte[] octets, int from, int count) {
        int stored = 0;
        while (stored < count) {
            int piece = Math.min(count - stored, BLOCK - length);
            System.arraycopy(octets, from + stored, block, length, piece);
            stored += piece;
            length += piece;
            if (length == BLOCK) {
                flush();
            }
        }
    }

    private void text(int octet) throws IOException {
        place = Place.TEXT;
        switch (octet) {
            case '\r' -> place = Place.CR;
            case '\n' -> refuseAsAmbiguous("a bare LF");
            // RFC 5322 section 2.2 and RFC 2045 section 2.8: no message has it, and C programs take it for an end.
            case 0 -> refuseAsAmbiguous("a NUL octet");
            default -> {
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
        if (lineLength == 0) {
            completeHeader();
        }
        place = Place.LINE_START;
        lineLength = 0;
        header.lineEnd();
        store('\r');
        store('\n');
    }

    /// Nothing more comes. RFC 3030 section 3 leaves it to the client how the last chunk ends, RFC 5321 section 4.1.1.4
    /// does not: the next server may know nothing but DATA. So a last line without its CRLF is given one; no DKIM
    /// signature breaks by it (RFC 6376 section 3.4.3).
    Result end() throws IOException {
        switch (place) {
            case LINE_START -> {}
            case TEXT -> endLine();
            case CR -> refuseAsAmbiguous("a bare CR");
        }
        completeHeader();
        flush();
        if (ambiguous) {
            return new Result.Ambiguous(fault.orElseThrow());
        }
        return fault.<Result>map(Result.Refused::new).orElseGet(() -> new Result.Complete(header.facts(bytes)));
    }

    /// Here a header ends, by an empty line or with the content, and what it lacks goes behind its last field;
    /// behind one that others may see ending elsewhere goes nothing. RFC 1870 section 6.3 is about what the
    /// client sends, so this does not count against its limit.
    private void completeHeader() {
        if (fault.isEmpty() && header.isInClearHeader()) {
            byte[] fields = transaction.missingFields(header.facts(bytes));
            flush();
            write(fields, fields.length);
        }
    }

    private void store(int octet) throws IOException {
        if (fault.isPresent()) {
            discard();
            return;
        }
        if (++bytes > maxBytes) {
            refuseAsTooLarge();
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

    /// RFC 1870 section 6.3.
    private void refuseAsTooLarge() {
        refuse(552, "5.3.4 the message is larger than " + maxBytes + " octets");
    }

    private void refuse(int code, String why) {
        if (fault.isEmpty()) {
            fault = Optional.of(Reply.of(code, why));
            length = 0;
        }
    }

    /// A sink that fails is not written to again; the client hears of it at the end of the content.
    private void flush() {
        write(block, length);
        length = 0;
    }

    private void write(byte[] octets, int count) {
        if (fault.isPresent() || count == 0) {
            return;
        }
        try {
            sink.write(octets, 0, count);
        } catch (IOException broken) {
            fault = Optional.of(transaction.cannotStore(broken));
        }
    }
}
