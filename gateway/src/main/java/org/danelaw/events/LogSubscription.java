package org.danelaw.events;

import java.nio.file.Path;

/// What an operator wants logged where.
///
/// @param file the current file; older ones have a number behind their name, 1 for the youngest
public record LogSubscription(String name, Level level, Path file, LogFormat format, Keeping keeping) {
    /// The file of some age: 0 is the current one.
    public Path file(int age) {
        return aged(file, age);
    }

    static Path aged(Path file, int age) {
        return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
    }

    /// How much of a log is kept.
    ///
    /// @param maxOctets how large a file may grow before the next one is begun
    /// @param files how many files are kept, the current one included
    public record Keeping(long maxOctets, RollOver rollOver, int files) {
        public Keeping {
            if (maxOctets < 1 || files < 1) {
                throw new IllegalArgumentException("a log needs room for at least one file");
            }
        }
    }
}
