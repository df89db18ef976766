package org.danelaw.app;

import java.util.List;

/// One of the program's commands.
interface Command {
    String name();

    /// What stands behind the name in the help text, options left out, as `check FILE`.
    String operands();

    /// One sentence.
    String purpose();

    List<Option> options();

    /// Does the work and returns the exit status.
    int run(Arguments arguments, Console console);
}
