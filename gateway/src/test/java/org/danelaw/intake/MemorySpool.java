package org.danelaw.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.Spool;

/// Keeps drafts and messages in memory, and can be made to fail at each step.
final class MemorySpool implements Spool {
    enum Step {
        DRAFT,
        CONTENT,
        COMMIT
    }

    record Stored(NewMessage message, String content) {}

    final List<Stored> stored = new CopyOnWriteArrayList<>();
    final AtomicInteger openDrafts = new AtomicInteger();
    final CountDownLatch committing = new CountDownLatch(1);
    private final AtomicLong mids = new AtomicLong();
    private volatile Optional<Step> failingStep = Optional.empty();
    private volatile IOException failure = new IOException("/var/spool/x: input/output error");
    private volatile CountDownLatch mayCommit = new CountDownLatch(0);

    void failAt(Step step, IOException with) {
        failingStep = Optional.of(step);
        failure = with;
    }

    /// Lets no commit return before the latch is open.
    void commitBehind(CountDownLatch latch) {
        mayCommit = latch;
    }

    @Override
    public Draft draft() throws IOException {
        failIf(Step.DRAFT);
        openDrafts.incrementAndGet();
        return new MemoryDraft(mids.incrementAndGet());
    }

    private void failIf(Step step) throws IOException {
        if (failingStep.filter(step::equals).isPresent()) {
            throw failure;
        }
    }

    @Override
    public void close() {
        failingStep = Optional.empty();
    }

    private final class MemoryDraft implements Draft {
        private final long id;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean open = true;

        MemoryDraft(long id) {
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public OutputStream content() {
            return new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] octets, int from, int length) throws IOException {
                    failIf(Step.CONTENT);
                    content.write(octets, from, length);
                }
            };
        }

        @Override
        public void commit(NewMessage message) throws IOException {
            committing.countDown();
            try {
                mayCommit.await();
            } catch (InterruptedException stop) {
                throw new IOException(stop);
            }
            failIf(Step.COMMIT);
            stored.add(new Stored(message, content.toString(StandardCharsets.ISO_8859_1)));
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                openDrafts.decrementAndGet();
            }
        }
    }
}
