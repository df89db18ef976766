package org.danelaw.events;

/// How much a log line matters, the most first.
public enum Level {
    CRITICAL("Critical"),
    WARNING("Warning"),
    INFO("Info"),
    DEBUG("Debug"),
    TRACE("Trace");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    /// As it stands in a log line.
    public String word() {
        return word;
    }

    /// Whether a subscription at this level wants lines of `other`.
    public boolean wants(Level other) {
        return other.compareTo(this) <= 0;
    }
}
