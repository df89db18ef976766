package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.admin.ConfigCommands;
import org.danelaw.admin.ControlSocket;
import org.danelaw.admin.Counters;
import org.danelaw.admin.Office;
import org.danelaw.admin.Registry;
import org.danelaw.admin.VersionCommand;
import org.danelaw.alerts.AlertWatch;
import org.danelaw.alerts.Alerts;
import org.danelaw.config.ConfigText;
import org.danelaw.config.Settings;
import org.danelaw.config.Staging;
import org.danelaw.delivery.Deliveries;
import org.danelaw.delivery.Dialer;
import org.danelaw.delivery.Dispatcher;
import org.danelaw.delivery.MailHosts;
import org.danelaw.delivery.Network;
import org.danelaw.delivery.Remembered;
import org.danelaw.delivery.Suspensions;
import org.danelaw.discovery.Discovery;
import org.danelaw.dns.FailureText;
import org.danelaw.dnssec.Reason;
import org.danelaw.events.Events;
import org.danelaw.events.MailLogs;
import org.danelaw.events.Numbering;
import org.danelaw.events.SystemEvent;
import org.danelaw.intake.FreeSpace;
import org.danelaw.intake.Intake;
import org.danelaw.intake.ReverseLookup;
import org.danelaw.intake.Services;
import org.danelaw.intake.Users;
import org.danelaw.metrics.EventCounts;
import org.danelaw.metrics.GatewayReadings;
import org.danelaw.metrics.MetricsPage;
import org.danelaw.queue.SqliteQueue;
import org.danelaw.queue.Synchronous;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.verify.DaneVerify;

/// A running gateway: its parts, put together by hand.
///
/// Listeners write to the spool, the dispatcher takes mail from there and asks discovery, and that the
/// resolver, where it goes; all of them tell the logs what happens. Parts are opened from the bottom up and
/// closed the other way round.
public final class Gateway implements Closeable {
    private final Opened opened;
    private final Intake intake;
    private final Dispatcher dispatcher;
    private final DnsResolver resolver;
    private final MailLogs logs;
    private final MetricsPage metrics;
    private final Registry commands;
    private final Optional<Staging> staging;

    private Gateway(
            Opened opened,
            Intake intake,
            Dispatcher dispatcher,
            DnsResolver resolver,
            MailLogs logs,
            MetricsPage metrics,
            Registry commands,
            Optional<Staging> staging) {
        this.opened = opened;
        this.intake = intake;
        this.dispatcher = dispatcher;
        this.resolver = resolver;
        this.logs = logs;
        this.metrics = metrics;
        this.commands = commands;
        this.staging = staging;
    }

    /// Starts all parts, or none.
    ///
    /// @param dialer makes outgoing connections: [Dialer#tcp], but in a lab
    /// @param listeners told of every event, besides the logs
    /// @throws java.net.BindException where a listener's address is not to be had
    /// @throws IOException with a sentence, where another part cannot start
    public static Gateway start(Settings settings, Dialer dialer, List<Events> listeners) throws IOException {
        return start(settings, dialer, listeners, Synchronous.FULL);
    }

    /// Starts all parts, or none, with settings that can be changed in their file while the gateway runs.
    ///
    /// @param configuration what the settings were made of
    public static Gateway start(ConfigText configuration, Settings settings, Dialer dialer) throws IOException {
        return start(Optional.of(configuration), settings, dialer, List.of(), Synchronous.FULL);
    }

    /// As above, with another idea of when the queue waits for the disk: for a test that shows what that
    /// loses.
    static Gateway start(Settings settings, Dialer dialer, List<Events> listeners, Synchronous synchronous)
            throws IOException {
        return start(Optional.empty(), settings, dialer, listeners, synchronous);
    }

    private static Gateway start(
            Optional<ConfigText> configuration,
            Settings settings,
            Dialer dialer,
            List<Events> listeners,
            Synchronous synchronous)
            throws IOException {
        var opened = new Opened();
        try {
            return start(settings, dialer, listeners, synchronous, opened, configuration);
        } catch (IOException | RuntimeException failed) {
            opened.closeAfter(failed);
            throw failed;
        }
    }

