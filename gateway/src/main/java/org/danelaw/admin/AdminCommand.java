package org.danelaw.admin;

import java.io.IOException;

/// One of the operator's commands.
public interface AdminCommand {
    /// What it is called, takes and is for.
    Manual manual();

    /// Does what is asked, and shows what came of it.
    ///
    /// @throws IOException where the operator is gone, or what the command needs cannot be read or written:
    /// its message says so in a sentence
    /// @throws InterruptedException where the gateway stops, or the operator of a command that only shows something
    /// is gone
    Ended run(Request request, Output out) throws IOException, InterruptedException;
}
