package org.danelaw.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
        return switch (open(file)) {
            case Opening.Opened(var text) -> text.read();
            case Opening.Unreadable(var why) -> new Reading.Invalid(List.of(why));
        };
    }

    /// Whether a file's text can be had, with whatever problems.
    public sealed interface Opening {
        record Opened(ConfigText text) implements Opening {}

        record Unreadable(Problem why) implements Opening {}
    }

    /// `file` with its text, which is read once: who looks at it again may see another.
    public static Opening open(Path file) {
        try {
            return new Opening.Opened(new ConfigText(file, text(file)));
        } catch (TooLongException tooLong) {
            return unreadable("this file has more than " + MAX_BYTES + " bytes: it is no configuration");
        } catch (NoSuchFileException missing) {
            return unreadable("there is no such file");
        } catch (CharacterCodingException notText) {
            return unreadable("this file is not UTF-8 text");
        } catch (IOException unreadable) {
            return unreadable("this file cannot be read: " + FailureText.of(unreadable));
        }
    }

    /// The text of `file`: all reading of configurations goes through here.
    ///
    /// @throws IOException where there is none, or more than [#MAX_BYTES], or no UTF-8
    public static String text(Path file) throws IOException {
        try (var octets = Files.newInputStream(file)) {
            var all = octets.readNBytes((int) MAX_BYTES + 1);
            if (all.length > MAX_BYTES) {
                throw new TooLongException(file);
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(all)).toString();
        }
    }

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(Path file) {
            super(file + " has more than " + MAX_BYTES + " bytes: it is no configuration");
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

    private static Opening unreadable(String why) {
        return new Opening.Unreadable(new Problem(Position.START, why));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("not TOML");
    }
}
