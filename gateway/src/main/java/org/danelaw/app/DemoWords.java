package org.danelaw.app;

import org.danelaw.lab.realm.Outcome;

/// What the demo calls the ways in which mail ends.
final class DemoWords {
    private DemoWords() {}

    /// In one or two words, for a column.
    static String of(Outcome outcome) {
        return switch (outcome) {
            case AUTHENTICATED -> "authenticated";
            case INSECURE_MX -> "insecure MX";
            case ENCRYPTED -> "encrypted";
            case CLEAR -> "clear text";
            case DEFERRED -> "kept";
            case BOUNCED -> "returned";
        };
    }

    static String meaning(Outcome outcome) {
        return switch (outcome) {
            case AUTHENTICATED -> "delivered, to a host that proved to be the one that the domain's signed DNS names";
            case INSECURE_MX -> "delivered, to a host that proved its name; that it serves the domain is not proved";
            case ENCRYPTED -> "delivered over TLS, to whoever answered";
            case CLEAR -> "delivered without TLS, readable on the way";
            case DEFERRED -> "not delivered: it stays in the queue and is tried again";
            case BOUNCED -> "not delivered: it goes back to its sender";
        };
    }

    static Screen.Colour colour(Outcome outcome) {
        return switch (outcome) {
            case AUTHENTICATED -> Screen.Colour.PROVEN;
            case INSECURE_MX, ENCRYPTED, CLEAR -> Screen.Colour.UNPROVEN;
            case DEFERRED -> Screen.Colour.KEPT;
            case BOUNCED -> Screen.Colour.RETURNED;
        };
    }
}
