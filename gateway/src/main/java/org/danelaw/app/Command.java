package org.danelaw.app;

import java.util.List;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.Option;

/// One of the program's commands.
interface Command {
    String name();

    /// What stands behind the name in the help text, options left out, as `check FILE`.
    String operands();

    /// One sentence.
    String purpose();

    List<Option> options();

    /// Takes the words behind the name apart.
    default Arguments.Reading read(List<String> words) {
        return Arguments.read(words, options());
    }

    /// Whether the words ask for the help text.
    default boolean isHelp(List<String> words) {
        return words.contains("--help") || words.contains("-h");
    }

    /// Does the work and returns the exit status.
    int run(Arguments arguments, Console console);
}
