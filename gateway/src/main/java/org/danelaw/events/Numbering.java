package org.danelaw.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.danelaw.disk.WholeFile;

/// Gives the numbers of connections (ICID, DCID) from 1 up, and goes on from there after a restart, so
/// that a number means one connection in all of the log. They are set aside in blocks, in a small file;
/// where that cannot be written, numbers are given all the same.
public final class Numbering {
    private static final long BLOCK = 10_000;

    private final Path file;
    private long last;
    private long ceiling;

    private Numbering(Path file, long highestEver) {
        this.file = file;
        last = highestEver;
        ceiling = highestEver;
    }

    /// Goes on with the numbers in `file`, or begins at 1 where there is none.
    public static Numbering open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Numbering(file, 0);
        }
        var text = Files.readString(file, US_ASCII).strip();
        if (!text.matches("[0-9]{1,18}")) {
            throw new IOException(file + " does not hold a number: remove it, and numbers begin at 1 again");
        }
        return new Numbering(file, Long.parseLong(text));
    }

    public synchronized long next() {
        last++;
        if (last > ceiling) {
            ceiling = last + BLOCK;
            setAside(ceiling);
        }
        return last;
    }

    /// Gives back what was set aside and not given, so that an orderly stop leaves no gap.
    public synchronized void close() {
        setAside(last);
    }

    private void setAside(long upTo) {
        try {
            WholeFile.write(file, upTo + "\n");
        } catch (IOException diskRefuses) {
            // A number may come again after a restart: worth less than the mail that would wait for it.
            ceiling = upTo;
        }
    }
}
