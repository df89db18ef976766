package org.danelaw.app;

import java.util.concurrent.atomic.AtomicBoolean;

/// Says a last line when the program is ended from outside (Ctrl-C, SIGTERM) while something is under way.
final class Interruption implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();

    private Interruption() {}

    static Interruption says(String line, Console console) {
        var interruption = new Interruption();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!interruption.over.get()) {
                                console.complain(line);
                            }
                        },
                        "interruption"));
        return interruption;
    }

    /// What was under way is over.
    @Override
    public void close() {
        over.set(true);
    }
}
