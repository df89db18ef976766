package org.danelaw.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/// Cuts a connection whose current operation has not ended by its deadline. Java's socket time-outs cover neither a
/// write that the peer does not take nor a TLS record that arrives octet by octet; closing the socket ends both.
///
/// One virtual thread a connection sleeps until the earliest deadline that it knows of. The owner of the connection
/// sets `due` and then reads `wakesAt`; the thread sets `wakesAt` and then reads `due`: so one of the two always sees
/// what the other did, and no lock is needed on the way of every read.
final class StallGuard implements Closeable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Socket transport;
    private final long origin = System.nanoTime();
    private volatile long due = NEVER;
    private volatile long wakesAt = NEVER;
    private volatile boolean over;
    private volatile boolean cut;
    private final Thread thread;

    StallGuard(Socket transport) {
        this.transport = transport;
        this.thread = Thread.ofVirtual().name("stall-guard").start(this::watch);
    }

    /// From now on the connection is cut at this deadline, unless [#disarm] comes first.
    void arm(Deadline deadline) {
        due = deadline.nanoTime() - origin;
        if (due < wakesAt) {
            LockSupport.unpark(thread);
        }
    }

    void disarm() {
        due = NEVER;
    }

    /// Whether it was the guard that closed the connection.
    boolean hasCut() {
        return cut;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        while (!over) {
            long next = due;
            wakesAt = next;
            if (due != next) {
                continue;
            }
            long wait = next == NEVER ? NEVER : next - (System.nanoTime() - origin);
            if (wait <= 0) {
                cut();
                return;
            }
            LockSupport.parkNanos(this, wait);
        }
    }

    private void cut() {
        cut = true;
        try {
            transport.close();
        } catch (IOException alreadyBroken) {
            // The owner's own read or write reports what broke; there is nobody else to tell.
            over = true;
        }
    }
}
