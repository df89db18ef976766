package org.danelaw.admin;

import java.util.Locale;
import org.danelaw.verify.Judgement;

/// How a command ended, with the program's exit status for it.
public enum Ended {
    /// It did what was asked.
    DONE(0),
    /// It did not, and said why.
    REFUSED(1),
    /// What was asked cannot be known now.
    UNKNOWN(2),
    /// It was not understood.
    USAGE(64),
    /// There is no room for another operator now.
    BUSY(69),
    /// A fault of ours.
    FAULT(70);

    private final int exitStatus;

    Ended(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /// For a question that a look at other hosts answers.
    static Ended of(Judgement.Result result) {
        return switch (result) {
            case SUCCESS -> DONE;
            case FAILED -> REFUSED;
            case UNKNOWN -> UNKNOWN;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int exitStatus() {
        return exitStatus;
    }
}
