package org.danelaw.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The revisions of a configuration file, in a folder of their own: the one in force, and the last ones before it.
///
/// A new one is written aside before the file is, and counts when the file says the same: so whatever a crash leaves,
/// the list ends with what is in force.
final class Revisions {
    /// The revisions before the one in force that are kept.
    static final int KEPT = 10;

    private final Path folder;
    private final Path file;

    private Revisions(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    static Revisions open(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        var revisions = new Revisions(folder, file);
        revisions.settle();
        return revisions;
    }

    private Path pending() {
        return folder.resolve("pending");
    }

    private void settle() throws IOException {
        if (Files.exists(pending())) {
            var begun = Revision.read(Files.readString(pending()));
            if (begun.isPresent()
                    && Files.exists(file)
                    && Files.readString(file).equals(begun.get().text())) {
                finish(begun.get());
            } else {
                Files.delete(pending());
            }
        }
    }

    /// The youngest first.
    List<Revision> all() throws IOException {
        var revisions = new ArrayList<Revision>();
        try (var files = Files.newDirectoryStream(folder, "*.toml")) {
            for (var each : files) {
                Revision.read(Files.readString(each)).ifPresent(revisions::add);
            }
        }
        revisions.sort(Comparator.comparingInt(Revision::number).reversed());
        return revisions;
    }

    Optional<Revision> latest() throws IOException {
        return all().stream().findFirst();
    }

    /// Makes `text` the file, and the youngest revision; or leaves both as they are.
    Revision bringIn(String text, Instant at, String author, String comment) throws IOException {
        var revision = new Revision(latest().map(Revision::number).orElse(0) + 1, at, author, comment, text);
        AtomicFile.write(pending(), revision.written());
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(text)) {
                AtomicFile.write(file, text);
            }
        } catch (IOException refused) {
            Files.deleteIfExists(pending());
            throw refused;
        }
        finish(revision);
        return revision;
    }

    private void finish(Revision revision) throws IOException {
        AtomicFile.move(pending(), folder.resolve(revision.number() + ".toml"));
        for (var old : all().stream().skip(KEPT + 1L).toList()) {
            Files.deleteIfExists(folder.resolve(old.number() + ".toml"));
        }
    }
}
