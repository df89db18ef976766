package org.danelaw.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.config.Nearest;

/// A command's arguments, taken apart: values by option, and the operands. For the program's own commands and
/// the operator's.
public record Arguments(Map<String, List<String>> values, List<String> operands) {
    public Arguments {
        values = Map.copyOf(values);
        operands = List.copyOf(operands);
    }

    /// What came of reading arguments.
    public sealed interface Reading {
        record Read(Arguments arguments) implements Reading {}

        /// Why they are not understood, in one line.
        record Misunderstood(String why) implements Reading {}
    }

    /// Takes `words` apart: `--name value`, `--name=value`, `--flag`, and `--` before operands that look like
    /// options.
    public static Reading read(List<String> words, List<Option> options) {
        return read(words, options, false);
    }

    /// As [#read(List, List)], but everything behind the first operand is an operand too: for what is passed
    /// on.
    public static Reading leading(List<String> words, List<Option> options) {
        return read(words, options, true);
    }

    private static Reading read(List<String> words, List<Option> options, boolean leadingOnly) {
        var values = new HashMap<String, List<String>>();
        var operands = new ArrayList<String>();
        var rest = new ArrayList<>(words);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            if (word.equals("--")) {
                operands.addAll(rest);
                break;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
                if (leadingOnly) {
                    operands.addAll(rest);
                    break;
                }
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            var option =
                    options.stream().filter(each -> each.name().equals(name)).findFirst();
            if (option.isEmpty()) {
                return unknown(name, options);
            }
            var given = equals < 0 ? next(option.get(), rest) : Optional.of(word.substring(equals + 1));
            if (given.isPresent() != option.get().value().isPresent()) {
                return new Reading.Misunderstood(name
                        + option.get()
                                .value()
                                .map(value -> " needs a value: " + value)
                                .orElse(" takes no value"));
            }
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(given.orElse(""));
        }
        return new Reading.Read(new Arguments(values, operands));
    }

    private static Optional<String> next(Option option, List<String> rest) {
        return option.value().isPresent() && !rest.isEmpty() ? Optional.of(rest.removeFirst()) : Optional.empty();
    }

    private static Reading unknown(String name, List<Option> options) {
        String advice = Nearest.to(name, options.stream().map(Option::name).toList())
                .map(nearest -> ": did you mean " + nearest + "?")
                .orElse("");
        return new Reading.Misunderstood("there is no option " + name + advice);
    }

    public boolean has(Option option) {
        return values.containsKey(option.name());
    }

    /// All values of an option that may be repeated, in their order.
    public List<String> all(Option option) {
        return values.getOrDefault(option.name(), List.of());
    }

    /// The value of an option; the last one counts.
    public Optional<String> last(Option option) {
        return all(option).isEmpty()
                ? Optional.empty()
                : Optional.of(all(option).getLast());
    }
}
