package org.danelaw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/// One end of a connection over the control socket: lines in UTF-8, each of which must come, or go, within
/// its time.
///
/// One thread may read while another writes; never two of a kind.
final class Link implements Closeable {
    /// The longest line, its end not counted.
    static final int MAX_LINE_OCTETS = 65_536;

    /// The longest time for the other side to take a line.
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    /// For what the other side may take any time for: either can end the connection.
    static final Duration FOR_EVER = Duration.ofDays(365);

    private static final int BUFFER = 8_192;

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final ByteBuffer read = ByteBuffer.allocate(BUFFER).flip();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private Link(SocketChannel channel, Selector readable, Selector writable) {
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
    }

    static Link over(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        var readable = Selector.open();
        var writable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
        return new Link(channel, readable, writable);
    }

    SocketChannel channel() {
        return channel;
    }

    /// The next line, or nothing where the other side has ended.
    ///
    /// @throws SlowException where it does not come in time
    Optional<String> read(Duration within) throws IOException {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            while (read.hasRemaining()) {
                byte next = read.get();
                if (next == '\n') {
                    var text = line.toString(UTF_8);
                    line.reset();
                    return Optional.of(text);
                }
                line.write(next);
                if (line.size() > MAX_LINE_OCTETS) {
                    throw new IOException("a line of more than " + MAX_LINE_OCTETS + " octets");
                }
            }
            read.clear();
            int count = channel.read(read);
            read.flip();
            if (count < 0) {
                return Optional.empty();
            }
            if (count == 0) {
                await(readable, end);
            }
        }
    }

    /// Sends a line.
    ///
    /// @throws SlowException where the other side does not take it in time
    void write(String text) throws IOException {
        var octets = ByteBuffer.wrap((text + "\n").getBytes(UTF_8));
        long end = System.nanoTime() + WRITE_TIMEOUT.toNanos();
        while (octets.hasRemaining()) {
            if (channel.write(octets) == 0) {
                await(writable, end);
            }
        }
    }

    private static void await(Selector selector, long end) throws IOException {
        long left = Math.ceilDiv(end - System.nanoTime(), 1_000_000);
        if (left <= 0) {
            throw new SlowException();
        }
        try {
            selector.select(left);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException closed) {
            throw new IOException("closed", closed);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        try (channel;
                readable) {
            writable.close();
        }
    }

    /// The other side took too long.
    static final class SlowException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowException() {
            super("the other side takes too long");
        }
    }
}
