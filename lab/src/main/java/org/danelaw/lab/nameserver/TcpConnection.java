package org.danelaw.lab.nameserver;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Transport;

/// One TCP connection: queries with their length before them, many at a time, each answered as soon as its answer is
/// ready (RFC 7766 sections 6.2.1 and 8).
final class TcpConnection {
    private static final Duration IDLE = Duration.ofSeconds(30);

    /// How many queries of one connection are worked on at once.
    private static final int MAX_PIPELINED = 64;

    private final Socket socket;
    private final Exchange exchange;
    private final Semaphore free = new Semaphore(MAX_PIPELINED);
    private final ReentrantLock writing = new ReentrantLock();

    TcpConnection(Socket socket, Exchange exchange) {
        this.socket = socket;
        this.exchange = exchange;
    }

    /// Until the asker ends it and all that it asked is answered.
    void serve() {
        try (socket;
                var answering = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.setSoTimeout((int) IDLE.toMillis());
            read(new DataInputStream(socket.getInputStream()), answering);
        } catch (IOException e) {
            // The asker hung up or fell silent, or this server is being closed: that is how connections end.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(DataInputStream in, ExecutorService answering) throws IOException, InterruptedException {
        while (true) {
            var query = exchange.query(in.readNBytes(in.readUnsignedShort()), Transport.TCP);
            if (query.isEmpty()) {
                return;
            }
            free.acquire();
            answering.execute(() -> answer(query.get()));
        }
    }

    private void answer(Query query) {
        try {
            var response = exchange.answer(query);
            if (Exchange.slept(response.after())) {
                send(exchange.wire(query, response));
            }
        } finally {
            free.release();
        }
    }

    /// Over TCP a server that does not answer hangs up.
    private void send(Optional<byte[]> answer) {
        writing.lock();
        try {
            if (answer.isPresent()) {
                socket.getOutputStream().write(framed(answer.get()));
            } else {
                socket.close();
            }
        } catch (IOException e) {
            // Nobody is there to take the answer.
            return;
        } finally {
            writing.unlock();
        }
    }

    private static byte[] framed(byte[] octets) {
        return ByteBuffer.allocate(Short.BYTES + octets.length)
                .putShort((short) octets.length)
                .put(octets)
                .array();
    }
}
