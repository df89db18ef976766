package org.danelaw.config;

import static org.danelaw.config.Kinds.ADDRESS;
import static org.danelaw.config.Kinds.DOMAIN_OR_BELOW;
import static org.danelaw.config.Kinds.HOST_NAME;
import static org.danelaw.config.Kinds.NAME;
import static org.danelaw.config.Kinds.PATH;
import static org.danelaw.config.Kinds.SENTENCE;
import static org.danelaw.config.Kinds.endpoint;
import static org.danelaw.config.Kinds.integer;
import static org.danelaw.config.Kinds.integers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.danelaw.alerts.AlertSettings;
import org.danelaw.alerts.Severity;
import org.danelaw.config.Section.Form;
import org.danelaw.delivery.DeliverySettings;
import org.danelaw.delivery.DestinationControl;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.discovery.Discovery;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.dnssec.ValidationSettings.Sha1;
import org.danelaw.events.Level;
import org.danelaw.events.LogFormat;
import org.danelaw.events.RollOver;
import org.danelaw.intake.MailFlowPolicy;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.intake.MailFlowPolicy.Limits;
import org.danelaw.intake.MailFlowPolicy.TlsOffer;
import org.danelaw.intake.Member;
import org.danelaw.intake.RecipientMatch;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.RouteDane;
import org.danelaw.policy.WhenUnavailable;
import org.danelaw.queue.BounceProfile;
import org.danelaw.smtp.Address;

/// Every table and every key of the configuration file. What is not here is an error.
final class Schema {
    private static final int ANY_INT = Integer.MAX_VALUE;

    /// Ten years: nobody means a longer time, and sums of such times stay far from any overflow.
    private static final long MAX_SECONDS = 10L * 365 * 24 * 3600;

    private Schema() {}

    /// `[node]`
    static final class Node {
        static final Key<String> HOSTNAME = Key.optional(
                "hostname",
                HOST_NAME,
                "the name that the system gives itself",
                "what this gateway calls itself in SMTP");
        static final Key<Path> DATA_DIRECTORY = Key.of(
                "data-directory",
                PATH,
                Path.of("/var/lib/danelaw"),
                "where the spool, logs, trust-anchor state and control socket live; a relative path starts at the"
                        + " folder of the configuration file");

        static final Section SECTION =
                new Section("node", new Form.Single(), "This machine.", HOSTNAME, DATA_DIRECTORY);

        private Node() {}
    }

    /// `[dns]` and `[[dns.resolver]]`
    static final class Dns {
        /// RFC 9276 section 3.2 lets validators refuse more than 100 iterations and expects none past 500.
        static final Range NSEC3_ITERATIONS = new Range(0, 500);

        static final Range LEVEL_SECONDS = new Range(1, 600);
        static final Range LEVELS = new Range(1, 10);

        static final Key<Path> TRUST_ANCHOR = Key.optional(
                "trust-anchor",
                PATH,
                "the IANA root's built-in anchors",
                "a file with DS or DNSKEY records in zone-file form");
        static final Key<List<Integer>> TIMEOUTS_SECONDS = Key.optional(
                "timeouts-seconds",
                integers(LEVEL_SECONDS, LEVELS),
                "[60] with one priority, [15, 45] with two, [5, 10, 45] with three or more",
                "how long the resolvers of each priority, best first, are given for one question");
        static final Key<WhenUnavailable> WHEN_UNAVAILABLE = Key.of(
                "when-unavailable",
                Kind.choice(WhenUnavailable.class),
                WhenUnavailable.DEFER,
                "what becomes of mail while no resolver is capable of DNSSEC: destinations with DANE wait (`defer`),"
                        + " only those with mandatory DANE wait (`defer-mandatory`), or opportunistic DANE is off and"
                        + " the log says so (`degrade`)");
        static final Key<Sha1> SHA1 = Key.of(
                "sha1",
                Kind.choice(Sha1.class),
                ValidationSettings.DEFAULT.sha1(),
                "whether signatures with RSA/SHA-1 (algorithms 5 and 7) count, or make a zone insecure (RFC 9905)");
        static final Key<Integer> NSEC3_ITERATIONS_LIMIT = Key.of(
                "nsec3-iterations",
                integer(NSEC3_ITERATIONS.least(), NSEC3_ITERATIONS.most()),
                ValidationSettings.DEFAULT.nsec3Iterations(),
                "more NSEC3 hash iterations than this make a zone insecure (RFC 9276 section 3.2)");

