package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder that is gone when the work is over, also where that ends with Ctrl-C.
final class TemporaryFolder implements Closeable {
    private final Path path;
    private final Thread atExit = new Thread(this::deleteInPassing, "temporary-folder");

    private TemporaryFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete();
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var left = Files.walk(path)) {
            for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private void deleteInPassing() {
        try {
            delete();
        } catch (IOException inUse) {
            // Files that are written to the very end stay behind in the system's folder for such things.
            assert inUse != null;
        }
    }
}
