package org.danelaw.smtp;

/// Makes text that a peer chose harmless for logs, replies and headers.
public final class Printable {
    private Printable() {}

    /// The text with each control, line separating or direction changing character replaced by `?`.
    public static String of(String text) {
        return text.codePoints().allMatch(Printable::isHarmless) ? text : replaced(text);
    }

    private static String replaced(String text) {
        StringBuilder harmless = new StringBuilder(text.length());
        text.codePoints().forEach(c -> harmless.appendCodePoint(isHarmless(c) ? c : '?'));
        return harmless.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return codePoint == ' '
                || switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