        static final Key<InetSocketAddress> ADDRESS = Key.required(
                "address", endpoint(53), "a recursive resolver; our own validation is done on its answers");
        static final Key<Integer> PRIORITY =
                Key.of("priority", integer(0, 65_535), 0, "lower numbers are asked first; equal ones in random order");

        static final Section RESOLVER = new Section(
                "dns.resolver",
                new Form.Repeated(ADDRESS),
                "A resolver to ask. Without any, those in /etc/resolv.conf are asked.",
                ADDRESS,
                PRIORITY);
        static final Section SECTION = new Section(
                        "dns",
                        new Form.Single(),
                        "How the DNS is asked and validated.",
                        TRUST_ANCHOR,
                        TIMEOUTS_SECONDS,
                        WHEN_UNAVAILABLE,
                        SHA1,
                        NSEC3_ITERATIONS_LIMIT)
                .with(RESOLVER);

        private Dns() {}
    }

    /// `[tls]`
    static final class Tls {
        static final Key<Path> CA_FILE = Key.optional(
                "ca-file",
                PATH,
                "the certification authorities that the Java runtime trusts",
                "the certification authorities that TLS Support `...-verify` trusts, PEM; DANE never looks at them");
        static final Key<Path> CLIENT_CERTIFICATE = Key.optional(
                "client-certificate",
                PATH,
                "no certificate is shown",
                "the chain that is shown to hosts which ask for one, PEM");
        static final Key<Path> CLIENT_KEY =
                Key.optional("client-key", PATH, "no certificate is shown", "the key to client-certificate, PEM");

        static final Section SECTION = new Section(
                "tls", new Form.Single(), "TLS on outgoing connections.", CA_FILE, CLIENT_CERTIFICATE, CLIENT_KEY);

        private Tls() {}
    }

    /// `[[listener]]` and `[[listener.sender-group]]`
    static final class Listener {
        static final Key<String> LISTENER_NAME = Key.required("name", NAME, "what logs and commands call the listener");
        static final Key<InetSocketAddress> ADDRESS =
                Key.required("address", endpoint(25), "where mail is taken in; port 0 takes a free one");
        static final Key<Path> CERTIFICATE = Key.optional(
                "certificate",
                PATH,
                "STARTTLS is not offered",
                "the chain for STARTTLS, PEM, the listener's own certificate first");
        static final Key<Path> PRIVATE_KEY =
                Key.optional("private-key", PATH, "STARTTLS is not offered", "the key to certificate, PEM");
        static final Key<String> BOUNCE_PROFILE = Key.of(
                "bounce-profile",
                NAME,
                BounceProfile.DEFAULT_NAME,
                "how long mail from here is tried, where its destination has no bounce profile of its own");

        static final Key<String> GROUP_NAME = Key.required("name", NAME, "what logs call the group");
        static final Key<List<Member>> NETWORKS = Key.required(
                "networks",
                Kind.listOf(
                        Kind.text(
                                "an IP address, a network as \"IP/prefix-length\", a host's name, \".domain\" for the"
                                        + " hosts below it, or \"ALL\"",
                                Member::parse),
                        new Range(1, 10_000)),
                "the clients that belong to the group; a name counts where reverse and forward DNS both give it to the"
                        + " client, and neither is bogus");
        static final Key<String> POLICY =
                Key.required("policy", NAME, "the [mail-flow-policy.NAME] on whose terms they send");

        static final Section SENDER_GROUP = new Section(
                "listener.sender-group",
                new Form.Repeated(GROUP_NAME),
                "Clients by address or name. The first group that matches counts; a client of none is rejected.",
                GROUP_NAME,
                NETWORKS,
                POLICY);
        static final Section SECTION = new Section(
                        "listener",
                        new Form.Repeated(LISTENER_NAME),
                        "An address on which mail is taken in.",
                        LISTENER_NAME,
                        ADDRESS,
                        CERTIFICATE,
                        PRIVATE_KEY,
                        BOUNCE_PROFILE)
                .with(SENDER_GROUP);

