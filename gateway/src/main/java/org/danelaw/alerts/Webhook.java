package org.danelaw.alerts;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import org.danelaw.dns.FailureText;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;

/// Posts alerts as JSON, one after the other, on a thread of its own: an endpoint that is slow or gone costs its own
/// alerts and nothing else.
///
/// `http` is allowed as `https` is: whether the way to the endpoint is safe, the operator knows. Nobody is followed to
/// another address.
final class Webhook implements Closeable {
    /// Alerts that wait to be posted; the next is lost, and that is logged.
    static final int MOST_WAITING = 100;

    /// How often one is posted at most.
    static final int TRIES = 3;

    static final Duration CONNECT = Duration.ofSeconds(5);
    /// How long the endpoint has to answer.
    static final Duration ANSWER = Duration.ofSeconds(10);
    /// How long it has between two tries.
    static final Duration PAUSE = Duration.ofSeconds(2);

    private final BlockingQueue<Post> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Events events;
    private final HttpClient client;
    private final Thread poster;

    Webhook(Events events) {
        this.events = events;
        client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        poster = Thread.ofVirtual().name("webhook").start(this::run);
    }

    private record Post(URI to, String json, String summary) {}

    /// Never waits.
    void post(URI to, Report report) {
        if (!waiting.offer(new Post(to, report.json().written(), report.summary()))) {
            events.accept(new SystemEvent.AlertLost(report.summary(), "the webhook at " + to.getHost() + " is behind"));
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                post(waiting.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(Post post) throws InterruptedException {
        var failure = attempt(post);
        for (int tried = 1; failure.isPresent() && failure.get().mayPass() && tried < TRIES; tried++) {
            Thread.sleep(PAUSE);
            failure = attempt(post);
        }
        var how = "webhook at " + post.to().getHost();
        events.accept(
                failure.isEmpty()
                        ? new SystemEvent.AlertTold(post.summary(), how)
                        : new SystemEvent.AlertLost(
                                post.summary(),
                                "the " + how + " " + failure.get().why()));
    }

    /// @param mayPass whether another try may do better
    private record Failure(String why, boolean mayPass) {}

    private Optional<Failure> attempt(Post post) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(post.to())
                    .timeout(ANSWER)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(post.json()))
                    .build();
            var answer = client.send(request, BodyHandlers.ofInputStream());
            // Nobody reads what it says beyond its status: the time-out is not for that, and it may never end.
            answer.body().close();
            int status = answer.statusCode();
            return status / 100 == 2
                    ? Optional.empty()
                    : Optional.of(new Failure("answered " + status, status / 100 == 5 || status == 429));
        } catch (IOException failed) {
            return Optional.of(new Failure("cannot be reached: " + FailureText.of(failed), true));
        } catch (RuntimeException wrong) {
            // An address that the client makes nothing of, for one; its words may have the address in them, which may
            // be a secret.
            return Optional.of(
                    new Failure("cannot be posted to: " + wrong.getClass().getSimpleName(), false));
        }
    }

    @Override
    public void close() {
        poster.interrupt();
        client.shutdownNow();
    }
}
