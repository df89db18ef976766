package org.danelaw.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.alerts.AlertSettings;
import org.danelaw.config.Schema.Access;
import org.danelaw.config.Schema.Alerting;
import org.danelaw.config.Schema.Auth;
import org.danelaw.config.Schema.Bounce;
import org.danelaw.config.Schema.Control;
import org.danelaw.config.Schema.Delivery;
import org.danelaw.config.Schema.Dns;
import org.danelaw.config.Schema.FlowPolicy;
import org.danelaw.config.Schema.Listener;
import org.danelaw.config.Schema.Log;
import org.danelaw.config.Schema.Node;
import org.danelaw.config.Schema.Operation;
import org.danelaw.config.Schema.Route;
import org.danelaw.config.Schema.Tls;
import org.danelaw.delivery.DeliverySettings;
import org.danelaw.delivery.DestinationControl;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.danelaw.delivery.DestinationControls;
import org.danelaw.delivery.DestinationControls.Entry;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.delivery.SmtpRoutes;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.LogSubscription.Keeping;
import org.danelaw.intake.ListenerSettings;
import org.danelaw.intake.MailFlowPolicy;
import org.danelaw.intake.MailFlowPolicy.Limits;
import org.danelaw.intake.MailFlowPolicy.Rates;
import org.danelaw.intake.RecipientAccess;
import org.danelaw.intake.SenderGroup;
import org.danelaw.intake.ServerIdentity;
import org.danelaw.policy.MxHost;
import org.danelaw.queue.BounceProfile;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.smtp.SmtpTimeouts;
import org.tomlj.Toml;

/// Makes the settings of a file that has no problems.
///
/// @param folder where relative paths start
record Assembly(Path folder) {
    private static final long OCTETS_A_MEGABYTE = 1_000_000;

    Settings settings(Row file) {
        var node = file.single(Node.SECTION);
        var dataDirectory = folder.resolve(node.value(Node.DATA_DIRECTORY)).normalize();
        return new Settings(
                dataDirectory,
                dns(file.single(Dns.SECTION)),
                outgoingTls(file.single(Tls.SECTION)),
                listeners(file),
                file.single(Auth.SECTION).optional(Auth.USERS_FILE).map(folder::resolve),
                delivery(file),
                logs(file.repeated(Log.SECTION), dataDirectory.resolve("log")),
                alerts(file.single(Alerting.SECTION)),
                ControlSocketPath.of(file, folder),
                file.single(Operation.WEB).optional(Operation.WEB_ADDRESS),
                file.single(Operation.METRICS).optional(Operation.METRICS_ADDRESS));
    }

    private DnsSettings dns(Row dns) {
        var named = dns.repeated(Dns.RESOLVER).stream()
                .map(each -> new DnsServer(each.optional(Dns.ADDRESS).orElseThrow(), each.value(Dns.PRIORITY)))
                .toList();
        var settings = DnsSettings.of(named.isEmpty() ? SystemResolvers.of(SystemResolvers.FILE) : named)
                .withValidation(new ValidationSettings(dns.value(Dns.SHA1), dns.value(Dns.NSEC3_ITERATIONS_LIMIT)));
        var anchored = dns.optional(Dns.TRUST_ANCHOR)
                .map(file -> settings.withTrustAnchors(folder.resolve(file)))
                .orElse(settings);
        return dns.optional(Dns.TIMEOUTS_SECONDS)
                .map(seconds -> anchored.withTimeOuts(
                        seconds.stream().map(Duration::ofSeconds).toList()))
                .orElse(anchored);
    }

    private Settings.OutgoingTls outgoingTls(Row tls) {
        return new Settings.OutgoingTls(
                tls.optional(Tls.CA_FILE).map(folder::resolve),
                tls.optional(Tls.CLIENT_CERTIFICATE).map(folder::resolve),
                tls.optional(Tls.CLIENT_KEY).map(folder::resolve));
    }

    private List<ListenerSettings> listeners(Row file) {
        var policies = new HashMap<String, MailFlowPolicy>();
        file.named(FlowPolicy.SECTION).forEach((name, row) -> policies.put(name, policy(name, row)));
        var access = new RecipientAccess(
                file.repeated(Access.SECTION).stream().map(this::access).toList());
        return file.repeated(Listener.SECTION).stream()
                .map(row -> new ListenerSettings(
                        row.optional(Listener.LISTENER_NAME).orElseThrow(),
                        row.optional(Listener.ADDRESS).orElseThrow(),
                        identity(row),
                        row.value(Listener.BOUNCE_PROFILE),
                        groups(row, policies),
                        access))
                .toList();
    }