        private Listener() {}
    }

    /// `[mail-flow-policy.NAME]`
    static final class FlowPolicy {
        private static final MailFlowPolicy A_POLICY = MailFlowPolicy.of("default", Action.RELAY);

        static final Key<Action> ACTION = Key.required(
                "action",
                Kind.choice(Action.class),
                "take mail for anybody (`relay`) or for the recipients of the recipient-access table (`accept`),"
                        + " refuse in words (`reject`) or without any (`tcprefuse`), or let a later group decide"
                        + " (`continue`)");
        static final Key<Boolean> DANE = Key.optional(
                "dane",
                Kind.flag(),
                "true for `relay`, false for `accept`",
                "whether DANE applies to the delivery of this mail");
        static final Key<TlsOffer> TLS = Key.of(
                "tls",
                Kind.choice(TlsOffer.class),
                A_POLICY.tls(),
                "whether STARTTLS is offered to these clients, and whether they must use it");
        static final Key<MailFlowPolicy.Auth> AUTH = Key.of(
                "auth",
                Kind.choice(MailFlowPolicy.Auth.class),
                A_POLICY.auth(),
                "whether SMTP AUTH (RFC 4954; PLAIN and LOGIN, behind STARTTLS only) is offered to these clients, and"
                        + " whether they must use it");
        static final Key<Long> MAX_MESSAGE_BYTES = Key.of(
                "max-message-bytes",
                Kind.number(new Range(Limits.SMALLEST_MAX_MESSAGE_BYTES, ANY_INT)),
                A_POLICY.limits().maxMessageBytes(),
                "the largest message, told as SIZE (RFC 1870)");
        static final Key<Integer> MAX_RECIPIENTS = Key.of(
                "max-recipients",
                integer(Limits.FEWEST_MAX_RECIPIENTS, 100_000),
                A_POLICY.limits().maxRecipients(),
                "recipients of one message (RFC 5321 section 4.5.3.1.8 asks for 100 at least)");
        static final Key<Integer> MAX_MESSAGES = Key.of(
                "max-messages", integer(1, ANY_INT), A_POLICY.limits().maxMessages(), "messages over one connection");
        static final Key<Integer> MAX_CONNECTIONS = Key.of(
                "max-connections",
                integer(1, 100_000),
                A_POLICY.limits().maxConnections(),
                "connections from one client at a time");
        static final Key<Integer> RATE_PER_MINUTE = Key.optional(
                "rate-per-minute", integer(1, ANY_INT), "no limit", "messages from one client in a minute");
        static final Key<Integer> SENDER_RATE_PER_MINUTE = Key.optional(
                "sender-rate-per-minute",
                integer(1, ANY_INT),
                "no limit",
                "messages with one envelope sender in a minute, from whatever clients");
        static final Key<Integer> CLIENT_IPV4_PREFIX = Key.of(
                "client-ipv4-prefix",
                integer(8, 32),
                A_POLICY.limits().rates().ipv4Prefix(),
                "IPv4 addresses that share so many leading bits are one client to max-connections and"
                        + " rate-per-minute: 32 for each by itself, 24 for networks of 256");
        static final Key<Integer> CLIENT_IPV6_PREFIX = Key.of(
                "client-ipv6-prefix",
                integer(16, 128),
                A_POLICY.limits().rates().ipv6Prefix(),
                "the same for IPv6; 64 where clients come from the internet, whose hosts have a /64 each");

        static final Section SECTION = new Section(
                "mail-flow-policy",
                new Form.Named("NAME", NAME),
                "On what terms the clients of a sender group send.",
                ACTION,
                DANE,
                TLS,
                AUTH,
                MAX_MESSAGE_BYTES,
                MAX_RECIPIENTS,
                MAX_MESSAGES,
                MAX_CONNECTIONS,
                RATE_PER_MINUTE,
                SENDER_RATE_PER_MINUTE,
                CLIENT_IPV4_PREFIX,
                CLIENT_IPV6_PREFIX);

