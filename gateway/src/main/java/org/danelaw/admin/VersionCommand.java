package org.danelaw.admin;

import java.io.IOException;

/// `version`: which Danelaw runs.
public final class VersionCommand implements AdminCommand {
    private final String version;

    public VersionCommand(String version) {
        this.version = version;
    }

    @Override
    public Manual manual() {
        return Manual.of("version", "say which Danelaw runs, and on what");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        return out.done(Answer.EMPTY
                .fact("version", "Danelaw", Value.of(version))
                .fact("java", "Java", Value.of(Runtime.version().toString()))
                .fact(
                        "system",
                        "System",
                        Value.of(System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch"))));
    }
}
