package org.danelaw.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// How much room there is for mail that comes in.
@FunctionalInterface
public interface FreeSpace {
    /// Nobody looks.
    FreeSpace PLENTY = () -> Long.MAX_VALUE;

    long octets();

    /// That of the disk which a folder is on, looked at once a second at most.
    static FreeSpace of(Path folder) {
        var seen = new AtomicLong(Long.MAX_VALUE);
        var due = new AtomicLong(System.nanoTime());
        return () -> {
            long now = System.nanoTime();
            long then = due.get();
            if (now - then >= 0 && due.compareAndSet(then, now + IntakeLimits.SPACE_SEEN.toNanos())) {
                try {
                    seen.set(Files.getFileStore(folder).getUsableSpace());
                } catch (IOException unknown) {
                    // The spool itself says what is wrong with it.
                    seen.set(Long.MAX_VALUE);
                }
            }
            return seen.get();
        };
    }
}
