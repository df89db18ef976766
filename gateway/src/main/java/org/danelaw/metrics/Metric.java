package org.danelaw.metrics;

import java.util.List;
import java.util.Optional;
import org.danelaw.delivery.HostState;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.events.DeliveryEvent.NoticeKind;

/// Every metric: the one place that says what it is called, what it means, and when to worry. Counters count since
/// the start of the gateway.
enum Metric {
    START_TIME(
            Type.GAUGE,
            "danelaw_start_time_seconds",
            "When the gateway started, in seconds since 1970",
            "It changes, and nobody restarted the gateway."),

    INTAKE_CONNECTIONS(
            Type.GAUGE,
            "danelaw_intake_connections",
            "Clients connected now",
            "It comes near the number that is let in at a time (`danelaw config limits`)."),
    INTAKE_CLIENTS(
            Type.COUNTER,
            "danelaw_intake_clients_total",
            "Clients, by what the policy of their sender group does",
            "`reject` rises while nothing was changed: a server of yours has a new address, or somebody tries yours.",
            Label.of("action", "accept", "relay", "reject", "tcprefuse", Metric.OTHER)),
    INTAKE_TURNED_AWAY(
            Type.COUNTER,
            "danelaw_intake_turned_away_total",
            "Clients let go at once for a limit, or because the gateway stops",
            "It rises: a client opens more connections than its policy grants, or there are too many clients."),
    INTAKE_TLS(
            Type.COUNTER,
            "danelaw_intake_tls_total",
            "Handshakes of clients",
            "`failed` rises: a client does not like the listener's certificate.",
            Label.of("result", Metric.SUCCEEDED, Metric.FAILED)),
    INTAKE_LOGINS(
            Type.COUNTER,
            "danelaw_intake_logins_total",
            "Logins of clients (AUTH)",
            "`failed` rises: an application has an old password, or somebody guesses.",
            Label.of("result", Metric.SUCCEEDED, Metric.FAILED)),
    INTAKE_REFUSALS(
            Type.COUNTER,
            "danelaw_intake_refusals_total",
            "Commands of clients that were refused, by the class of the reply",
            "`4xx` rises: mail is put off for a limit, for room on the disk or for a spool that does not write.",
            Label.of("class", "4xx", "5xx")),
    INTAKE_MESSAGES(
            Type.COUNTER,
            "danelaw_intake_messages_total",
            "Messages begun by clients, by what became of them",
            "`queued` stands still when mail should come; `aborted` rises faster than it.",
            Label.of("result", "queued", "aborted")),
    INTAKE_BYTES(
            Type.COUNTER,
            "danelaw_intake_bytes_total",
            "Octets of messages that came whole",
            "Not by itself; with the free space of the spool it tells how long that lasts."),
    INTAKE_RECIPIENTS(
            Type.COUNTER,
            "danelaw_intake_recipients_total",
            "Recipients named by clients",
            "`rejected` rises: addresses are being guessed, or the recipient access table lacks an entry.",
            Label.of("result", "taken", "rejected")),

    QUEUE_MESSAGES(
            Type.GAUGE,
            "danelaw_queue_messages",
            "Messages in the queue",
            "It only rises for an hour: mail comes faster than it leaves."),
    QUEUE_RECIPIENTS(
            Type.GAUGE,
            "danelaw_queue_recipients",
            "Recipients who wait or are being served",
            "As the messages in the queue."),
    QUEUE_BYTES(
            Type.GAUGE,
            "danelaw_queue_bytes",
            "Octets of the messages in the queue",
            "It nears the free space of the spool."),
    QUEUE_OLDEST(
            Type.GAUGE,
            "danelaw_queue_oldest_message_seconds",
            "How long the oldest message has been in the queue; 0 where there is none",
            "It passes the delay notice (4 h as delivered): `showrecipients` says for whom and why."),
    SPOOL_FREE(
            Type.GAUGE,
            "danelaw_spool_free_bytes",
            "Room on the disk of the spool; absent where it cannot be told",
            "It falls below a day's mail. Below 100 MiB (`danelaw config limits`) new mail is put off with 452."),
    SPOOL_FAILING(
            Type.GAUGE,
            "danelaw_spool_failing",
            "1 while the spool cannot write, else 0",
            "It is 1: no mail is taken and none given, and the log says why."),

