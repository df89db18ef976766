package org.danelaw.admin;

import java.util.List;

/// A word that a command takes besides its options.
///
/// @param shown what stands for it in the synopsis, as `DOMAIN`
/// @param choices the words that it may be, where they are fixed
public record Operand(String shown, Need need, Kind kind, List<String> choices) {
    public Operand {
        choices = List.copyOf(choices);
    }

    /// Whether it may be left out.
    public enum Need {
        REQUIRED,
        OPTIONAL,
        /// It may be left out, and may be given more than once; the last operand only.
        ANY_NUMBER
    }

    /// What completes it.
    public enum Kind {
        /// Nothing: it is the operator's own.
        FREE,
        /// One of the choices.
        CHOICE,
        /// A command's name.
        COMMAND,
        /// A destination that has mail, state or a control.
        DOMAIN,
        /// A bounce profile.
        PROFILE,
        /// A listener.
        LISTENER,
        /// A log subscription.
        LOG,
        /// A message in the queue.
        MID
    }

    public static Operand required(String shown, Kind kind) {
        return new Operand(shown, Need.REQUIRED, kind, List.of());
    }

    public static Operand optional(String shown, Kind kind) {
        return new Operand(shown, Need.OPTIONAL, kind, List.of());
    }

    public static Operand anyNumber(String shown, Kind kind) {
        return new Operand(shown, Need.ANY_NUMBER, kind, List.of());
    }

    public static Operand choice(Need need, String... choices) {
        return new Operand(String.join("|", choices), need, Kind.CHOICE, List.of(choices));
    }

    String synopsis() {
        return switch (need) {
            case REQUIRED -> shown;
            case OPTIONAL -> "[" + shown + "]";
            case ANY_NUMBER -> "[" + shown + " ...]";
        };
    }
}
