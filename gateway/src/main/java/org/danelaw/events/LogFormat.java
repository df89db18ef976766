package org.danelaw.events;

/// How a log is written.
public enum LogFormat {
    /// Lines to read and to grep.
    TEXT,
    /// One JSON object for each event, on a line of its own.
    JSON
}
