package org.danelaw.lab.peers;

import java.io.IOException;
import java.util.List;

/// A real mail server, as a child process.
public interface MailServer extends AutoCloseable {
    /// The lines of its mail log so far.
    List<String> log() throws IOException;

    @Override
    void close();
}
