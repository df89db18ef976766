package org.danelaw.app;

/// What the program says to the shell, with the numbers of BSD's `sysexits.h`.
final class ExitStatus {
    static final int OK = 0;

    /// What was to be shown is not so.
    static final int NOT_AS_EXPECTED = 1;

    /// The command was not understood.
    static final int USAGE = 64;

    /// A service that is needed is not there: an address in use, no gateway to talk to.
    static final int UNAVAILABLE = 69;

    /// We are wrong.
    static final int SOFTWARE = 70;

    /// Something is wrong with the configuration.
    static final int CONFIG = 78;

    /// Ctrl-C ended a command of the shell.
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