    private List<SenderGroup> groups(Row listener, Map<String, MailFlowPolicy> policies) {
        return listener.repeated(Listener.SENDER_GROUP).stream()
                .map(row -> new SenderGroup(
                        row.optional(Listener.GROUP_NAME).orElseThrow(),
                        row.optional(Listener.NETWORKS).orElseThrow(),
                        Optional.ofNullable(policies.get(
                                        row.optional(Listener.POLICY).orElseThrow()))
                                .orElseThrow()))
                .toList();
    }

    private Optional<ServerIdentity> identity(Row listener) {
        return listener.optional(Listener.CERTIFICATE).map(certificate -> {
            try {
                return ServerIdentity.read(
                        folder.resolve(certificate),
                        folder.resolve(listener.optional(Listener.PRIVATE_KEY).orElseThrow()));
            } catch (IOException gone) {
                // It was read a moment ago, when the file was checked.
                throw new UncheckedIOException(gone);
            }
        });
    }

    private MailFlowPolicy policy(String name, Row row) {
        var action = row.optional(FlowPolicy.ACTION).orElseThrow();
        return new MailFlowPolicy(
                name,
                action,
                row.optional(FlowPolicy.DANE).orElse(action.daneByDefault()),
                row.value(FlowPolicy.TLS),
                row.value(FlowPolicy.AUTH),
                new Limits(
                        row.value(FlowPolicy.MAX_MESSAGE_BYTES),
                        row.value(FlowPolicy.MAX_RECIPIENTS),
                        row.value(FlowPolicy.MAX_MESSAGES),
                        row.value(FlowPolicy.MAX_CONNECTIONS),
                        rates(row)));
    }

    private static Rates rates(Row policy) {
        return new Rates(
                rate(policy, FlowPolicy.RATE_PER_MINUTE),
                rate(policy, FlowPolicy.SENDER_RATE_PER_MINUTE),
                policy.value(FlowPolicy.CLIENT_IPV4_PREFIX),
                policy.value(FlowPolicy.CLIENT_IPV6_PREFIX));
    }

