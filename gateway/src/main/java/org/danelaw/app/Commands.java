package org.danelaw.app;

import java.util.List;

/// All commands, in the order of the help text.
final class Commands {
    private Commands() {}

    static List<Command> all() {
        return List.of(
                new DaneVerifyCommand(), new ServeCommand(), new ConfigCommand(), new CliCommand(), new DemoCommand());
    }
}
