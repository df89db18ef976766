package org.danelaw.admin;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.danelaw.dns.FailureText;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;

/// Takes operators' commands over a socket that only the gateway's owner may open.
///
/// Each connection is one command on a thread of its own, with bounds on its size, its number and the time
/// for which it waits for its client; a stuck client holds its own thread and nothing else.
public final class ControlSocket implements Closeable {
    /// The most operators at a time.
    static final int MAX_SESSIONS = 32;

    /// How long it waits after a connection could not be accepted.
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    /// How long an orderly stop waits for commands to notice it.
    private static final int STOP_SECONDS = 5;

    private final SocketFile socket;
    private final String hostname;
    private final Registry registry;
    private final Events events;
    private final Semaphore room = new Semaphore(MAX_SESSIONS);
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    private ControlSocket(SocketFile socket, String hostname, Registry registry, Events events) {
        this.socket = socket;
        this.hostname = hostname;
        this.registry = registry;
        this.events = events;
        thread = Thread.ofPlatform().name("control").unstarted(this::run);
    }

    /// Listens at `path`, which takes no commands before [#start].
    ///
    /// @param hostname what the gateway calls itself
    /// @throws IOException with a sentence, where the socket cannot be made
    public static ControlSocket open(Path path, String hostname, Registry registry, Events events) throws IOException {
        return new ControlSocket(SocketFile.listen(path), hostname, registry, events);
    }

    public ControlSocket start() {
        thread.start();
        return this;
    }

    private void run() {
        boolean isTold = false;
        while (!closed.get()) {
            try {
                take(socket.accept());
                isTold = false;
            } catch (ClosedChannelException ended) {
                // close() did that.
                closed.set(true);
            } catch (IOException full) {
                // Too many open files, say: without a pause this would spin until one is free. Told once for all
                // failures in a row.
                if (!isTold) {
                    impaired("no operator can be let in: " + FailureText.of(full));
                    isTold = true;
                }
                LockSupport.parkNanos(ACCEPT_PAUSE.toNanos());
            }
        }
    }

    private void take(SocketChannel channel) {
        boolean hasRoom = room.tryAcquire();
        var session = Thread.ofPlatform().name("admin").unstarted(() -> {
            try {
                serve(channel, hasRoom);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(session);
        session.start();
    }

    private void serve(SocketChannel channel, boolean hasRoom) {
        try (channel;
                var place = new Place(hasRoom)) {
            serveOver(channel, place);
        } catch (IOException cannot) {
            impaired("an operator could not be served: " + FailureText.of(cannot));
        } catch (RuntimeException | Error ours) {
            impaired("an operator could not be served, a fault of the gateway, please report it: " + ours);
        }
    }

    /// @throws IOException for what is no operator's doing
    private void serveOver(SocketChannel channel, Place place) throws IOException {
        // The place is given back before the link is closed: whoever sees the connection end finds it free.
        try (var link = Link.over(channel);
                place) {
            boolean hasRoom = place.isTaken;
            var session = new ControlSession(link, hostname, registry, events);
            var owner = owner();
            try {
                switch (owner) {
                    case Whose.Unknown(var why) -> session.turnAway(why);
                    case Whose.Users(var user) when hasRoom -> session.serve(user);
                    case Whose.Users(var user) ->
                        session.turnAway("there are " + MAX_SESSIONS + " commands under way already: try again later");
                }
            } catch (IOException _) {
                // The operator is gone and not there to be told.
            }
        }
    }

    /// One of the places for commands under way, if there was one; closed twice it is given back once.
    private final class Place implements Closeable {
        private boolean isTaken;

        Place(boolean isTaken) {
            this.isTaken = isTaken;
        }

        @Override
        public void close() {
            if (isTaken) {
                isTaken = false;
                room.release();
            }
        }
    }

    private sealed interface Whose {
        record Users(String user) implements Whose {}

        record Unknown(String why) implements Whose {}
    }

    private Whose owner() {
        try {
            return new Whose.Users(socket.owner());
        } catch (IOException unknown) {
            var why = "nobody can be served, for it is not known whose gateway this is: " + FailureText.of(unknown);
            impaired(why);
            return new Whose.Unknown(why);
        }
    }

    private void impaired(String what) {
        events.accept(new SystemEvent.Impaired("control socket: " + what));
    }

    /// Takes no more commands, and ends those that are under way.
    @Override
    public void close() throws IOException {
        closed.set(true);
        socket.close();
        running.forEach(Thread::interrupt);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        try {
            thread.join();
            for (var session : running) {
                session.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
