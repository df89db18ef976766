package org.danelaw.queue;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The folder of bodies that are too large for the database: one file for each message, named by its MID.
///
/// @param folder exists
record BodyFiles(Path folder) {
    static BodyFiles in(Path spool) throws IOException {
        var folder = spool.resolve("bodies");
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
            sync(spool, READ);
        }
        return new BodyFiles(folder);
    }

    Path of(long mid) {
        return folder.resolve(Long.toString(mid));
    }

    /// Makes a file and its name durable. The file first: a name without content is the worse half.
    void makeDurable(long mid) throws IOException {
        sync(of(mid), WRITE);
        sync(folder, READ);
    }

    /// What a failed write of a body means: Java tells a full disk from others only by the system's own words, so
    /// it is looked at.
    IOException told(IOException failed) {
        return folder.toFile().getUsableSpace() < SqliteDraft.LARGEST_INLINE_OCTETS
                ? new SpoolFullException("the spool's disk is full")
                : failed;
    }

    /// Deletes what a crash has left: files whose message was never committed or is finished.
    int sweep(Set<Long> alive) throws IOException {
        var swept = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (name.matches("[0-9]{1,18}") && !alive.contains(Long.parseLong(name))) {
                    Files.delete(file);
                    swept++;
                }
            }
        }
        return swept;
    }

    static void sync(Path fileOrFolder, java.nio.file.OpenOption how) throws IOException {
        try (var channel = FileChannel.open(fileOrFolder, how)) {
            channel.force(true);
        }
    }
}