        private FlowPolicy() {}
    }

    /// `[auth]`
    static final class Auth {
        static final Key<Path> USERS_FILE = Key.optional(
                "users-file",
                PATH,
                "there are no users",
                "a file with a line `name:hash` for each user; `danelaw config hash-password` makes a hash. It is read"
                        + " again when it changes");

        static final Section SECTION = new Section(
                "auth", new Form.Single(), "Who may authenticate, where a mail flow policy offers it.", USERS_FILE);

        private Auth() {}
    }

    /// `[[recipient-access]]`
    static final class Access {
        static final Key<RecipientMatch> MATCH = Key.required(
                "match",
                Kind.text("a mailbox, a domain, \".domain\" for its subdomains, or \"ALL\"", RecipientMatch::parse),
                "the recipients that the entry is for; `ALL`, in any letter case, can only be the last entry, and only reject");
        static final Key<Settings.RecipientAction> ACTION = Key.required(
                "action", Kind.choice(Settings.RecipientAction.class), "whether clients under `accept` may mail them");
        static final Key<String> REPLY = Key.of(
                "reply",
                SENTENCE,
                "no such recipient here",
                "what a client is told with a rejection; it may begin with a status (RFC 3463) such as `5.1.1` or `4.2.1`");

        static final Section SECTION = new Section(
                "recipient-access",
                new Form.Repeated(MATCH),
                "Whom clients under an `accept` policy may mail: the first entry that matches counts, and behind the"
                        + " last one all other recipients are rejected.",
                MATCH,
                ACTION,
                REPLY);

        private Access() {}
    }

    /// `[[smtp-route]]`
    static final class Route {
        static final Key<String> DOMAIN = Key.required(
                "domain",
                Kind.text("a domain, \".domain\" for its subdomains, or \"ALL\"", Patterns::routed),
                "the recipients' domains that take this route; `ALL`, in any letter case, is for all others");
        static final Key<List<RouteTarget>> TO = Key.required(
                "to",
                Kind.listOf(
                        Kind.text("\"host\", \"host:port/pri=N\", \"USEDNS\" or \"/dev/null\"", Patterns::target),
                        new Range(1, Discovery.MAX_HOSTS)),
                "where their mail goes instead of to their MX hosts: to hosts, lower numbers first and equal ones in random"
                        + " order, whose names are asked for addresses only; by the MX records all the same (`USEDNS`);"
                        + " or nowhere, it is thrown away (`/dev/null`)");
        static final Key<RouteDane> DANE = Key.of(
                "dane",
                Kind.choice(RouteDane.class),
                RouteDane.NOT_APPLICABLE,
                "what DANE means on this route: TLS Support alone counts (`not-applicable`), the route's hosts"
                        + " are held to their own TLSA records (`route-host`), or the mail waits (`fail`)");

        static final Section SECTION = new Section(
                "smtp-route",
                new Form.Repeated(DOMAIN),
                "A way for some domains' mail that the DNS does not know of.",
                DOMAIN,
                TO,
                DANE);

        private Route() {}
    }

    /// `[destination-controls.DOMAIN]`
    static final class Control {
        /// The entry that all others inherit from.
        static final String DEFAULT = "default";

        private static final String INHERITED = "that of [destination-controls.default], there ";

        static final int USUAL_RECIPIENTS_MINUTES = 60;

