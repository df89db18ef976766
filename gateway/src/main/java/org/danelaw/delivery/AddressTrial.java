package org.danelaw.delivery;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The addresses of one host, dialled in their order: one that does not answer gets company by the next after a
/// moment (RFC 8305 section 5), and the first that answers is taken. So addresses that lead nowhere cost that
/// moment, and not the whole time for a connection. Belongs to the thread of its attempt, and leaves no other
/// behind.
final class AddressTrial {
    /// As RFC 8305 section 8 recommends it.
    private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private final Supplier<Optional<Opener>> company;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final List<Dialling> running = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();

    /// @param company the next address, if there is one that may be dialled beside the others
    AddressTrial(Supplier<Optional<Opener>> company) {
        this.company = company;
    }

    /// What came of it.
    ///
    /// @param abandoned addresses that had neither answered nor failed when another answered
    record Ended(Optional<Answered> answered, List<Failed> failed, List<Opener> abandoned) {}

    /// An address with the connection to it.
    record Answered(Opener opener, Socket socket) {}

    /// An address that cannot be reached, and why.
    record Failed(Opener opener, IOException why) {}

    private record Dialling(Opener opener, Thread thread) {}

    private sealed interface Result {
        Opener opener();

        record Connected(Opener opener, Socket socket) implements Result {}

        record Broken(Opener opener, IOException why) implements Result {}

        record Faulty(Opener opener, RuntimeException fault) implements Result {}
    }

    /// Dials until one address answers or all that were dialled have failed.
    Ended run(Opener first) throws InterruptedException {
        start(first);
        try {
            while (!running.isEmpty()) {
                var result = Optional.ofNullable(results.poll(ATTEMPT_DELAY.toNanos(), TimeUnit.NANOSECONDS));
                if (result.isEmpty()) {
                    company.get().ifPresent(this::start);
                    continue;
                }
                var answered = take(result.get());
                if (answered.isPresent()) {
                    return new Ended(
                            answered,
                            failed,
                            running.stream().map(Dialling::opener).toList());
                }
            }
            return new Ended(Optional.empty(), failed, List.of());
        } finally {
            abandonTheRest();
        }
    }

    private void start(Opener opener) {
        var thread = Thread.ofVirtual().name("dial-" + opener.dcid()).start(() -> results.add(dial(opener)));
        running.add(new Dialling(opener, thread));
    }

    private static Result dial(Opener opener) {
        try {
            return new Result.Connected(opener, opener.connect());
        } catch (IOException failed) {
            return new Result.Broken(opener, failed);
        } catch (RuntimeException fault) {
            return new Result.Faulty(opener, fault);
        } catch (Error fault) {
            // Whoever waits must hear of it, or waits for ever.
            return new Result.Faulty(opener, new IllegalStateException(fault.toString(), fault));
        }
    }

    /// The address that answered, if it is one.
    private Optional<Answered> take(Result result) {
        running.removeIf(dialling -> dialling.opener().dcid() == result.opener().dcid());
        return switch (result) {
            case Result.Connected(var opener, var socket) -> Optional.of(new Answered(opener, socket));
            case Result.Broken(var opener, var why) -> {
                failed.add(new Failed(opener, why));
                yield Optional.empty();
            }
            case Result.Faulty(var opener, var fault) -> throw fault;
        };
    }

    /// A virtual thread that is interrupted while it connects closes its socket; one that had just connected
    /// left a socket to be closed.
    private void abandonTheRest() {
        running.forEach(dialling -> dialling.thread().interrupt());
        running.forEach(dialling -> join(dialling.thread()));
        for (var result : results) {
            if (result instanceof Result.Connected(var opener, var socket)) {
                close(socket);
            }
        }
    }

    private static void join(Thread thread) {
        var isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException stopping) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Nothing was said over it: there is nothing that it could have failed at.
        }
    }
}
