package org.danelaw.smtp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/// How a server ends a session that its client would go on with: with 421, in a moment in which the client is waited
/// for. The session's own thread waits through [#fromClient]; any other may say that the session is to end.
final class Ending {
    private static final Reply SHUTTING_DOWN = Reply.of(421, "4.3.2 this gateway is shutting down");

    /// Who may speak next, for the one moment where two threads might.
    private enum Standing {
        /// The session's own thread is at work.
        BUSY,
        /// It waits for a command outside any transaction: whoever ends the session now speaks the last word.
        WAITING,
        /// It waits for the next piece of an open transaction: the same.
        RECEIVING,
        /// The last word is spoken, or about to be.
        ENDED
    }

    /// When the session is to end, of itself or not.
    private enum Stop {
        WHEN_THE_CLIENT_LIKES,
        BETWEEN_TRANSACTIONS,
        AT_ONCE
    }

    private final Wire wire;
    private final ReplyWriter replies;
    private final Reception reception;
    private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.BUSY);
    private final AtomicReference<Stop> stop = new AtomicReference<>(Stop.WHEN_THE_CLIENT_LIKES);
    private volatile boolean clientMayBeTalking;

    Ending(Wire wire, ReplyWriter replies, Reception reception) {
        this.wire = wire;
        this.replies = replies;
        this.reception = reception;
    }

    /// What the client is waited for with.
    enum During {
        /// Nothing is begun that would be lost.
        NO_TRANSACTION(Standing.WAITING),
        /// A message that has not ended would be.
        A_TRANSACTION(Standing.RECEIVING);

        private final Standing waiting;

        During(Standing waiting) {
            this.waiting = waiting;
        }
    }

    @FunctionalInterface
    interface Wait<T> {
        T forClient() throws IOException;
    }

    /// What the client says next, unless the session is ended instead.
    <T> T fromClient(During during, Wait<T> wait) throws IOException {
        var waiting = during.waiting;
        standing.set(waiting);
        // Whoever stops the session either finds it waiting, or has said before that it is to end.
        if (isToStop(waiting) && standing.compareAndSet(waiting, Standing.ENDED)) {
            reception.refused("session", SHUTTING_DOWN);
            lastWord(SHUTTING_DOWN);
            throw new IOException("the session was shut down");
        }
        T said = wait.forClient();
        if (!standing.compareAndSet(waiting, Standing.BUSY)) {
            throw new IOException("the session was shut down");
        }
        return said;
    }

    private boolean isToStop(Standing waiting) {
        return switch (stop.get()) {
            case WHEN_THE_CLIENT_LIKES -> false;
            case BETWEEN_TRANSACTIONS -> waiting == Standing.WAITING;
            case AT_ONCE -> true;
        };
    }

    /// As soon as no transaction is open: at once where the client is being waited for.
    void betweenTransactions() {
        stop.compareAndSet(Stop.WHEN_THE_CLIENT_LIKES, Stop.BETWEEN_TRANSACTIONS);
        endWhile(Standing.WAITING);
    }

    /// As soon as the client is waited for, with a message or without.
    void atOnce() {
        stop.set(Stop.AT_ONCE);
        endWhile(Standing.WAITING);
        endWhile(Standing.RECEIVING);
    }

    private void endWhile(Standing waiting) {
        if (standing.compareAndSet(waiting, Standing.ENDED)) {
            lastWord(SHUTTING_DOWN);
            wire.hangUp();
        }
    }

    /// Whether it was the gateway that has ended the session.
    boolean isOurs() {
        return standing.get() == Standing.ENDED;
    }

    /// Says one thing more, if the client still takes it.
    void lastWord(Reply reply) {
        clientMayBeTalking = true;
        try {
            replies.add(reply);
            wire.flush();
        } catch (IOException gone) {
            // The client cannot be told; what it was not told 250 for is not stored.
            wire.close();
        }
    }

    /// The session ends while the client has more to say, perhaps.
    void amidTheClientsWords() {
        clientMayBeTalking = true;
    }

    void close() {
        if (clientMayBeTalking) {
            wire.drainAndClose();
        } else {
            wire.closeInOrder();
        }
    }
}
