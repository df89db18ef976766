package org.danelaw.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Reads chunks (RFC 3030 section 2): so many octets as the client has said, whatever they are. None of them is ever
/// looked at as a command, not even where the chunk is refused.
final class ChunkReader {
    private final Wire wire;
    private final Duration idle;
    private long discarded;

    /// @param idle within which each piece must come
    ChunkReader(Wire wire, Duration idle) {
        this.wire = wire;
        this.idle = idle;
    }

    private interface Taker {
        void take(int octet) throws IOException;
    }

    /// Reads a chunk of the content, by `latest`, and returns what is wrong with the content so far.
    Optional<Reply> read(long octets, IncomingContent content, Deadline latest) throws IOException {
        content.expect(octets);
        read(octets, content::octet, latest);
        return content.fault();
    }

    /// Reads a chunk that belongs to no content, but not for ever.
    Reply discard(long octets, Reply refusal, Deadline latest) throws IOException {
        read(
                octets,
                _ -> {
                    if (++discarded > SmtpLimits.DISCARDED_DATA) {
                        throw new EndlessDataException(refusal);
                    }
                },
                latest);
        return refusal;
    }

    private void read(long octets, Taker taker, Deadline latest) throws IOException {
        Deadline deadline = Deadline.in(idle).orEarlier(latest);
        for (long left = octets; left > 0; left--) {
            if (!wire.hasBuffered()) {
                deadline = Deadline.in(idle).orEarlier(latest);
            }
            taker.take(wire.read(deadline));
        }
    }
}
