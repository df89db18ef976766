package org.danelaw.app;

import java.util.ArrayList;
import java.util.List;

/// A line, taken apart as a shell does: at blanks, but not within quotes, and a backslash takes the next
/// character as it is.
final class Words {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;

    private Words(String line) {
        this.line = line;
    }

    /// A quote that is not closed ends with the line.
    static List<String> of(String line) {
        var words = new Words(line);
        words.split();
        return List.copyOf(words.words);
    }

    private void split() {
        char quote = ' ';
        boolean escaped = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (escaped) {
                take(c);
                escaped = false;
            } else if (c == '\\' && i + 1 < line.length() && isEscaped(line.charAt(i + 1), quote)) {
                escaped = true;
            } else if (quote == ' ' && Character.isWhitespace(c)) {
                end();
            } else if (c == quote) {
                quote = ' ';
            } else if (quote == ' ' && (c == '"' || c == '\'')) {
                quote = c;
                begun = true;
            } else {
                take(c);
            }
        }
        end();
    }

    private void take(char c) {
        word.append(c);
        begun = true;
    }

    /// Within quotes a pattern keeps its backslashes.
    private static boolean isEscaped(char c, char quote) {
        return quote == ' ' || (quote == '"' && (c == '"' || c == '\\'));
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }
}
