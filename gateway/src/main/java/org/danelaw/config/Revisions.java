package org.danelaw.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.danelaw.disk.WholeFile;
import org.danelaw.dns.FailureText;

/// The revisions of a configuration file, in a folder of their own: the one in force, and the last ones before it.
///
/// A new one is written aside before the file is, and counts when the file says the same: so whatever a crash leaves,
/// the list ends with what is in force.
final class Revisions {
    /// The revisions before the one in force that are kept.
    static final int KEPT = 10;

    private static final String SUFFIX = ".toml";
    private static final Pattern NAME = Pattern.compile("([0-9]{1,9})\\.toml(?:\\.damaged)?");

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

    private Path place(int number) {
        return folder.resolve(number + SUFFIX);
    }

    /// Ends what was begun and not finished: by a crash, or because the disk refused.
    private void settle() throws IOException {
        if (!Files.exists(pending())) {
            return;
        }
        var begun = read(pending());
        if (begun.isPresent()
                && Files.exists(file)
                && ConfigFile.text(file).equals(begun.get().text())) {
            WholeFile.move(pending(), place(begun.get().number()));
        } else {
            Files.delete(pending());
        }
    }

    /// Nothing where it is damaged.
    private static Optional<Revision> read(Path written) {
        try {
            return Revision.read(Files.readString(written));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Gives damaged revisions a name under which nobody looks for one.
    ///
    /// @return a sentence for each
    List<String> setAsideDamaged() throws IOException {
        var said = new ArrayList<String>();
        for (var each : written()) {
            if (read(each).isEmpty()) {
                var aside = each.resolveSibling(each.getFileName() + ".damaged");
                Files.move(each, aside, StandardCopyOption.REPLACE_EXISTING);
                said.add("the revision " + each + " cannot be read, and is kept as " + aside.getFileName()
                        + ": rollbackconfig does not offer it");
            }
        }
        return said;
    }

    /// The youngest first; without those that are damaged.
    List<Revision> all() throws IOException {
        return written().stream()
                .flatMap(each -> read(each).stream())
                .sorted(Comparator.comparingInt(Revision::number).reversed())
                .toList();
    }

    private List<Path> written() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        }
    }

    Optional<Revision> latest() throws IOException {
        return all().stream().findFirst();
    }

    /// A number that no revision has had, a damaged one included.
    private int nextNumber() throws IOException {
        try (var files = Files.list(folder)) {
            return 1
                    + files.map(each -> NAME.matcher(each.getFileName().toString()))
                            .filter(Matcher::matches)
                            .mapToInt(name -> Integer.parseInt(name.group(1)))
                            .max()
                            .orElse(0);
        }
    }

    /// A revision that has come in.
    ///
    /// @param doubts what went wrong when there was no way back any more, a sentence each
    record BroughtIn(Revision revision, List<String> doubts) {
        BroughtIn {
            doubts = List.copyOf(doubts);
        }
    }

    /// Makes `text` the file, and the youngest revision.
    ///
    /// @throws IOException where both are as they were
    BroughtIn bringIn(String text, Instant at, String author, String comment) throws IOException {
        settle();
        var revision = new Revision(nextNumber(), at, author, comment, text);
        WholeFile.write(pending(), revision.written());
        var doubts = new ArrayList<String>();
        try {
            if (!Files.exists(file) || !ConfigFile.text(file).equals(text)) {
                WholeFile.write(file, text).ifPresent(doubts::add);
            }
        } catch (IOException refused) {
            forgetPending(refused);
            throw refused;
        }
        finish(revision, doubts);
        return new BroughtIn(revision, doubts);
    }

    /// Makes `text`, which came in force without us, the youngest revision; the file is not touched.
    Revision note(String text, Instant at, String author, String comment) throws IOException {
        var revision = new Revision(nextNumber(), at, author, comment, text);
        WholeFile.write(place(revision.number()), revision.written());
        prune();
        return revision;
    }

    private void forgetPending(IOException after) {
        try {
            Files.deleteIfExists(pending());
        } catch (IOException alsoRefused) {
            // The file does not say the same: the next one to look there takes it away.
            after.addSuppressed(alsoRefused);
        }
    }

    /// The file says the new text: nothing here may undo that.
    private void finish(Revision revision, List<String> doubts) {
        try {
            WholeFile.move(pending(), place(revision.number())).ifPresent(doubts::add);
            prune();
        } catch (IOException refused) {
            doubts.add("the list of revisions is not complete yet: " + FailureText.of(refused));
        }
    }

    private void prune() throws IOException {
        for (var old : all().stream().skip(KEPT + 1L).toList()) {
            Files.deleteIfExists(place(old.number()));
        }
    }
}