    private static OptionalInt rate(Row policy, Key<Integer> key) {
        return policy.optional(key).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private RecipientAccess.Entry access(Row row) {
        return new RecipientAccess.Entry(
                row.optional(Access.MATCH).orElseThrow(),
                switch (row.optional(Access.ACTION).orElseThrow()) {
                    case ACCEPT -> new RecipientAccess.Access.Accept();
                    case REJECT -> new RecipientAccess.Access.Reject(row.value(Access.REPLY));
                });
    }

    private static SmtpRoute route(Row row) {
        var match = row.optional(Route.DOMAIN).orElseThrow();
        var targets = row.optional(Route.TO).orElseThrow();
        return switch (targets.getFirst()) {
            case RouteTarget.UseDns() -> new SmtpRoute.ByDns(match);
            case RouteTarget.Discard() -> new SmtpRoute.Discard(match);
            case RouteTarget.Host first -> new SmtpRoute.ToHosts(match, hosts(targets), row.value(Route.DANE));
        };
    }

    private static List<MxHost> hosts(List<RouteTarget> targets) {
        return targets.stream()
                .flatMap(target -> target instanceof RouteTarget.Host(var host) ? Stream.of(host) : Stream.of())
                .toList();
    }

    private DeliverySettings delivery(Row file) {
        var delivery = file.single(Delivery.SECTION);
        var hostname = file.single(Node.SECTION).optional(Node.HOSTNAME).orElseGet(SystemName::current);
        return new DeliverySettings(
                hostname,
                file.repeated(Listener.SECTION).stream()
                        .map(listener -> listener.optional(Listener.ADDRESS).orElseThrow())
                        .flatMap(Assembly::reached)
                        .collect(Collectors.toSet()),
                delivery.value(Delivery.PORT),
                delivery.optional(Delivery.SOURCE_ADDRESS).stream().toList(),
                delivery.value(Delivery.INSECURE_MX),
                file.single(Dns.SECTION).value(Dns.WHEN_UNAVAILABLE),
                delivery.value(Delivery.MAX_CONNECTIONS),
                DeliverySettings.CONNECT_TIMEOUT,
                SmtpTimeouts.RFC_5321,
                delivery.value(Delivery.CLEARTEXT_AFTER_FAILED_TLS),
                delivery.value(Delivery.RETRY_JITTER_PERCENT),
                SmtpRoutes.of(file.repeated(Route.SECTION).stream()
                        .map(Assembly::route)
                        .toList()),
                controls(file.named(Control.SECTION)),
                bounceProfiles(file.named(Bounce.SECTION)));
    }

    /// The addresses at which a listener is reached: where it listens at all of this machine's, each of them.
    private static Stream<InetSocketAddress> reached(InetSocketAddress listener) {
        if (!listener.getAddress().isAnyLocalAddress()) {
            return Stream.of(listener);
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> new InetSocketAddress(address, listener.getPort()));
        } catch (SocketException unknown) {
            return Stream.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort()));
        }
    }

    private static DestinationControls controls(Map<String, Row> rows) {
        var entries = new HashMap<String, Entry>();
        rows.forEach((domain, row) -> entries.put(spelled(domain, row), entry(row)));
        var byDefault = Optional.ofNullable(entries.remove(Control.DEFAULT)).orElse(Entry.EMPTY);
        return new DestinationControls(byDefault.over(DestinationControl.DEFAULT), entries);
    }

    private static String spelled(String domain, Row row) {
        return switch (Kinds.DOMAIN_OR_BELOW.read(new Given(domain, row.at()))) {
            case Kind.Reading.Fit<String>(var name) -> name;
            case Kind.Reading.Unfit<String> unfit -> throw new IllegalStateException(domain + " was checked before");
        };
    }

    private static Entry entry(Row row) {
        var minutes = row.optional(Control.RECIPIENTS_MINUTES).orElse(Control.USUAL_RECIPIENTS_MINUTES);
        return new Entry(
                row.optional(Control.TLS),
                row.optional(Control.DANE),
                row.optional(Control.IP_PREFERENCE),
                row.optional(Control.CONCURRENT_CONNECTIONS),
                row.optional(Control.MESSAGES_PER_CONNECTION),
                row.optional(Control.RECIPIENTS).map(most -> new RecipientRate(most, Duration.ofMinutes(minutes))),
                row.optional(Control.LIMIT_BY),
                row.optional(Control.BOUNCE_PROFILE));
    }

    private static Map<String, BounceProfile> bounceProfiles(Map<String, Row> rows) {
        var profiles = new HashMap<String, BounceProfile>();
        rows.forEach((name, row) -> profiles.put(
                name,
                new BounceProfile(
                        row.value(Bounce.MAX_RETRIES),
                        Duration.ofSeconds(row.value(Bounce.MAX_QUEUE_SECONDS)),
                        Duration.ofSeconds(row.value(Bounce.INITIAL_RETRY_SECONDS)),
                        Duration.ofSeconds(row.value(Bounce.MAX_RETRY_SECONDS)),
                        Duration.ofSeconds(row.value(Bounce.DELAY_NOTICE_SECONDS)))));
        return profiles;
    }

    private static List<LogSubscription> logs(List<Row> rows, Path logDirectory) {
        return rows.isEmpty()
                ? List.of(log(new Row(Log.SECTION, Toml.parse("name = \"mail_logs\""), Position.START), logDirectory))
                : rows.stream()
                        .filter(row -> row.value(Log.ENABLED))
                        .map(row -> log(row, logDirectory))
                        .toList();
    }

    private static AlertSettings alerts(Row alerts) {
        return new AlertSettings(
                alerts.value(Alerting.MAIL_TO),
                alerts.optional(Alerting.WEBHOOK),
                alerts.value(Alerting.LEAST_SEVERITY),
                Duration.ofSeconds(alerts.value(Alerting.PATIENCE_SECONDS)),
                Duration.ofSeconds(alerts.value(Alerting.INTERVAL_SECONDS)),
                Duration.ofSeconds(alerts.value(Alerting.REMINDER_SECONDS)));
    }

    private static LogSubscription log(Row row, Path logDirectory) {
        return new LogSubscription(
                row.optional(Log.LOG_NAME).orElseThrow(),
                row.value(Log.LEVEL),
                logDirectory.resolve(Log.file(row)),
                row.value(Log.FORMAT),
                new Keeping(
                        row.value(Log.MAX_MEGABYTES) * OCTETS_A_MEGABYTE,
                        row.value(Log.ROLL_OVER),
                        row.value(Log.FILES)));
    }
}
