package org.danelaw.admin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a word of some kind could be, in this gateway, now.
public record Suggestions(Map<Operand.Kind, Supplier<? extends Collection<String>>> byKind) {
    public static final Suggestions NONE = new Suggestions(Map.of());

    public Suggestions {
        byKind = Map.copyOf(byKind);
    }

    List<String> of(Operand.Kind kind) {
        var source = byKind.get(kind);
        return source == null ? List.of() : source.get().stream().sorted().toList();
    }
}
