package org.danelaw.admin;

import java.util.List;
import java.util.Optional;

/// What an operator asks of a command.
///
/// @param user the operating system's name for who asks
public record Request(Arguments arguments, String user) {
    public List<String> operands() {
        return arguments.operands();
    }

    /// An operand by its place, from 0.
    public Optional<String> operand(int place) {
        return place < operands().size() ? Optional.of(operands().get(place)) : Optional.empty();
    }

    public boolean has(Option option) {
        return arguments.has(option);
    }

    /// The value of an option; the last one counts.
    public Optional<String> value(Option option) {
        return arguments.last(option);
    }
}
