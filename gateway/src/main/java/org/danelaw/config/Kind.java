package org.danelaw.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.danelaw.json.Word;
import org.tomlj.MutableTomlArray;
import org.tomlj.TomlArray;

/// What values a key takes: how that is said to a reader, and how one is read.
interface Kind<T> {
    /// In a sentence behind "takes", and in the reference: `a whole number from 1 to 65535`.
    String description();

    Reading<T> read(Given given);

    /// What somebody typed, as the file would hold it. What does not fit comes through, for [#read] to say so.
    Object typed(String text);

    /// The words that it takes, where these are fixed.
    List<String> choices();

    /// What came of reading a value.
    sealed interface Reading<T> {
        record Fit<T>(T value) implements Reading<T> {}

        /// What is wrong, each with its place: an element of a list has its own.
        record Unfit<T>(List<Problem> problems) implements Reading<T> {
            public Unfit {
                problems = List.copyOf(problems);
            }
        }
    }

    /// A text that `parse` reads; it throws an [IllegalArgumentException] whose message is a sentence.
    static <T> Kind<T> text(String description, Function<String, T> parse) {
        return new Made<>(description, List.of(), text -> text, given -> {
            if (given.toml() instanceof String text) {
                try {
                    return new Reading.Fit<>(parse.apply(text));
                } catch (IllegalArgumentException unfit) {
                    String why = unfit.getMessage() == null ? "" : ": " + unfit.getMessage();
                    return unfit(given, "takes " + description + ", not " + given.shown() + why);
                }
            }
            return wrongType(given, description);
        });
    }

    static Kind<Boolean> flag() {
        var words = List.of("true", "false");
        return new Made<>(
                "true or false",
                words,
                text -> words.contains(text) ? Boolean.valueOf(text) : text,
                given -> given.toml() instanceof Boolean flag
                        ? new Reading.Fit<>(flag)
                        : wrongType(given, "true or false"));
    }

    static Kind<Long> number(Range range) {
        return new Made<>("a whole number " + range, List.of(), Kind::number, given -> {
            if (given.toml() instanceof Long number && range.contains(number)) {
                return new Reading.Fit<>(number);
            }
            return wrongType(given, "a whole number " + range);
        });
    }

    /// One of an enum's constants, written in lower case with hyphens.
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        var names = Arrays.stream(type.getEnumConstants()).map(Kind::name).toList();
        return new Made<>(quotedList(names), names, text -> text, given -> {
            for (E constant : type.getEnumConstants()) {
                if (name(constant).equals(given.toml())) {
                    return new Reading.Fit<>(constant);
                }
            }
            return unfit(given, "takes " + quotedList(names) + ", not " + given.shown() + nearest(given, names));
        });
    }

    static <T> Kind<List<T>> listOf(Kind<T> element, Range size) {
        String description = "a list, each element " + element.description();
        return new Made<>(description, List.of(), text -> list(element, text), given -> {
            if (!(given.toml() instanceof TomlArray array)) {
                return wrongType(given, description);
            }
            if (!size.contains(array.size())) {
                return unfit(
                        given,
                        "takes a list of " + size.least() + " to " + size.most() + " elements, not of " + array.size());
            }
            return elements(element, array);
        });
    }

    default <U> Kind<U> map(Function<T, U> change) {
        return new Made<>(description(), choices(), this::typed, given -> switch (read(given)) {
            case Reading.Fit<T>(var value) -> new Reading.Fit<>(change.apply(value));
            case Reading.Unfit<T>(var problems) -> new Reading.Unfit<>(problems);
        });
    }

    /// A constant as the file writes it.
    static String name(Enum<?> constant) {
        return Word.of(constant);
    }

    /// A value of the file as somebody would type it.
    static String shown(Object toml) {
        return toml instanceof TomlArray list
                ? list.toList().stream().map(Kind::shown).collect(Collectors.joining(","))
                : toml.toString();
    }

    private static <T> Reading<List<T>> elements(Kind<T> element, TomlArray array) {
        var values = new ArrayList<T>();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < array.size(); i++) {
            switch (element.read(new Given(array.get(i), Position.of(array.inputPositionOf(i))))) {
                case Reading.Fit<T>(var value) -> values.add(value);
                case Reading.Unfit<T>(var wrong) -> problems.addAll(wrong);
            }
        }
        return problems.isEmpty() ? new Reading.Fit<>(List.copyOf(values)) : new Reading.Unfit<>(problems);
    }

    private static Object number(String text) {
        return text.matches("-?[0-9]{1,18}") ? Long.valueOf(text) : text;
    }

    /// The elements of a list have commas between them.
    private static Object list(Kind<?> element, String text) {
        return text.isBlank()
                ? MutableTomlArray.of()
                : MutableTomlArray.copyOf(Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(element::typed)
                        .toList());
    }

    /// A kind from its parts.
    record Made<T>(
            String description,
            List<String> choices,
            Function<String, Object> fromText,
            Function<Given, Reading<T>> fromToml)
            implements Kind<T> {
        public Made {
            choices = List.copyOf(choices);
        }

        @Override
        public Object typed(String text) {
            return fromText.apply(text);
        }

        @Override
        public Reading<T> read(Given given) {
            return fromToml.apply(given);
        }
    }

    private static <T> Reading<T> wrongType(Given given, String description) {
        return unfit(given, "takes " + description + ", not " + given.shown());
    }

    private static <T> Reading<T> unfit(Given given, String text) {
        return new Reading.Unfit<>(List.of(new Problem(given.at(), text)));
    }

    private static String nearest(Given given, List<String> names) {
        return given.toml() instanceof String text
                ? Nearest.to(text, names)
                        .map(name -> ": did you mean \"" + name + "\"?")
                        .orElse("")
                : "";
    }

    private static String quotedList(List<String> names) {
        var quoted = names.stream().map(name -> "\"" + name + "\"").toList();
        int last = quoted.size() - 1;
        return last == 0 ? quoted.getFirst() : String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
    }
}
