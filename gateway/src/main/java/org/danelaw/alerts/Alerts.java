package org.danelaw.alerts;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.danelaw.delivery.Deliveries;
import org.danelaw.delivery.DestinationStatus;
import org.danelaw.dns.FailureText;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.intake.FreeSpace;
import org.danelaw.intake.IntakeLimits;
import org.danelaw.queue.MailQueue;

/// Tells administrators what the [AlertWatch] saw, by the settings of the moment; one thread, which no mail waits for.
public final class Alerts implements Closeable {
    /// How often it is looked whether something is to be told.
    static final Duration LOOK = Duration.ofSeconds(1);
    /// How long nothing is told after a fault of our own.
    static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(60);

    private final AlertWatch watch;
    private final Means means;
    private final Events events;
    private final Webhook webhook;
    private final Thread teller;
    // Not by an interrupt: it might hit a write to the spool.
    private final CountDownLatch closing = new CountDownLatch(1);

    /// What it is told by, and what it looks at.
    ///
    /// @param hostname what the gateway calls itself
    public record Means(
            Supplier<AlertSettings> settings,
            Supplier<String> hostname,
            MailQueue spool,
            Deliveries deliveries,
            FreeSpace space,
            InstantSource clock) {}

    private Alerts(AlertWatch watch, Means means, Events events) {
        this.watch = watch;
        this.means = means;
        this.events = events;
        webhook = new Webhook(events);
        teller = Thread.ofVirtual().name("alerts").unstarted(this::run);
    }

    public static Alerts start(AlertWatch watch, Means means, Events events) {
        var alerts = new Alerts(watch, means, events);
        alerts.teller.start();
        return alerts;
    }

    private void run() {
        try {
            do {
                lookSafely();
            } while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /// A fault of our own is told, and does not end the watch.
    private void lookSafely() throws InterruptedException {
        try {
            look();
        } catch (RuntimeException wrong) {
            events.accept(new SystemEvent.Impaired("alerts are told late, after a fault of our own: " + wrong));
            closing.await(PAUSE_AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watch.note(Fact.disk(means.space().octets(), IntakeLimits.LEAST_FREE_OCTETS));
        watch.failing().stream()
                .filter(destination -> waiting(destination.domain()) == 0)
                .forEach(destination -> watch.note(new Fact.Over(destination, "No mail waits for it any more.")));
        var settings = means.settings().get();
        var due = watch.due(settings);
        if (!due.isEmpty()) {
            tell(due.stream().map(this::report).toList(), settings);
        }
    }

    private int waiting(String domain) {
        return means.deliveries()
                .destination(domain)
                .map(DestinationStatus::activeRecipients)
                .orElse(0);
    }

    private Report report(Notice notice) {
        return new Report(
                notice,
                backlog(notice.alert().matter()),
                means.hostname().get(),
                means.clock().instant());
    }

    /// What waits is told if it can be known: a spool that cannot be read has an alert of its own.
    private Optional<Backlog> backlog(Matter matter) {
        if (!(matter instanceof Matter.Destination(var domain, var _))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Backlog.of(means.spool(), domain));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void tell(List<Report> reports, AlertSettings settings) {
        for (var to : settings.mailTo()) {
            // Mail about a destination that mail does not reach is not sent there: the webhook and the log have it.
            var told = reports.stream()
                    .filter(report -> !isAbout(report, to.domain()))
                    .toList();
            if (!told.isEmpty()) {
                mail(new AlertMail(
                        to, told, means.hostname().get(), means.clock().instant()));
            }
        }
        settings.webhook().ifPresent(to -> reports.forEach(report -> webhook.post(to, report)));
    }

    private static boolean isAbout(Report report, String domain) {
        return report.notice().alert().matter() instanceof Matter.Destination(var failing, var _)
                && failing.equals(domain)
                && report.notice().state() != Notice.State.OVER;
    }

    private void mail(AlertMail mail) {
        try {
            var how = "mail to " + mail.to() + ", MID " + mail.queue(means.spool());
            mail.reports().forEach(report -> events.accept(new SystemEvent.AlertTold(report.summary(), how)));
        } catch (IOException spoolRefuses) {
            var why = "the spool does not take the mail to " + mail.to() + ": " + FailureText.of(spoolRefuses);
            mail.reports().forEach(report -> events.accept(new SystemEvent.AlertLost(report.summary(), why)));
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            teller.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        webhook.close();
    }
}
