package org.danelaw.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What help, completion and the page of all commands say of one command; and how its words are read.
///
/// @param purpose one line, without a full stop
/// @param details sentences for who asks for more
/// @param changes whether it changes something: then the log says who gave it, and what it came to
public record Manual(
        String name,
        String purpose,
        List<Operand> operands,
        List<Option> options,
        List<String> details,
        List<Example> examples,
        boolean changes) {
    /// Every command can answer in JSON.
    static final Option JSON = Option.flag("--json", "answer with one JSON object on one line");

    public Manual {
        operands = List.copyOf(operands);
        options = List.copyOf(options);
        details = List.copyOf(details);
        examples = List.copyOf(examples);
    }

    /// A command line, and what it is for.
    public record Example(String line, String meaning) {}

    public static Manual of(String name, String purpose) {
        return new Manual(name, purpose, List.of(), List.of(JSON), List.of(), List.of(), false);
    }

    public Manual taking(Operand... more) {
        return new Manual(name, purpose, joined(operands, List.of(more)), options, details, examples, changes);
    }

    public Manual with(Option... more) {
        return new Manual(name, purpose, operands, joined(options, List.of(more)), details, examples, changes);
    }

    public Manual saying(String... more) {
        return new Manual(name, purpose, operands, options, joined(details, List.of(more)), examples, changes);
    }

    public Manual example(String line, String meaning) {
        return new Manual(
                name,
                purpose,
                operands,
                options,
                details,
                joined(examples, List.of(new Example(line, meaning))),
                changes);
    }

    /// Says that the command changes something.
    public Manual changing() {
        return new Manual(name, purpose, operands, options, details, examples, true);
    }

    /// As `hoststatus [OPTION]... DOMAIN`.
    public String synopsis() {
        return Stream.concat(Stream.of(name, "[OPTION]..."), operands.stream().map(Operand::synopsis))
                .collect(Collectors.joining(" "));
    }

    long leastOperands() {
        return operands.stream()
                .filter(operand -> operand.need() == Operand.Need.REQUIRED)
                .count();
    }

    long mostOperands() {
        return operands.stream().anyMatch(operand -> operand.need() == Operand.Need.ANY_NUMBER)
                ? Long.MAX_VALUE
                : operands.size();
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
