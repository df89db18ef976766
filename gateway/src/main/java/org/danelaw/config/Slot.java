package org.danelaw.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tomlj.MutableTomlArray;
import org.tomlj.MutableTomlTable;

/// A place for one table in a document, whether one is there or not.
///
/// @param parent the table that it stands in
/// @param entry which of several it is; empty for a table of which there is one
record Slot(MutableTomlTable parent, Section section, String entry) {
    /// The key whose value names the entry, where such a key does.
    Optional<Key<?>> identity() {
        return section.form() instanceof Section.Form.Repeated(var identity) ? Optional.of(identity) : Optional.empty();
    }

    /// What is wrong with the entry's name, where it stands in the heading.
    List<String> nameProblems() {
        return section.form() instanceof Section.Form.Named(var placeholder, var kind)
                        && kind.read(new Given(entry, Position.START)) instanceof Kind.Reading.Unfit<?>(var problems)
                ? problems.stream()
                        .map(problem -> placeholder + " " + problem.text())
                        .toList()
                : List.of();
    }

    Optional<MutableTomlTable> table() {
        return switch (section.form()) {
            case Section.Form.Whole whole -> Optional.of(parent);
            case Section.Form.Single single -> child(parent, section.name());
            case Section.Form.Named named ->
                child(parent, section.name())
                        .flatMap(entries -> spelled(entries, named.kind()).flatMap(name -> child(entries, name)));
            case Section.Form.Repeated repeated ->
                list().flatMap(list -> index(list, entry).map(list::getTable));
        };
    }

    /// Whether something else stands where the table would be.
    boolean isTaken() {
        var isThere = parent.contains(List.of(section.name()));
        return switch (section.form()) {
            case Section.Form.Whole whole -> false;
            case Section.Form.Single single ->
                isThere && child(parent, section.name()).isEmpty();
            case Section.Form.Named named ->
                isThere && child(parent, section.name()).isEmpty();
            case Section.Form.Repeated repeated -> isThere && list().isEmpty();
        };
    }

    List<String> put(MutableTomlTable table, Optional<String> before) {
        switch (section.form()) {
            case Section.Form.Whole whole -> throw new IllegalStateException("a file is not put into one");
            case Section.Form.Single single -> parent.set(List.of(section.name()), table);
            case Section.Form.Named named -> parent.set(List.of(section.name(), entry), table);
            case Section.Form.Repeated repeated -> {
                var list = parent.getOrCreateArray(List.of(section.name()));
                var place = before.flatMap(other -> index(list, other));
                if (before.isPresent() && place.isEmpty()) {
                    return List.of("there is no " + before.get() + " to come before");
                }
                place.ifPresentOrElse(at -> list.insertBefore(at, table), () -> list.add(table));
            }
        }
        return List.of();
    }

    List<String> remove() {
        switch (section.form()) {
            case Section.Form.Whole whole -> throw new IllegalStateException("a file is not removed from itself");
            case Section.Form.Single single -> parent.remove(List.of(section.name()));
            case Section.Form.Named named -> {
                var entries = child(parent, section.name()).orElseThrow();
                entries.remove(List.of(spelled(entries, named.kind()).orElseThrow()));
            }
            case Section.Form.Repeated repeated -> {
                var list = list().orElseThrow();
                if (list.size() == 1) {
                    parent.remove(List.of(section.name()));
                } else {
                    list.remove(index(list, entry).orElseThrow());
                }
            }
        }
        return List.of();
    }

    /// Puts the table before that of another name, or to the end.
    List<String> move(Optional<String> before) {
        if (list().isEmpty()) {
            return List.of(section.heading() + " has no order");
        }
        var list = list().get();
        if (before.isPresent() && index(list, before.get()).isEmpty()) {
            return List.of("there is no " + before.get() + " to come before");
        }
        int from = index(list, entry).orElseThrow();
        int place = before.flatMap(other -> index(list, other)).orElse(list.size());
        if (place == from || place == from + 1) {
            return List.of();
        }
        var comments = list.entry(from).comments();
        var table = list.remove(from);
        int to = place > from ? place - 1 : place;
        if (to == list.size()) {
            list.add(table);
        } else {
            list.insertBefore(to, table);
        }
        comments.forEach(comment -> list.setComment(to, comment));
        return List.of();
    }

    private Optional<MutableTomlArray> list() {
        return Optional.ofNullable(parent.get(List.of(section.name())))
                .filter(MutableTomlArray.class::isInstance)
                .map(MutableTomlArray.class::cast)
                .filter(array ->
                        IntStream.range(0, array.size()).allMatch(i -> array.get(i) instanceof MutableTomlTable));
    }

    private Optional<Integer> index(MutableTomlArray list, String name) {
        var identity = identity().orElseThrow();
        var wanted = identity.kind().typed(name);
        return IntStream.range(0, list.size())
                .filter(i -> isSame(identity.kind(), list.getTable(i).get(List.of(identity.name())), wanted))
                .boxed()
                .findFirst();
    }

    /// The entry's name as the file spells it.
    private Optional<String> spelled(MutableTomlTable entries, Kind<?> kind) {
        return entries.keySet().stream()
                .filter(name -> isSame(kind, name, entry))
                .findFirst();
    }

    /// `Example.ORG` and `example.org` are one domain: what counts is what is read.
    private static boolean isSame(Kind<?> kind, @org.jspecify.annotations.Nullable Object one, Object other) {
        if (one == null) {
            return false;
        }
        return one.equals(other)
                || (kind.read(new Given(one, Position.START)) instanceof Kind.Reading.Fit<?>(var first)
                        && kind.read(new Given(other, Position.START)) instanceof Kind.Reading.Fit<?>(var second)
                        && first.equals(second));
    }

    private static Optional<MutableTomlTable> child(MutableTomlTable table, String name) {
        return Optional.ofNullable(table.get(List.of(name)))
                .filter(MutableTomlTable.class::isInstance)
                .map(MutableTomlTable.class::cast);
    }
}
