package org.danelaw.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Where the demo is seen: a terminal, with colours and a last line that changes, or plain lines of a file or pipe.
///
/// @param columns how wide the terminal is; 0 where it is none
record Screen(PrintStream out, int columns) {
    private static final String ERASE_LINE = "\r\033[K";

    /// The launcher looks whether standard output is a terminal, for the Java runtime tells only whether both ends are.
    static Screen of(PrintStream out) {
        return new Screen(out, Integer.getInteger("danelaw.columns", 0));
    }

    boolean isTerminal() {
        return columns > 0;
    }

    void line() {
        line("");
    }

    /// A line that stays, in place of the one that changes.
    void line(String text) {
        out.println(isTerminal() ? ERASE_LINE + text : text);
        out.flush();
    }

    /// A line that changes; nothing where lines cannot.
    void status(String text) {
        if (isTerminal()) {
            out.print(ERASE_LINE + shortened(text));
            out.flush();
        }
    }

    private String shortened(String text) {
        return isTerminal() && text.length() >= columns ? text.substring(0, Math.max(columns - 4, 0)) + "..." : text;
    }

    /// The text in lines of at most `width`, broken between words.
    static List<String> wrapped(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    String in(Colour colour, String text) {
        return isTerminal() && System.getenv("NO_COLOR") == null ? colour.code + text + "\033[0m" : text;
    }

    /// What colours are used for.
    enum Colour {
        TITLE("\033[1m"),
        PROVEN("\033[32m"),
        UNPROVEN("\033[33m"),
        KEPT("\033[36m"),
        RETURNED("\033[2m"),
        WRONG("\033[1;31m");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
