package org.danelaw.resolver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// Does the work for a key once at a time: the first who asks does it, who asks meanwhile waits for the same
/// result.
///
/// Shared by all threads; the map of what is under way is the only state.
final class Flights<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();
    private final Duration longestWait;
    private final Function<String, V> givenUp;

    /// @param givenUp what they get, with a sentence, who waited for `longestWait` or were interrupted
    Flights(Duration longestWait, Function<String, V> givenUp) {
        this.longestWait = longestWait;
        this.givenUp = givenUp;
    }

    V join(K key, Supplier<V> work) {
        Deadline deadline = Deadline.in(longestWait);
        // Bounded by the deadline: each further round means that the thread which led the last one was stopped.
        while (!deadline.isOver()) {
            var mine = new CompletableFuture<V>();
            var theirs = underWay.putIfAbsent(key, mine);
            if (theirs == null) {
                return lead(key, mine, work);
            }
            Optional<V> result = await(key, theirs, deadline);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return tooLate(key);
    }

    /// What the other thread found, or nothing where it was stopped at its work.
    private Optional<V> await(K key, CompletableFuture<V> theirs, Deadline deadline) {
        try {
            return Optional.of(theirs.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
        } catch (CancellationException leaderWasStopped) {
            return Optional.empty();
        } catch (TimeoutException late) {
            return Optional.of(tooLate(key));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(givenUp.apply("the look-up of " + key + " was stopped"));
        } catch (ExecutionException fault) {
            throw new IllegalStateException("the look-up of " + key + " that this one waited for failed", fault);
        }
    }

    private V tooLate(K key) {
        return givenUp.apply("the look-up of " + key + " took longer than " + longestWait.toSeconds() + " s");
    }

    private V lead(K key, CompletableFuture<V> flight, Supplier<V> work) {
        try {
            V result = work.get();
            if (Thread.currentThread().isInterrupted()) {
                // What a stopped thread found is for itself alone.
                flight.cancel(false);
            } else {
                flight.complete(result);
            }
            return result;
        } catch (RuntimeException | Error fault) {
            flight.completeExceptionally(fault);
            throw fault;
        } finally {
            underWay.remove(key, flight);
        }
    }
}
