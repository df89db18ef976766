package org.danelaw.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.FailureText;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// Reads a configuration file.
public final class ConfigFile {
    /// A larger file is not ours: 40,000 SMTP routes are about 4 MB.
    public static final long MAX_BYTES = 16L * 1024 * 1024;

    private ConfigFile() {}

    /// What a configuration file came to.
    public sealed interface Reading {
        /// It can be used.
        ///
        /// @param notes what is worth knowing and stops nothing
        record Valid(Settings settings, List<Problem> notes) implements Reading {
            public Valid {
                notes = List.copyOf(notes);
            }
        }

        /// Everything that is wrong with it, in the order of the file.
        record Invalid(List<Problem> problems) implements Reading {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Reads `file`; relative paths in it start at its folder.
    public static Reading read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return unreadable("this file has more than " + MAX_BYTES + " bytes: it is no configuration");
            }
            return parse(Files.readString(file), folderOf(file));
        } catch (NoSuchFileException missing) {
            return unreadable("there is no such file");
        } catch (MalformedInputException notText) {
            return unreadable("this file is not UTF-8 text");
        } catch (IOException unreadable) {
            return unreadable("this file cannot be read: " + FailureText.of(unreadable));
        }
    }

    /// Reads a document; relative paths in it start at `folder`.
    public static Reading parse(String toml, Path folder) {
        var document = Toml.parse(toml);
        var file = Row.of(document);
        var problems = new ArrayList<>(syntaxProblems(document));
        problems.addAll(Shape.problems(document));
        problems.addAll(References.problems(file));
        problems.addAll(OnDisk.problems(file, folder));
        problems.sort(Problem.READING_ORDER);
        return problems.isEmpty()
                ? new Reading.Valid(new Assembly(folder).settings(file), Notes.of(file))
                : new Reading.Invalid(problems);
    }

    /// Where the text is no TOML.
    static List<Problem> syntaxProblems(TomlParseResult document) {
        return document.errors().stream()
                .map(error -> new Problem(Position.of(error.position()), firstLine(String.valueOf(error.getMessage()))))
                .toList();
    }

    static Path folderOf(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static Reading unreadable(String why) {
        return new Reading.Invalid(List.of(new Problem(Position.START, why)));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("not TOML");
    }
}
