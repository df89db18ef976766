package org.danelaw.queue;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/// Keeps accepted mail until its outcome is final. What [Draft#commit] returned for is on disk and
/// survives any crash.
public interface Spool extends Closeable {
    /// Begins a message: its content is written first, then committed or dropped.
    ///
    /// @throws SpoolFullException where there is no room
    Draft draft() throws IOException;

    /// A message on its way in; closed without a commit it leaves nothing behind.
    interface Draft extends Closeable {
        /// The message's number, the MID: fixed from the start, so that the log can name a message on
        /// its way in; never given twice, not after a restart either.
        long id();

        /// Takes the content: lines that end in CRLF, dots not stuffed.
        OutputStream content();

        /// Makes the message durable; returns only after the disk has it.
        ///
        /// @throws SpoolFullException where there is no room
        void commit(NewMessage message) throws IOException;
    }
}