    DELIVERY_CONNECTIONS(
            Type.GAUGE,
            "danelaw_delivery_connections",
            "Connections to mail hosts now",
            "It stays at `[delivery] max-connections` while the queue rises."),
    DELIVERY_CONNECTS(
            Type.COUNTER,
            "danelaw_delivery_connects_total",
            "Attempts at a connection to a mail host",
            "`failed` rises for all destinations at once: the network or a firewall.",
            Label.of("result", Metric.SUCCEEDED, Metric.FAILED)),
    DELIVERY_TLS(
            Type.COUNTER,
            "danelaw_delivery_tls_total",
            "Handshakes with mail hosts: proven by DANE behind a secure MX, encrypted without that, or failed",
            "`failed` rises, or `proven` stands still while mail is delivered.",
            Label.of("result", "proven", "encrypted", Metric.FAILED)),
    DELIVERY_DANE(
            Type.COUNTER,
            "danelaw_delivery_dane_total",
            "What DANE came to, for each host that was tried",
            "`failed` rises: mail waits, and `hoststatus` says what the other side must publish. `off` rises: no"
                    + " resolver is capable, or mail comes under a policy without DANE.",
            Label.of("result", DaneResult.class)),
    DELIVERED(
            Type.COUNTER,
            "danelaw_delivery_delivered_recipients_total",
            "Recipients whose host took the message",
            "It stands still while the queue is not empty."),
    DELAYED(
            Type.COUNTER,
            "danelaw_delivery_delayed_recipients_total",
            "Recipients put off until another attempt, by the subject of the status code (RFC 3463)",
            "`security` rises: TLS or DANE fails at a destination. `network` rises: the DNS or the network.",
            Subject.LABEL),
    BOUNCED(
            Type.COUNTER,
            "danelaw_delivery_bounced_recipients_total",
            "Recipients who get no further attempt, by the subject of the status code (RFC 3463)",
            "`security` or `network` rises: mail came to its lifetime's end in the queue, unproven.",
            Subject.LABEL),
    HELD(
            Type.COUNTER,
            "danelaw_delivery_held_total",
            "Attempts after which all mail for a destination waits, because of its DANE or of its TLS Support",
            "It rises: an alert, or `hoststatus`, says what the other side must do.",
            Label.of("by", HeldBy.class)),
    REMOVED(
            Type.COUNTER,
            "danelaw_delivery_removed_recipients_total",
            "Recipients whose mail was thrown away: deleted by an operator, or discarded by an SMTP route",
            "It rises and nobody meant it.",
            Label.of("by", "operator", "route")),
    NOTICES(
            Type.COUNTER,
            "danelaw_delivery_notices_total",
            "Reports to senders that were queued",
            "`bounce` or `delay` rises beyond what is usual.",
            Label.of("kind", NoticeKind.class)),
    PUT_BACK(
            Type.COUNTER,
            "danelaw_delivery_put_back_messages_total",
            "Messages put back in the queue because an attempt ended in a fault of the gateway's own",
            "It rises at all: a fault in Danelaw; the log has it at Critical."),
    DESTINATIONS(
            Type.GAUGE,
            "danelaw_destinations",
            "Destinations that have mail, or had some lately, by the state of their hosts",
            "`down` rises: `tophosts` names them.",
            Label.of("state", HostState.class)),
    SUSPENDED(
            Type.GAUGE,
            "danelaw_delivery_suspended",
            "1 while delivery is suspended by an operator everywhere, else 0",
            "It is 1 and the work that it was for is done."),
    SUSPENDED_DESTINATIONS(
            Type.GAUGE,
            "danelaw_suspended_destinations",
            "Destinations suspended by an operator one by one",
            "It is not 0 and the work that it was for is done."),

