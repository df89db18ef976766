package org.danelaw.resolver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;

/// The TCP connections to one server, kept open for a few seconds: where one answer was too long for UDP, the
/// next mostly is too (a zone with large keys), and a handshake costs more than a question.
///
/// Shared by all threads that ask this server.
final class TcpLinks implements AutoCloseable {
    private static final int MOST_IDLE = 8;

    private final InetSocketAddress server;
    private final LinkedBlockingDeque<TcpLink> idle = new LinkedBlockingDeque<>(MOST_IDLE);

    TcpLinks(InetSocketAddress server) {
        this.server = server;
    }

    /// The reply to `query`, apart from the case of its letters, which is the caller's to judge.
    byte[] exchange(Query query, Deadline deadline) throws IOException {
        Optional<TcpLink> used = takeIdle();
        if (used.isPresent()) {
            try {
                return exchange(used.get(), query, deadline);
            } catch (IOException closedMeanwhile) {
                if (deadline.isOver()) {
                    throw closedMeanwhile;
                }
                // RFC 7766 section 6.2.1.1: the server may close an idle connection at any time; so once
                // more, anew.
            }
        }
        return exchange(TcpLink.to(server, deadline), query, deadline);
    }

    private byte[] exchange(TcpLink link, Query query, Deadline deadline) throws IOException {
        try {
            byte[] reply = link.exchange(query.octets(), deadline);
            if (query.compare(reply, reply.length) == Query.Likeness.FOREIGN) {
                throw new IOException("what came was no reply to the question");
            }
            if (!idle.offerFirst(link)) {
                link.close();
            }
            return reply;
        } catch (IOException | RuntimeException failed) {
            link.close();
            throw failed;
        }
    }

    private Optional<TcpLink> takeIdle() throws IOException {
        for (TcpLink link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
            if (link.isFresh()) {
                return Optional.of(link);
            }
            link.close();
        }
        return Optional.empty();
    }

    /// Closes what has been idle for too long.
    void sweep() throws IOException {
        for (TcpLink link = idle.pollLast(); link != null; link = idle.pollLast()) {
            if (link.isFresh() && idle.offerLast(link)) {
                return;
            }
            link.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (TcpLink link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
            link.close();
        }
    }
}
