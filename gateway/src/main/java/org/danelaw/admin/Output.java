package org.danelaw.admin;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Where a command shows what it found, and asks back. Every method throws an [IOException] when the operator
/// is gone.
public interface Output {
    /// Shows what came of the command; once, where JSON is asked for.
    void show(Answer answer) throws IOException;

    /// Says one thing when it is known, ahead of the answer: for people alone.
    void line(String text) throws IOException;

    /// One of many results that follow each other without an end: a line of text, or a JSON object of its
    /// own.
    void result(Answer answer) throws IOException;

    /// Says what went wrong.
    void complain(String sentence) throws IOException;

    /// Asks the operator; nothing where nobody is there to answer, which is not the same as an empty answer.
    ///
    /// @throws IOException where the operator is gone, or does not answer in time
    Optional<String> ask(String prompt) throws IOException, InterruptedException;

    /// The operator's answer, which may be empty.
    ///
    /// @throws IOException as well where nobody is there to answer: no default stands in for them
    default String answerTo(String prompt) throws IOException, InterruptedException {
        return ask(prompt).orElseThrow(() -> new IOException("nobody answered: nothing was changed"));
    }

    /// Whether programs read this.
    boolean isJson();

    /// Says why the command does not do what is asked.
    default Ended refuse(String why) throws IOException {
        complain(why);
        return Ended.REFUSED;
    }

    /// Says why the command is not understood.
    default Ended misunderstand(String why) throws IOException {
        complain(why);
        return Ended.USAGE;
    }

    default Ended done(Answer answer) throws IOException {
        show(answer);
        return Ended.DONE;
    }

    /// Whether the operator says yes.
    default boolean confirm(String question) throws IOException, InterruptedException {
        return ask(question + " [N]> ")
                .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
                .filter(answer -> answer.equals("y") || answer.equals("yes"))
                .isPresent();
    }
}
