package org.danelaw.app;

import java.util.List;

/// `danelaw cli`: the operator's commands, in a running gateway. The gateway does not answer them in this version.
final class CliCommand implements Command {
    private static final Option CONFIG =
            Option.with("--config", "FILE", "the gateway's configuration, which says where its control socket is");

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public String operands() {
        return "[COMMAND ...]";
    }

    @Override
    public String purpose() {
        return "the operator's commands in a running gateway (not in this version)";
    }

    @Override
    public List<Option> options() {
        return List.of(CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        console.complain("cli: this version's gateway has no control socket yet; danelaw daneverify works without one");
        return ExitStatus.UNAVAILABLE;
    }
}
