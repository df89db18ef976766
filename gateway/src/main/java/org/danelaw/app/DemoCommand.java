package org.danelaw.app;

import java.util.List;

/// `danelaw demo`: a signed internet on loopback with the gateway in front of it.
final class DemoCommand implements Command {
    private static final Option SECONDS =
            Option.with("--seconds", "N", "keep it running so long after the table, instead of asking for domains");

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String purpose() {
        return "show a signed internet on loopback, mail to every domain of it, and what became of each";
    }

    @Override
    public List<Option> options() {
        return List.of(SECONDS);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        console.complain("demo: not in this build");
        return ExitStatus.UNAVAILABLE;
    }
}
