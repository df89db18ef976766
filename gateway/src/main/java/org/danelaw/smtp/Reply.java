package org.danelaw.smtp;

import java.util.List;

/// A reply (RFC 5321 section 4.2): its code and the text of its lines, codes and separators cut off.
public record Reply(int code, List<String> lines) {
    public Reply {
        lines = List.copyOf(lines);
    }

    public static Reply of(int code, String... lines) {
        return new Reply(code, List.of(lines));
    }

    public boolean isPositive() {
        return code >= 200 && code < 400;
    }

    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    public boolean isPermanent() {
        return code >= 500;
    }

    public String text() {
        return String.join(" ", lines);
    }
}
