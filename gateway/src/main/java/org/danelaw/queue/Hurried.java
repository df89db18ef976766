package org.danelaw.queue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// Work that somebody waits for until the disk has it.
abstract class Hurried implements Work {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /// The disk has it.
    final void done() {
        done.complete(null);
    }

    @Override
    public final void refused(IOException why) {
        done.completeExceptionally(why);
    }

    @Override
    public final boolean patient() {
        return false;
    }

    /// Waits until the disk has it.
    ///
    /// @throws IOException if the disk will not take it
    final void await() throws IOException {
        SpoolReader.await(done);
    }
}
