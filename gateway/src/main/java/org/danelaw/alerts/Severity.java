package org.danelaw.alerts;

/// How much an alert matters, least first.
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
