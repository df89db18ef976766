package org.danelaw.admin;

/// A line of the control protocol: a word that says what it is, and a text, which may have lines of its own.
///
/// Both sides begin with `danelaw 1`; the gateway adds its name. The client says `word ...` for each word of
/// its command and then `run`, or `complete` for what the last word could become. The gateway answers with
/// `out ...` and `err ...`, pieces of what the command writes, asks with `ask ...`, which the client answers
/// with `answer ...` or, where nobody is there to answer, `silence`; and ends with `end STATUS`.
record Frame(String kind, String text) {
    static final String DANELAW = "danelaw";
    static final String VERSION = "1";
    static final String WORD = "word";
    static final String RUN = "run";
    static final String COMPLETE = "complete";
    static final String OUT = "out";
    static final String ERR = "err";
    static final String ASK = "ask";
    static final String ANSWER = "answer";
    static final String SILENCE = "silence";
    static final String END = "end";

    static Frame of(String line) {
        int space = line.indexOf(' ');
        return space < 0
                ? new Frame(line, "")
                : new Frame(line.substring(0, space), unescaped(line.substring(space + 1)));
    }

    String line() {
        return kind + " " + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!escaped && c == '\\') {
                escaped = true;
                continue;
            }
            plain.append(escaped ? meant(c) : c);
            escaped = false;
        }
        return plain.toString();
    }

    /// What a character stands for behind a backslash.
    private static char meant(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