        static final Key<TlsSupport> TLS = Key.optional(
                "tls",
                Kind.choice(TlsSupport.class),
                inherited(DestinationControl.DEFAULT.tls()),
                "TLS Support: no TLS, TLS where it is offered, TLS or no delivery; with `verify` the certificate is"
                        + " held against the authorities of [tls] ca-file");
        static final Key<DaneSupport> DANE = Key.optional(
                "dane",
                Kind.choice(DaneSupport.class),
                inherited(DestinationControl.DEFAULT.dane()),
                "DANE Support (RFC 7672): no DANE, DANE wherever the destination has it, or DANE or no delivery");
        static final Key<IpPreference> IP_PREFERENCE = Key.optional(
                "ip-preference",
                Kind.choice(IpPreference.class),
                inherited(DestinationControl.DEFAULT.ipPreference()),
                "which of a host's addresses are tried first, or at all");
        static final Key<Integer> CONCURRENT_CONNECTIONS = Key.optional(
                "concurrent-connections",
                integer(1, 100_000),
                INHERITED + "`" + DestinationControl.DEFAULT.concurrentConnections() + "`",
                "connections to the destination at a time");
        static final Key<Integer> MESSAGES_PER_CONNECTION = Key.optional(
                "messages-per-connection",
                integer(1, ANY_INT),
                INHERITED + "`" + DestinationControl.DEFAULT.messagesPerConnection() + "`",
                "messages over one connection");
        static final Key<Integer> RECIPIENTS = Key.optional(
                "recipients", integer(1, ANY_INT), INHERITED + "no limit", "recipients in recipients-minutes");
        static final Key<Integer> RECIPIENTS_MINUTES = Key.optional(
                "recipients-minutes",
                integer(1, 10_080),
                "`" + USUAL_RECIPIENTS_MINUTES + "`",
                "the time that `recipients` is counted over");
        static final Key<LimitBy> LIMIT_BY = Key.optional(
                "limit-by",
                Kind.choice(LimitBy.class),
                inherited(DestinationControl.DEFAULT.limitBy()),
                "whether the limits count for the domain or for each address of its hosts");
        static final Key<String> BOUNCE_PROFILE = Key.optional(
                "bounce-profile",
                NAME,
                INHERITED + "that of the listener",
                "the [bounce-profile.NAME] that says how long mail is tried");

        static final Section SECTION = new Section(
                "destination-controls",
                new Form.Named("DOMAIN", DOMAIN_OR_BELOW),
                "How mail to a domain is delivered: `[destination-controls.default]` for all, `\"example.org\"` for one,"
                        + " `\".example.org\"` for the subdomains of one. The most particular entry counts; what it does"
                        + " not say is inherited from default.",
                TLS,
                DANE,
                IP_PREFERENCE,
                CONCURRENT_CONNECTIONS,
                MESSAGES_PER_CONNECTION,
                RECIPIENTS,
                RECIPIENTS_MINUTES,
                LIMIT_BY,
                BOUNCE_PROFILE);

        private static String inherited(Enum<?> usual) {
            return INHERITED + "`\"" + Kind.name(usual) + "\"`";
        }

        private Control() {}
    }

    /// `[bounce-profile.NAME]`
    static final class Bounce {
        static final Key<Integer> MAX_RETRIES = Key.of(
                "max-retries", integer(0, 1_000_000), BounceProfile.DEFAULT.maxRetries(), "attempts after the first");
        static final Key<Long> MAX_QUEUE_SECONDS = seconds(
                "max-queue-seconds", BounceProfile.DEFAULT.maxQueue().toSeconds(), "the longest stay in the queue");
        static final Key<Long> INITIAL_RETRY_SECONDS = seconds(
                "initial-retry-seconds",
                BounceProfile.DEFAULT.initialRetry().toSeconds(),
                "the wait before the first retry; it doubles with each");
        static final Key<Long> MAX_RETRY_SECONDS = seconds(
                "max-retry-seconds",
                BounceProfile.DEFAULT.maxRetry().toSeconds(),
                "the longest wait between two attempts");
        static final Key<Long> DELAY_NOTICE_SECONDS = seconds(
                "delay-notice-seconds",
                BounceProfile.DEFAULT.delayNotice().toSeconds(),
                "the stay after which the sender is told that the message still waits, and why");

        static final Section SECTION = new Section(
                "bounce-profile",
                new Form.Named("NAME", NAME),
                "How long and how often mail is tried before it bounces; whichever limit comes first counts."
                        + " `[bounce-profile.default]` changes what holds where no other is named.",
                MAX_RETRIES,
                MAX_QUEUE_SECONDS,
                INITIAL_RETRY_SECONDS,
                MAX_RETRY_SECONDS,
                DELAY_NOTICE_SECONDS);

        private static Key<Long> seconds(String name, long fallback, String meaning) {
            return Key.of(name, Kind.number(new Range(1, MAX_SECONDS)), fallback, meaning);
        }

