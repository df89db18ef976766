package org.danelaw.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What tells the values of one metric apart: all the values that it can have, fixed when the program is built.
record Label(String name, List<String> values) {
    Label {
        values = List.copyOf(values);
    }

    static Label of(String name, String... values) {
        return new Label(name, List.of(values));
    }

    static <E extends Enum<E>> Label of(String name, Class<E> values) {
        return new Label(
                name, Arrays.stream(values.getEnumConstants()).map(Label::word).toList());
    }

    /// As it is spelled in a label: `INSECURE_MX` is `insecure-mx`.
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException for what is not one of the values
    int index(String value) {
        int index = values.indexOf(value);
        if (index < 0) {
            throw new IllegalArgumentException("label " + name + " is never " + value);
        }
        return index;
    }
}
