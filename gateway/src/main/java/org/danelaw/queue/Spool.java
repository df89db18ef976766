package org.danelaw.queue;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/// Keeps accepted mail until its outcome is final. What [Draft#commit] returned for is on disk and survives any crash.
public interface Spool extends Closeable {
    /// Begins a message: its content is written first, then committed or dropped.
    Draft draft() throws IOException;

    /// A message on its way in; closed without a commit it leaves nothing behind.
    interface Draft extends Closeable {
        /// Takes the content: lines that end in CRLF, dots not stuffed.
        OutputStream content();

        /// Makes the message durable and returns its number, the MID; returns only after the disk has it.
        long commit(NewMessage message) throws IOException;
    }
}