        private Bounce() {}
    }

    /// `[delivery]`
    static final class Delivery {
        static final Key<Integer> PORT =
                Key.of("port", integer(1, 65_535), 25, "where mail hosts listen: 25, but in a lab");
        static final Key<InetAddress> SOURCE_ADDRESS =
                Key.optional("source-address", ADDRESS, "the system chooses", "what connections are made from");
        static final Key<InsecureMx> INSECURE_MX = Key.of(
                "insecure-mx",
                Kind.choice(InsecureMx.class),
                InsecureMx.DANE,
                "what opportunistic DANE makes of a host with secure TLSA records behind insecure MX records: hold it"
                        + " to them (`dane`), ask for TLS (`encrypt`), or go by TLS Support (`may`)"
                        + " (RFC 7672 section 2.2.1)");
        static final Key<Integer> MAX_CONNECTIONS = Key.of(
                "max-connections",
                integer(1, 100_000),
                DeliverySettings.MAX_CONNECTIONS,
                "outgoing connections at a time, over all destinations");
        static final Key<Integer> RETRY_JITTER_PERCENT = Key.of(
                "retry-jitter-percent",
                integer(0, 100),
                10,
                "by how much a wait between attempts may be longer, at random");
        static final Key<Boolean> CLEARTEXT_AFTER_FAILED_TLS = Key.of(
                "cleartext-after-failed-tls",
                Kind.flag(),
                true,
                "whether a host with which TLS failed gets the next attempt in clear text, where TLS Support is"
                        + " `preferred`");

        static final Section SECTION = new Section(
                "delivery",
                new Form.Single(),
                "What holds for deliveries to all destinations.",
                PORT,
                SOURCE_ADDRESS,
                INSECURE_MX,
                MAX_CONNECTIONS,
                RETRY_JITTER_PERCENT,
                CLEARTEXT_AFTER_FAILED_TLS);

        private Delivery() {}
    }

    /// `[[log]]`
    static final class Log {
        static final Key<String> LOG_NAME = Key.required("name", NAME, "what commands call the log");
        static final Key<Level> LEVEL = Key.of("level", Kind.choice(Level.class), Level.INFO, "how much it tells");
        static final Key<Path> FILE = Key.optional(
                "file", PATH, "the log's name", "where it is written; a relative path starts at data-directory/log");
        static final Key<LogFormat> FORMAT = Key.of(
                "format",
                Kind.choice(LogFormat.class),
                LogFormat.TEXT,
                "lines to read (`text`), or for each event one JSON object with all that is known of it (`json`)");
        static final Key<Integer> MAX_MEGABYTES = Key.of(
                "max-megabytes",
                integer(1, 100_000),
                100,
                "the size at which the file is put aside and a new one begun");
        static final Key<RollOver> ROLL_OVER = Key.of(
                "roll-over",
                Kind.choice(RollOver.class),
                RollOver.BY_SIZE,
                "whether that also happens when an hour, a day or a week begins, by the clock on the wall");
        static final Key<Integer> FILES = Key.of("files", integer(1, 10_000), 10, "how many files are kept");
        static final Key<Boolean> ENABLED =
                Key.of("enabled", Kind.flag(), true, "whether it is written; `false` keeps the table for another time");

        static final Section SECTION = new Section(
                "log",
                new Form.Repeated(LOG_NAME),
                "A log file. Without any, `mail_logs` is kept at `info`.",
                LOG_NAME,
                LEVEL,
                FILE,
                FORMAT,
                MAX_MEGABYTES,
                ROLL_OVER,
                FILES,
                ENABLED);

        /// Where a log is written, seen from the log directory.
        static Path file(Row log) {
            return log.optional(FILE)
                    .orElseGet(() -> Path.of(log.optional(LOG_NAME).orElse("")))
                    .normalize();
        }

        private Log() {}
    }

    /// `[alerts]`
    static final class Alerting {
        private static final AlertSettings USUAL = AlertSettings.NONE;

