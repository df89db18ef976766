package org.danelaw.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All of the operator's commands, by name.
public final class Registry {
    /// No more candidates are shown for one word.
    static final int MAX_CANDIDATES = 500;

    private final Map<String, AdminCommand> commands;
    private final Suggestions suggestions;

    private Registry(Map<String, AdminCommand> commands, Suggestions suggestions) {
        this.commands = commands;
        this.suggestions = suggestions;
    }

    /// These commands, and `help` for them.
    public static Registry of(List<AdminCommand> commands, Suggestions suggestions) {
        var all = Stream.concat(commands.stream(), Stream.of(new HelpCommand(commands)))
                .collect(
                        Collectors.toUnmodifiableMap(command -> command.manual().name(), Function.identity()));
        return new Registry(all, suggestions);
    }

    Optional<AdminCommand> find(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    List<String> names() {
        return commands.keySet().stream().sorted().toList();
    }

    /// The manuals of all commands, by name.
    public List<Manual> manuals() {
        return commands.values().stream()
                .map(AdminCommand::manual)
                .sorted(Comparator.comparing(Manual::name))
                .toList();
    }

    /// What the last of `words` could become.
    List<String> candidates(List<String> words) {
        if (words.isEmpty()) {
            return names();
        }
        var begun = words.getLast();
        return possible(words.subList(0, words.size() - 1), begun)
                .filter(word -> word.startsWith(begun))
                .limit(MAX_CANDIDATES)
                .toList();
    }

    private Stream<String> possible(List<String> before, String begun) {
        if (before.isEmpty()) {
            return names().stream();
        }
        var manual = find(before.getFirst()).map(AdminCommand::manual);
        if (manual.isEmpty()) {
            return Stream.empty();
        }
        return begun.startsWith("-")
                ? manual.get().options().stream().map(Option::name)
                : operand(manual.get(), before).map(this::words).orElse(Stream.empty());
    }

    /// The operand that is being written, options left aside.
    private static Optional<Operand> operand(Manual manual, List<String> before) {
        var operands = manual.operands();
        int place = (int) IntStream.range(1, before.size())
                .filter(i -> !before.get(i).startsWith("-") && !isValue(manual, before.get(i - 1)))
                .count();
        if (place < operands.size()) {
            return Optional.of(operands.get(place));
        }
        return operands.isEmpty() || operands.getLast().need() != Operand.Need.ANY_NUMBER
                ? Optional.empty()
                : Optional.of(operands.getLast());
    }

    /// Whether a word is an option that takes the next one.
    private static boolean isValue(Manual manual, String word) {
        return manual.options().stream()
                .anyMatch(option -> option.name().equals(word) && option.value().isPresent());
    }

    private Stream<String> words(Operand operand) {
        return switch (operand.kind()) {
            case FREE -> Stream.empty();
            case CHOICE -> operand.choices().stream();
            case COMMAND -> names().stream();
            case DOMAIN, PROFILE, LISTENER, LOG, MID -> suggestions.of(operand.kind()).stream();
        };
    }
}