    DNS_AVAILABLE(
            Type.GAUGE,
            "danelaw_dnssec_available",
            "1 where DNSSEC can be had now, 0 where no resolver is capable of it or no trust anchor is left",
            "It is 0: mail waits, or goes without DANE, by `[dns] when-unavailable`."),
    DNS_RESOLVERS(
            Type.GAUGE,
            "danelaw_dns_resolvers",
            "Resolvers, by what they were last found to be",
            "`lacking` or `unreachable` is not 0: `dnsstatus` says which and why.",
            Label.of("capability", "capable", "lacking", "unreachable", "unknown")),
    TRUST_ANCHORS(
            Type.GAUGE,
            "danelaw_dns_trust_anchors",
            "Keys that are trusted by themselves, as RFC 5011 has them now",
            "It is 0: nothing can be validated."),
    TRUST_ANCHOR_NEWS(
            Type.COUNTER,
            "danelaw_dns_trust_anchor_news_total",
            "Changes of a trust anchor's state, and refreshes that failed (RFC 5011)",
            "It rises: read in the log which of the two."),
    DNS_QUESTIONS(
            Type.COUNTER,
            "danelaw_dns_questions_total",
            "Questions to the resolver, by whether its cache answered",
            "`miss` rises much faster than mail is delivered.",
            Label.of("cache", "hit", "miss")),
    DNS_SERVER_FAILURES(
            Type.COUNTER,
            "danelaw_dns_server_failures_total",
            "Replies of resolvers that were no answer: SERVFAIL, another error, or nonsense",
            "It rises much faster than usual: a resolver is ill."),
    DNS_BOGUS(
            Type.COUNTER,
            "danelaw_dns_bogus_replies_total",
            "Replies whose DNSSEC data does not hold",
            "It rises for many domains at once: a resolver damages answers, or the clock is wrong."),
    DNS_CACHED(Type.GAUGE, "danelaw_dns_cached_answers", "Answers that are remembered", "Not by itself."),
    DNS_CACHE_BYTES(
            Type.GAUGE,
            "danelaw_dns_cache_bytes",
            "About how much memory the DNS caches take; bounded (`danelaw config limits`)",
            "Not by itself."),

    ALERTS(
            Type.COUNTER,
            "danelaw_alerts_total",
            "Alerts, by whether they could be given to somebody",
            "`lost` rises: the webhook does not answer, or mail for `[alerts] mail-to` is not taken.",
            Label.of("result", "told", "lost")),
    LOG_LOST(
            Type.COUNTER,
            "danelaw_log_lost_lines_total",
            "Log lines that no log could take",
            "It rises: the disk of the logs is slow or full."),
    CLOCK_SET(
            Type.COUNTER,
            "danelaw_clock_set_total",
            "How often the wall clock was set while the gateway ran",
            "It rises more than once: no signature can be judged by a wrong clock."),
    IMPAIRED(
            Type.COUNTER,
            "danelaw_impairments_total",
            "Times that something which no mail depends on did not work as it should",
            "It rises: the log says what.");

    static final String OTHER = "other";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";

    /// What its value does.
    enum Type {
        /// Only rises, from 0 at each start.
        COUNTER,
        /// Is what it is now.
        GAUGE
    }

    private final Type type;
    private final String title;
    private final String meaning;
    private final String worry;

    @SuppressWarnings("ImmutableEnumChecker") // A record of a text and a list that is a copy.
    private final Optional<Label> label;

    Metric(Type type, String title, String meaning, String worry) {
        this(type, title, meaning, worry, Optional.empty());
    }

    Metric(Type type, String title, String meaning, String worry, Label label) {
        this(type, title, meaning, worry, Optional.of(label));
    }

    Metric(Type type, String title, String meaning, String worry, Optional<Label> label) {
        this.type = type;
        this.title = title;
        this.meaning = meaning;
        this.worry = worry;
        this.label = label;
    }

    Type type() {
        return type;
    }

    /// As Prometheus knows it; a counter's ends in `_total`.
    String title() {
        return title;
    }

    /// Without a final full stop.
    String meaning() {
        return meaning;
    }

    /// When an operator should look.
    String worry() {
        return worry;
    }

    Optional<Label> label() {
        return label;
    }

    /// The values of its label; one empty one where it has none.
    List<String> labelValues() {
        return label.map(Label::values).orElse(List.of(""));
    }

    /// Where the value with this label is among [#labelValues].
    int index(String value) {
        return label.map(those -> those.index(value)).orElse(0);
    }
}
