package org.danelaw.queue;

/// When SQLite waits for the disk. Everything but `FULL` is for tests that show what the rest would lose.
public enum Synchronous {
    /// After every transaction.
    FULL,
    /// Only at checkpoints of the write-ahead log.
    NORMAL,
    /// Never.
    OFF
}
