package org.danelaw.admin;

import java.io.IOException;

/// One of the operator's commands.
public interface AdminCommand {
    /// What it is called, takes and is for.
    Manual manual();

    /// Whether it changes something when it is asked so: then the log says who gave it, and what it came to.
    default boolean changes(Request request) {
        return manual().changes();
    }

    /// Does what is asked, and shows what came of it.
    ///
    /// @throws IOException where the operator is gone, or what the command needs cannot be read or written:
    /// its message says so in a sentence
    /// @throws InterruptedException where the gateway stops, or the operator of a command that only shows something
    /// is gone
    Ended run(Request request, Output out) throws IOException, InterruptedException;
}
