package org.danelaw.lab.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A document that code prints: a test compares it with what the code says now.
///
/// `./mvnw verify -Ddanelaw.write-docs=true` writes all such documents anew instead.
public record GeneratedDocument(Path file, String text) {
    private static final boolean WRITE = Boolean.getBoolean("danelaw.write-docs");

    /// In the folder `docs` at the top of the checkout, seen from a module's folder.
    public static GeneratedDocument in(String name, String text) {
        return new GeneratedDocument(Path.of("..", "docs", name), text);
    }

    /// What is to be done if the file is stale; empty if it is fresh, or was written anew.
    public Optional<String> complaint() {
        try {
            if (WRITE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            return Files.exists(file) && Files.readString(file).equals(text)
                    ? Optional.empty()
                    : Optional.of(file + " is stale: run ./mvnw verify -Ddanelaw.write-docs=true");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
