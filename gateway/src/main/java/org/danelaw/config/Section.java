package org.danelaw.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A table of the configuration file: where it stands, what it is for, and what may be in it.
///
/// @param path the names from the top of the file down to it, with dots between
record Section(String path, Form form, String meaning, List<Key<?>> keys, List<Section> sections) {
    Section {
        keys = List.copyOf(keys);
        sections = List.copyOf(sections);
    }

    Section(String path, Form form, String meaning, Key<?>... keys) {
        this(path, form, meaning, List.of(keys), List.of());
    }

    Section with(Section... below) {
        return new Section(path, form, meaning, keys, List.of(below));
    }

    /// How often a table may be there, and what tells one from the other.
    sealed interface Form {
        /// The file itself.
        record Whole() implements Form {}

        /// `[name]`.
        record Single() implements Form {}

        /// `[[name]]`, in an order that counts; the value of `identity` tells one from the other.
        record Repeated(Key<?> identity) implements Form {}

        /// `[name.KEY]`, each with a key of its own, which `kind` reads.
        record Named(String placeholder, Kind<?> kind) implements Form {}
    }

    /// The table's own name, without those that it stands in.
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /// The table as the file writes it.
    String heading() {
        return switch (form) {
            case Form.Whole whole -> "the file";
            case Form.Single single -> "[" + path + "]";
            case Form.Repeated repeated -> "[[" + path + "]]";
            case Form.Named named -> "[" + path + "." + named.placeholder() + "]";
        };
    }

    Optional<Key<?>> key(String wanted) {
        return keys.stream().filter(key -> key.name().equals(wanted)).findFirst();
    }

    Optional<Section> section(String wanted) {
        return sections.stream()
                .filter(section -> section.name().equals(wanted))
                .findFirst();
    }

    /// All that may stand in the table, keys first.
    List<String> known() {
        return Stream.concat(keys.stream().map(Key::name), sections.stream().map(Section::name))
                .toList();
    }
}
