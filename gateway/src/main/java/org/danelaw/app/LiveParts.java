package org.danelaw.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.config.Application;
import org.danelaw.config.Settings;
import org.danelaw.delivery.Dispatcher;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.MailLogs;
import org.danelaw.intake.Intake;
import org.danelaw.intake.IntakeChange;
import org.danelaw.intake.Users;
import org.danelaw.metrics.MetricsPage;

/// The parts of a running gateway that take other settings: deliveries with their next attempt, listeners with their
/// next client, users with the next login, logs and the metrics' address at once. The rest waits for the next start,
/// and that is said.
record LiveParts(Current current, Intake intake, Users users, MailLogs logs, Dispatcher dispatcher, MetricsPage metrics)
        implements Application {
    @Override
    public Prepared prepare(Settings settings) throws IOException {
        var next = Current.Now.of(settings);
        var people = users.prepare(settings.usersFile());
        var listeners = intake.prepare(settings.delivery().hostname(), settings.listeners());
        try {
            var page = metrics.prepare(settings.metrics());
            try {
                return new Ready(next, people, listeners, page, logs.prepare(wanted(settings)));
            } catch (IOException refused) {
                page.abandon();
                throw refused;
            }
        } catch (IOException refused) {
            listeners.abandon();
            throw refused;
        }
    }

    /// A data directory that is not in use yet gets no logs either.
    private List<LogSubscription> wanted(Settings settings) {
        return settings.dataDirectory().equals(current.atStart().dataDirectory())
                ? settings.logs()
                : logs.subscriptions();
    }

    private final class Ready implements Prepared {
        private final Current.Now next;
        private final Users.Change people;
        private final IntakeChange listeners;
        private final MetricsPage.Change page;
        private final MailLogs.Change otherLogs;

        Ready(
                Current.Now next,
                Users.Change people,
                IntakeChange listeners,
                MetricsPage.Change page,
                MailLogs.Change otherLogs) {
            this.next = next;
            this.people = people;
            this.listeners = listeners;
            this.page = page;
            this.otherLogs = otherLogs;
        }

        @Override
        public List<String> takeEffect() {
            current.become(next);
            people.takeEffect();
            listeners.takeEffect();
            page.takeEffect();
            dispatcher.lookAgain();
            var said = new ArrayList<>(otherLogs.takeEffect());
            said.addAll(waits(current.atStart(), next.settings()));
            return said;
        }

        @Override
        public void abandon() {
            listeners.abandon();
            page.abandon();
            otherLogs.abandon();
        }
    }

    private static List<String> waits(Settings before, Settings after) {
        var waits = new ArrayList<String>();
        if (!after.dataDirectory().equals(before.dataDirectory())) {
            waits.add("[node] data-directory is another one from the next start on");
        }
        if (!after.dns().withCrypto(before.dns().crypto()).equals(before.dns())) {
            waits.add("[dns] is followed from the next start on");
        }
        if (!after.controlSocket().equals(before.controlSocket())) {
            waits.add("the control socket is another one from the next start on");
        }
        return waits;
    }
}
