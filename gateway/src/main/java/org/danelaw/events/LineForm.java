package org.danelaw.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Each form of the mail log's lines at Info and Debug, and the two warnings about look-ups that administrators search
/// for: what [MailLog] writes has one of these forms, and `docs/log-lines.md` lists them.
///
/// In a form `<a|b>` is one of these words, and any other `<name>` is what it says.
public enum LineForm {
    ICID_NEW(
            "New SMTP ICID <icid> interface <name> (<ip>) address <ip> reverse dns host <host> verified <yes|no>",
            "a client has connected"),
    ICID_ACCEPT("ICID <icid> ACCEPT SG <group> match <rule>", "its sender group's policy has the action accept"),
    ICID_RELAY("ICID <icid> RELAY SG <group> match <rule>", "its sender group's policy has the action relay"),
    ICID_REJECT("ICID <icid> REJECT SG <group> match <rule>", "its sender group's policy has the action reject"),
    ICID_TCPREFUSE("ICID <icid> TCPREFUSE SG <group> match <rule>", "its sender group's policy has tcprefuse"),
    ICID_TLS("ICID <icid> TLS success protocol <protocol> cipher <cipher>", "a client's connection is encrypted"),
    MID_START("Start MID <mid> ICID <icid>", "MAIL was taken"),
    MID_FROM("MID <mid> ICID <icid> From: <path>", "the sender of a message"),
    MID_TO("MID <mid> ICID <icid> RID <rid> To: <path>", "a recipient was taken"),
    MID_REJECTED("MID <mid> ICID <icid> To: <path> Rejected by <table>", "a recipient was refused"),
    MID_MESSAGE_ID("MID <mid> Message-ID '<text>'", "the header has it"),
    MID_SUBJECT("MID <mid> Subject '<text>'", "the header has it"),
    MID_READY("MID <mid> ready <bytes> bytes from <path>", "a message's content came whole"),
    MID_QUEUED("MID <mid> queued for delivery", "a message is on disk"),
    ICID_CLOSE("ICID <icid> close", "a client's connection is over"),
    DCID_NEW("New SMTP DCID <dcid> interface <ip> address <ip> port <port>", "a connection to a mail host is open"),
    DCID_TLS("DCID <dcid> TLS success protocol <protocol> cipher <cipher>", "it is encrypted"),
    DCID_TLS_FOR(
            "DCID <dcid> TLS success protocol <protocol> cipher <cipher> for <domain>",
            "it is encrypted, and DANE behind a secure MX proves whose it is"),
    DCID_TLS_FAILED("DCID <dcid> TLS failed: <text>", "the handshake, or what was asked of the certificate, failed"),
    DANE_SUCCESS("DCID <dcid> DANE success for <domain> mx <host> reason <text>", "a host has proved itself"),
    DANE_INSECURE_MX("DCID <dcid> DANE insecure-mx for <domain> mx <host> reason <text>", "so, behind an insecure MX"),
    DANE_FALLBACK("DCID <dcid> DANE fallback for <domain> mx <host> reason <text>", "TLS Support alone counts"),
    DANE_FAILED("DCID <dcid> DANE failed for <domain> mx <host> reason <text>", "a host gets nothing by DANE"),
    DANE_OFF("DCID <dcid> DANE off for <domain> mx <host> reason <text>", "DANE is not applied"),
    DELIVERY_START("Delivery start DCID <dcid> MID <mid> to RID [<rids>]", "a message's envelope is sent"),
    MESSAGE_DONE("Message done DCID <dcid> MID <mid> to RID [<rids>]", "the host took it"),
    RESPONSE("MID <mid> RID [<rids>] Response '<text>'", "what the host said to that"),
    FINISHED("Message finished MID <mid> done", "no recipient of it waits any more"),
    DCID_CLOSE("DCID <dcid> close", "a connection to a mail host is over"),
    CONNECTION_ERROR(
            "Connection Error: DCID <dcid> domain: <domain> IP: <ip> port: <port> details: <text> interface: <ip|any>"
                    + " reason: <text>",
            "a connection could not be made, or was lost"),
    DELAYED(
            "Delayed: DCID <dcid> MID <mid> to RID <rid> - <status> - <text> ('<code>', ['<text>'])",
            "a recipient waits for another attempt"),
    BOUNCED(
            "Bounced: DCID <dcid> MID <mid> to RID <rid> - <status> - <text> ('<code>', ['<text>'])",
            "a recipient gets no further attempt"),
    BOUNCE_GENERATED("MID <mid> was generated for bounce of MID <mid>", "a bounce was queued"),

