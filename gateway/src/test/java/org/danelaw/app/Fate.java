package org.danelaw.app;

import org.danelaw.lab.realm.Outcome;

/// What becomes of a message at its first attempt, as far as it shows outside of the relay.
enum Fate {
    VERIFIED("delivered, verified"),
    ENCRYPTED("delivered, encrypted"),
    CLEAR("delivered in clear text"),
    DEFERRED("deferred"),
    BOUNCED("bounced");

    private final String words;

    Fate(String words) {
        this.words = words;
    }

    static Fate of(Outcome outcome) {
        return switch (outcome) {
            case AUTHENTICATED, INSECURE_MX -> VERIFIED;
            case ENCRYPTED -> ENCRYPTED;
            case CLEAR -> CLEAR;
            case DEFERRED -> DEFERRED;
            case BOUNCED -> BOUNCED;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
