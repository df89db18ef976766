package org.danelaw.intake;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.dns.FailureText;

/// Who may authenticate, with their passwords' hashes: a file of lines `name:hash`. Empty lines, and those that begin
/// with `#`, say nothing.
public record UserList(Map<String, PasswordHash> users) {
    /// A larger file is no list of users.
    static final long MAX_BYTES = 16L * 1024 * 1024;

    static final UserList EMPTY = new UserList(Map.of());

    private static final String NAME = "[!-9;-~]{1,255}";

    public UserList {
        users = Map.copyOf(users);
    }

    /// The hash that a password for this name is held against: somebody's where there is no such user, so that both
    /// take
    /// as long.
    PasswordHash hashFor(String name) {
        return Optional.ofNullable(users.get(name))
                .or(() -> users.values().stream().findFirst())
                .orElse(PasswordHash.NOBODYS);
    }

    /// What a file came to.
    public sealed interface Reading {
        record Valid(UserList list) implements Reading {}

        /// Everything that is wrong with it, each as `FILE:LINE: text`; no hash is quoted.
        record Invalid(List<String> problems) implements Reading {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Reads a file.
    public static Reading read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return new Reading.Invalid(List.of(file + " has more than " + MAX_BYTES + " octets"));
            }
            return parse(file, Files.readAllLines(file));
        } catch (CharacterCodingException notText) {
            return new Reading.Invalid(List.of(file + " is not UTF-8 text"));
        } catch (IOException unreadable) {
            return new Reading.Invalid(List.of(file + " cannot be read: " + FailureText.of(unreadable)));
        }
    }

    private static Reading parse(Path file, List<String> lines) {
        var users = new HashMap<String, PasswordHash>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String place = file + ":" + (i + 1) + ": ";
                try {
                    add(line, users);
                } catch (IllegalArgumentException unfit) {
                    problems.add(place + unfit.getMessage());
                }
            }
        }
        return problems.isEmpty() ? new Reading.Valid(new UserList(users)) : new Reading.Invalid(problems);
    }

    private static void add(String line, Map<String, PasswordHash> users) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a line has the form name:hash");
        }
        String name = line.substring(0, colon);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("a name has from 1 to 255 printable ASCII characters and no blank");
        }
        PasswordHash hash = PasswordHash.parse(line.substring(colon + 1).strip());
        if (users.putIfAbsent(name, hash) != null) {
            throw new IllegalArgumentException("there is already a user \"" + name + "\"");
        }
    }
}
