package org.danelaw.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.danelaw.dns.FailureText;

/// Writes a file as a whole: whatever happens, the old text is there or the new one.
///
/// What throws has changed nothing. Once the new text has the file's name there is no way back, for the old text may
/// be gone: what goes wrong after that is not thrown but handed back as a doubt.
public final class WholeFile {
    private WholeFile() {}

    /// Makes `text` the file's text. Its owner and mode stay; a new file is for its owner alone.
    ///
    /// @return where the new text is in place and the disk did not confirm that it keeps it: a sentence
    /// @throws IOException where the file says what it said before
    public static Optional<String> write(Path file, String text) throws IOException {
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        var fresh = Files.createTempFile(
                target.resolveSibling(""),
                "." + target.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var octets = ByteBuffer.wrap(text.getBytes(UTF_8));
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                channel.force(true);
            }
            if (Files.exists(target)) {
                keepOwnerAndMode(target, fresh);
            }
            return move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// The name of a file changes, and that of another in its place; a doubt and a failure as for [#write].
    public static Optional<String> move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // An interruption would close the folder's channel: it has its turn when this is done.
        boolean interrupted = Thread.interrupted();
        try (var folder = FileChannel.open(to.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
            folder.force(true);
            return Optional.empty();
        } catch (IOException unconfirmed) {
            return Optional.of("the disk has not confirmed that it keeps " + to + ": " + FailureText.of(unconfirmed));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void keepOwnerAndMode(Path from, Path to) throws IOException {
        var old = Files.getFileAttributeView(from, PosixFileAttributeView.class).readAttributes();
        var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (!view.readAttributes().owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!view.readAttributes().group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
    }
}