    private static Gateway start(
            Settings settings,
            Dialer dialer,
            List<Events> listeners,
            Synchronous synchronous,
            Opened opened,
            Optional<ConfigText> configuration)
            throws IOException {
        // Before the listeners: it tells JSSE what it must know before it is loaded.
        var current = new Current(Current.Now.of(settings));
        Files.createDirectories(settings.dataDirectory());
        var logs = opened.with(MailLogs.open(settings.logs(), Clock.system(ZoneId.systemDefault())));
        var counters = new Counters();
        var counts = new EventCounts();
        var alertWatch = new AlertWatch();
        var told = new ArrayList<Events>(List.of(logs, counters, alertWatch, counts));
        told.addAll(listeners);
        var events = Events.all(told);
        var spool = opened.with(SqliteQueue.open(settings.spoolDirectory(), synchronous, events));
        var resolver = resolver(settings, events, opened);
        var users = opened.with(Users.open(settings.usersFile(), events));
        var space = FreeSpace.of(settings.spoolDirectory());
        var services =
                new Services(settings.delivery().hostname(), spool, events, new ReverseLookup(resolver), users, space);
        var icids = numbering("icid", settings, opened);
        var intake = Intake.open(settings.listeners(), services, icids::next);
        opened.with(intake);
        var hosts = MailHosts.of(
                new Discovery(resolver),
                new Discovery(resolver.plain()),
                () -> resolver.unavailable().map(Reason::sentence));
        var remembered = new Remembered(
                numbering("dcid", settings, opened),
                Suspensions.open(settings.dataDirectory().resolve("suspended")));
        var network = new Network(hosts, dialer, current);
        var dispatcher = opened.with(Dispatcher.start(spool, network, remembered, events, current::delivery));
        opened.with(Alerts.start(
                alertWatch,
                new Alerts.Means(
                        () -> current.settings().alerts(),
                        () -> current.delivery().hostname(),
                        spool,
                        dispatcher,
                        space,
                        InstantSource.system()),
                events));
        var means = new DaneVerify.Means(
                new Discovery(resolver), dialer, current, reason -> DaneVerifyCommand.isStripped(reason, resolver));
        var readings = new GatewayReadings(
                InstantSource.system().instant(), dispatcher, spool, space, resolver, logs, InstantSource.system());
        var metrics = opened.with(MetricsPage.open(settings.metrics(), counts, readings));
        var office = new Office(dispatcher, spool, resolver, logs, counters, current::delivery, means);
        var operators = new ArrayList<>(office.commands());
        operators.add(new VersionCommand(Version.current()));
        Optional<Staging> staging = configuration.isEmpty()
                ? Optional.empty()
                : Optional.of(Staging.open(
                        configuration.get(),
                        settings.dataDirectory().resolve("config"),
                        new LiveParts(current, intake, users, logs, dispatcher, metrics),
                        InstantSource.system()));
        staging.ifPresent(changes -> {
            changes.damaged().forEach(what -> events.accept(new SystemEvent.Impaired(what)));
            operators.addAll(ConfigCommands.of(changes));
        });
        var commands = Registry.of(operators, office.suggestions());
        var control = opened.with(
                ControlSocket.open(settings.controlSocket(), settings.delivery().hostname(), commands, events));
        intake.start();
        control.start();
        events.accept(new SystemEvent.Started(Version.current()));
        return new Gateway(opened, intake, dispatcher, resolver, logs, metrics, commands, staging);
    }

    private static DnsResolver resolver(Settings settings, Events events, Opened opened) throws IOException {
        var anchorState = settings.dataDirectory().resolve("trust-anchors");
        events.accept(new SystemEvent.SignaturesChecked(
                settings.dns().crypto().describe().replace("\n", "; ")));
        var resolver = DnsResolver.start(
                settings.dns().withAnchorState(anchorState), new ResolverNews(events, InstantSource.system()));
        return opened.with(resolver, resolver::close);
    }

    /// The numbers of connections, which go on after a restart.
    private static Numbering numbering(String name, Settings settings, Opened opened) throws IOException {
        var numbers = Numbering.open(settings.dataDirectory().resolve(name));
        return opened.with(numbers, numbers::close);
    }

    /// Where each listener really listens, by its name.
    public Map<String, InetSocketAddress> addresses() {
        return intake.addresses();
    }

    /// Where metrics are served, if they are.
    Optional<InetSocketAddress> metricsAddress() {
        return metrics.address();
    }

    public Deliveries deliveries() {
        return dispatcher;
    }

    /// The operator's commands.
    Registry commands() {
        return commands;
    }

    public DnsResolver resolver() {
        return resolver;
    }

    /// Begins the logs anew, and reads the configuration file and those that it names again.
    void hangUp() {
        logs.reopen();
        staging.ifPresent(changes -> {
            try {
                told(
                        switch (changes.reload("SIGHUP")) {
                            case Staging.Result.Done(var said) -> "done " + String.join("; ", said);
                            case Staging.Result.Refused(var why) -> "refused: " + String.join("; ", why);
                        });
            } catch (IOException unreadable) {
                told("refused: " + FailureText.of(unreadable));
            }
        });
    }

    private void told(String how) {
        logs.accept(new SystemEvent.CommandGiven("SIGHUP", "read the configuration again", how.strip()));
    }

    /// What is logged where; can be changed at any time.
    public MailLogs logs() {
        return logs;
    }

    /// Accepts no more mail, begins no more deliveries, lets what is under way end (30 s at most), and
    /// stops.
    @Override
    public void close() throws IOException {
        // Both sides come to rest side by side: each takes the whole time if it must.
        var incoming = Thread.ofVirtual().start(intake::close);
        dispatcher.close();
        try {
            incoming.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        opened.close();
    }
}