    DNS_QUERY(Level.DEBUG, "DNS query: Q('<name>', '<type>')", "a question is asked"),
    DNS_FORWARDED(
            Level.DEBUG,
            "DNS query: QN('<name>', '<type>', 'recursive_nameserver0.parent')",
            "nothing that is remembered answers it"),
    DNS_ASKED(
            Level.DEBUG, "DNS query: QIP ('<name>','<type>','<ip>',<seconds>)", "a server is asked, with so much time"),
    DNS_ASKED_SERVER(Level.DEBUG, "DNS query: Q ('<name>', '<type>', '<ip>')", "a server is asked"),
    DNS_RESPONSE(
            Level.DEBUG,
            "DNSSEC Response data([<data>], <secure|insecure|>, 0, <seconds>)",
            "what the replies came to"),
    DNS_ENCACHE(Level.DEBUG, "DNS encache (<name>, <type>, [<data>])", "an answer is remembered"),
    DNS_NODATA(Level.DEBUG, "Received NODATA for domain <name> type <type>", "there is no such record"),
    DNS_NO_CNAME(
            Level.DEBUG,
            "No CNAME record(<NoError|NXDomain|>) found for domain(<name>)",
            "there is no alias, or none was found"),
    DNSSEC_INVALID(Level.WARNING, "Received an invalid DNSSEC Response: <text>", "a reply is bogus"),
    DNS_INVALID(
            Level.WARNING,
            "Received an invalid DNS Response: <text> to IP <ip> looking up <name>",
            "a server fails, or its reply is of no use"),

    OWN_TURNED_AWAY("ICID <icid> turned away: <text>", "a limit, or the gateway stops", Origin.OURS),
    OWN_ICID_TLS_FAILED("ICID <icid> TLS failed: <text>", "a client's handshake failed", Origin.OURS),
    OWN_REVERSE_FAILED(
            "ICID <icid> reverse dns look-up failed: <text>", "a client's name is not known by that", Origin.OURS),
    OWN_AUTH_SUCCEEDED(
            "SMTP Auth: (ICID <icid>) succeeded for user: <user> using AUTH mechanism: <mechanism>",
            "a client has logged in",
            Origin.OURS),
    OWN_AUTH_FAILED(
            "SMTP Auth: (ICID <icid>) failed for user: <user> using AUTH mechanism: <mechanism>",
            "a client could not",
            Origin.OURS),
    OWN_REFUSED("ICID <icid> refused <command>: <code> <text>", "a command was refused", Origin.OURS),
    OWN_AUTH_CLAIMED("MID <mid> ICID <icid> AUTH claimed: <text>", "MAIL named a submitter", Origin.OURS),
    OWN_ABORTED("Message aborted MID <mid> ICID <icid>: <text>", "a message did not come whole", Origin.OURS),
    OWN_DELAY_GENERATED(
            "MID <mid> was generated for delay notice of MID <mid>", "a delay notice was queued", Origin.OURS),
    OWN_RELAY_GENERATED(
            "MID <mid> was generated for relay notice of MID <mid>",
            "a report that the message was passed on was queued",
            Origin.OURS),
    OWN_WITHHELD("MID <mid> is not reported to its sender: <text>", "a bounce of which nobody is told", Origin.OURS),
    OWN_DELETED("MID <mid> to RID [<rids>] deleted by operator", "an operator took recipients out", Origin.OURS),
    OWN_DISCARDED(
            "MID <mid> RID [<rids>] for <domain> thrown away: the SMTP route for <route> leads to /dev/null",
            "an SMTP route throws mail away",
            Origin.OURS),
    OWN_HOST_STATE("Host <domain> is <up|down>: <text>", "a destination's state changed", Origin.OURS),
    OWN_TRIED_EARLY(
            "Host <domain> is tried before its time (deliveries: <count>): <text>",
            "what kept its mail may have changed",
            Origin.OURS),
    OWN_STARTED("Danelaw <version> started", "all listeners accept", Origin.OURS),
    OWN_SPOOL_OPENED(
            "Spool opened: <count> messages, <count> left-over files swept", "what the spool holds", Origin.OURS),
    OWN_SIGNATURES("DNSSEC signatures are checked by <text>", "at the start", Origin.OURS),
    OWN_RESOLVER_CAPABLE("Resolver <server> can do DNSSEC", "a resolver was found to be capable", Origin.OURS),
    OWN_COMMAND("Command by <user>: <text>", "an operator changed something", Origin.OURS),
    OWN_USERS_READ("Users read from <file>: <count>", "the users' file has changed", Origin.OURS),
    OWN_ALERT("Alert by <text>", "an alert was given to somebody", Origin.OURS),
    OWN_DNS_NXDOMAIN(
            Level.DEBUG, "Received NXDOMAIN for domain <name> type <type>", "there is no such name", Origin.OURS);

