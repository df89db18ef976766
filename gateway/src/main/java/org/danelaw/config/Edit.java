package org.danelaw.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// A change of a configuration, as an operator asks for it. It says what is to become of one table, and nothing of the
/// others: so it can be made of any version of the file.
public sealed interface Edit {
    /// A new table.
    ///
    /// @param values what it says, by key, as somebody types them; the key that names it need not be among them
    /// @param before the entry of the same kind that it comes before; without one it is the last
    record Add(TableName table, SequencedMap<String, String> values, Optional<String> before) implements Edit {
        public Add {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }

        public Add(TableName table, SequencedMap<String, String> values) {
            this(table, values, Optional.empty());
        }
    }

    /// Other values of a table that is there; an empty value takes the key out.
    record Change(TableName table, SequencedMap<String, String> values) implements Edit {
        public Change {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    /// A table with all that is in it goes.
    record Remove(TableName table) implements Edit {}

    /// A table goes to another place among those of its kind: before `before`, or to the end.
    record Move(TableName table, Optional<String> before) implements Edit {}

    /// A whole other file.
    record Replace(String text) implements Edit {}
}
