package org.danelaw.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/// Which table of a configuration file is meant, from the top of the file down to it: `[dns]`, the destination control
/// of `example.org`, or the sender group `own` of the listener `inside`.
public record TableName(List<Step> steps) {
    public TableName {
        steps = List.copyOf(steps);
    }

    /// One table on the way.
    ///
    /// @param section the table's own name, as `sender-group`
    /// @param entry which of several: the name behind the section's, or the value of the key that tells them apart
    public record Step(String section, Optional<String> entry) {}

    /// `[section]`
    public static TableName of(String section) {
        return new TableName(List.of(new Step(section, Optional.empty())));
    }

    /// `[section.entry]`, or that `[[section]]` which goes by `entry`.
    public static TableName of(String section, String entry) {
        return new TableName(List.of(new Step(section, Optional.of(entry))));
    }

    /// A table in this one.
    public TableName below(String section, String entry) {
        var further = new ArrayList<>(steps);
        further.add(new Step(section, Optional.of(entry)));
        return new TableName(further);
    }

    Step last() {
        return steps.getLast();
    }

    /// For a sentence: `[destination-controls."example.org"]`, `[listener.sender-group "own"]`.
    @Override
    public String toString() {
        return steps.stream().map(TableName::shown).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String shown(Step step) {
        return step.entry()
                .map(entry -> Toml.joinKeyPath(List.of(step.section(), entry)))
                .orElse(step.section());
    }
}
