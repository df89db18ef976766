package org.danelaw.config;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/// A place in the configuration file, both counted from 1.
public record Position(int line, int column) implements Comparable<Position> {
    static final Position START = new Position(1, 1);

    private static final Comparator<Position> READING_ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /// The parser knows no place for a few things that stand there only by what they hold.
    static Position of(@Nullable TomlPosition position) {
        return position == null ? START : new Position(position.line(), position.column());
    }

    @Override
    public int compareTo(Position other) {
        return READING_ORDER.compare(this, other);
    }
}
