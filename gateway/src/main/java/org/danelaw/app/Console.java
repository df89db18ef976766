package org.danelaw.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command reads and writes.
record Console(BufferedReader in, PrintStream out, PrintStream err) {
    static Console system() {
        return new Console(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out, System.err);
    }

    /// Shows `prompt` and reads the answer; nothing at the end of the input.
    Optional<String> ask(String prompt) {
        out.print(prompt);
        out.flush();
        return readLine();
    }

    /// The next line; nothing at the end of the input.
    Optional<String> readLine() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /// Whether nothing more can be read. Nobody at a keyboard, of which the launcher tells, is waited for: who has not
    /// been asked yet has not ended the input either.
    boolean isAtEnd() {
        if (Boolean.getBoolean("danelaw.keyboard")) {
            return false;
        }
        try {
            in.mark(1);
            boolean isAtEnd = in.read() < 0;
            in.reset();
            return isAtEnd;
        } catch (IOException closed) {
            return true;
        }
    }

    /// A line for whoever looks at what went wrong.
    void complain(String line) {
        err.println("danelaw: " + line);
    }
}