        static final Key<List<Address>> MAIL_TO = Key.of(
                "mail-to",
                Kind.listOf(Kinds.MAILBOX, new Range(0, 100)),
                USUAL.mailTo(),
                "mailboxes that alerts are mailed to, over the gateway's own queue; what is wrong with a mailbox's own"
                        + " domain is not mailed there");
        static final Key<URI> WEBHOOK = Key.optional(
                "webhook",
                Kinds.WEB_ADDRESS,
                "none is posted",
                "where alerts are posted as JSON; `https`, or `http` where you know the way to be safe");
        static final Key<Severity> LEAST_SEVERITY = Key.of(
                "least-severity",
                Kind.choice(Severity.class),
                USUAL.leastSeverity(),
                "what matters less is not told: a destination that fails is a warning, a disk, a spool or a resolver"
                        + " without DNSSEC is critical");
        static final Key<Long> PATIENCE_SECONDS = Key.of(
                "patience-seconds",
                Kind.number(new Range(0, MAX_SECONDS)),
                USUAL.patience().toSeconds(),
                "how long a destination must go on failing before that is told");
        static final Key<Long> INTERVAL_SECONDS = Key.of(
                "interval-seconds",
                Kind.number(new Range(1, MAX_SECONDS)),
                USUAL.interval().toSeconds(),
                "one alert (of a destination and cause, a resolver, ...) is not raised, or brought up to date, more often"
                        + " than this");
        static final Key<Long> REMINDER_SECONDS = Key.of(
                "reminder-seconds",
                Kind.number(new Range(1, MAX_SECONDS)),
                USUAL.reminder().toSeconds(),
                "how often an alert that lasts is told again, with what waits by then");

        static final Section SECTION = new Section(
                "alerts",
                new Form.Single(),
                "What is told without being asked for: required TLS or DANE that fails for a destination (once for each, with"
                        + " how much mail waits), resolvers that cannot do DNSSEC, changes of trust anchors, a disk that is"
                        + " nearly full, a spool that cannot write, and when each is over. Without mail-to and webhook nobody"
                        + " is told. A restart forgets what was told; what still is wrong is told anew.",
                MAIL_TO,
                WEBHOOK,
                LEAST_SEVERITY,
                PATIENCE_SECONDS,
                INTERVAL_SECONDS,
                REMINDER_SECONDS);

        private Alerting() {}
    }

    /// `[admin]`, `[web]` and `[metrics]`
    static final class Operation {
        static final Key<Path> SOCKET = Key.optional(
                "socket",
                PATH,
                "data-directory/control.sock",
                "the socket over which `danelaw cli` reaches the gateway; only the gateway's own user and root may open it");
        static final Key<InetSocketAddress> WEB_ADDRESS = Key.optional(
                        "address", endpoint(8443), "no pages are served", "where the web pages are served")
                .notYetInForce();

        static final Key<InetSocketAddress> METRICS_ADDRESS = Key.optional(
                "address",
                endpoint(9025),
                "no metrics are served",
                "where `/metrics` is served over HTTP, to whoever can reach it: best an address on loopback");

        static final Section ADMIN = new Section("admin", new Form.Single(), "The operator's commands.", SOCKET);
        static final Section WEB = new Section("web", new Form.Single(), "The web pages.", WEB_ADDRESS);
        static final Section METRICS = new Section(
                "metrics",
                new Form.Single(),
                "What a monitoring system reads (docs/metrics.md says what there is).",
                METRICS_ADDRESS);

        private Operation() {}
    }

    /// All of it. (In a class of its own, for the order in which Java makes static fields.)
    static final class WholeFile {
        static final Section SECTION = new Section("", new Form.Whole(), "The whole file.")
                .with(
                        Node.SECTION,
                        Dns.SECTION,
                        Tls.SECTION,
                        Listener.SECTION,
                        FlowPolicy.SECTION,
                        Auth.SECTION,
                        Access.SECTION,
                        Route.SECTION,
                        Control.SECTION,
                        Bounce.SECTION,
                        Delivery.SECTION,
                        Log.SECTION,
                        Alerting.SECTION,
                        Operation.ADMIN,
                        Operation.WEB,
                        Operation.METRICS);

        private WholeFile() {}
    }
}
