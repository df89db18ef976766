package org.danelaw.smtp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A dialogue written down: `S:` lines are the server's, `C:` lines the client's, each without its CRLF; `S|` is sent
/// as
/// it stands with `\r` and `\n` written out. Before the dialogue stand `# name: value` lines that say what is sent and
/// how it ends.
record Transcript(Path file, Map<String, String> notes, List<Line> lines) {
    enum Side {
        SERVER,
        CLIENT
    }

    /// @param octets what goes over the wire, its line end included
    record Line(Side side, String octets) {}

    static Transcript read(Path file) {
        Map<String, String> notes = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        for (String line : contents(file)) {
            if (line.startsWith("# ")) {
                String[] note = line.substring(2).split(": ?", 2);
                notes.put(note[0], note[1]);
            } else if (line.startsWith("S|") || line.startsWith("C|")) {
                lines.add(new Line(
                        line.startsWith("S") ? Side.SERVER : Side.CLIENT,
                        unescaped(line.substring(2).strip())));
            } else if (line.startsWith("S:") || line.startsWith("C:")) {
                Side side = line.startsWith("S") ? Side.SERVER : Side.CLIENT;
                lines.add(new Line(side, line.substring(2).stripLeading() + "\r\n"));
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException(file + ": " + line);
            }
        }
        return new Transcript(file, notes, lines);
    }

    String note(String name, String otherwise) {
        return notes.getOrDefault(name, otherwise);
    }

    /// The same dialogue, broken off after so many lines.
    Transcript cutAfter(int count) {
        return new Transcript(file, notes, lines.subList(0, count));
    }

    static String unescaped(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\u001b", "\u001b");
    }

    @Override
    public String toString() {
        return file.getFileName().toString().replace(".txt", "").replace('-', ' ');
    }

    private static List<String> contents(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
