package org.danelaw.admin;

import java.util.Optional;

/// An option of a command.
///
/// @param name with its hyphens
/// @param value what stands for the value in the help text; empty for an option without one
public record Option(String name, Optional<String> value, String meaning) {
    public static Option flag(String name, String meaning) {
        return new Option(name, Optional.empty(), meaning);
    }

    public static Option with(String name, String value, String meaning) {
        return new Option(name, Optional.of(value), meaning);
    }

    /// As the help text shows it.
    public String shown() {
        return value.map(placeholder -> name + " " + placeholder).orElse(name);
    }
}
