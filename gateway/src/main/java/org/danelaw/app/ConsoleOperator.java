package org.danelaw.app;

import java.util.Optional;
import org.danelaw.admin.ControlClient;

/// An operator at a console, or a script in their place.
///
/// @param complaint what stands before a complaint
record ConsoleOperator(Console console, String complaint) implements ControlClient.Operator {
    @Override
    public void out(String piece) {
        console.out().print(piece);
        console.out().flush();
    }

    @Override
    public void err(String piece) {
        console.err().print(complaint + piece);
        console.err().flush();
    }

    @Override
    public Optional<String> ask(String prompt) {
        return console.ask(prompt);
    }
}
