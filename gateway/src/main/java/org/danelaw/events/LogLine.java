package org.danelaw.events;

/// One line of a log, without its time.
public record LogLine(Level level, String text) {
    public LogLine {
        text = printable(text);
    }

    /// What the other side chose must not be able to start a line of its own, or to steer a terminal.
    private static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }
}