    /// Where administrators know a form from.
    public enum Origin {
        /// The appliance writes it so, or is described to.
        APPLIANCE,
        /// It is Danelaw's own.
        OURS
    }

    private final Level level;
    private final String form;
    private final String when;
    private final Origin origin;
    private final Pattern pattern;

    LineForm(String form, String when) {
        this(Level.INFO, form, when, Origin.APPLIANCE);
    }

    LineForm(String form, String when, Origin origin) {
        this(Level.INFO, form, when, origin);
    }

    LineForm(Level level, String form, String when) {
        this(level, form, when, Origin.APPLIANCE);
    }

    LineForm(Level level, String form, String when, Origin origin) {
        this.level = level;
        this.form = form;
        this.when = when;
        this.origin = origin;
        pattern = pattern(form);
    }

    public Level level() {
        return level;
    }

    /// The line, with its places in angle brackets.
    public String form() {
        return form;
    }

    /// When it is written, in a few words.
    public String when() {
        return when;
    }

    public Origin origin() {
        return origin;
    }

    /// The forms that a line has: one, if all is well.
    public static List<LineForm> of(LogLine line) {
        return Arrays.stream(values()).filter(form -> form.isThatOf(line)).toList();
    }

    public boolean isThatOf(LogLine line) {
        return line.level() == level && pattern.matcher(line.text()).matches();
    }

    private static Pattern pattern(String form) {
        var parts = new ArrayList<String>();
        // Not a constant: an enum makes its values before its other constants.
        var place = Pattern.compile("<([^<>]*)>").matcher(form);
        int end = 0;
        while (place.find()) {
            parts.add(Pattern.quote(form.substring(end, place.start())));
            parts.add("(" + place(place.group(1)) + ")");
            end = place.end();
        }
        parts.add(Pattern.quote(form.substring(end)));
        return Pattern.compile(String.join("", parts));
    }

    private static String place(String name) {
        return switch (name) {
            case "icid", "dcid", "mid", "rid", "bytes", "port", "seconds", "count", "code" -> "[0-9]+";
            case "rids" -> "[0-9]+(, [0-9]+)*";
            case "ip" -> "[0-9a-f.:]+";
            case "ip|any" -> "[0-9a-f.:]+|any";
            case "text", "data", "path", "file", "user" -> ".*";
            default -> name.contains("|") ? name : "\\S+";
        };
    }
}
