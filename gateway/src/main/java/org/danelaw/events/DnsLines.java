package org.danelaw.events;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.danelaw.dns.AddressText;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Validated;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/// What the mail log says of look-ups, in forms that administrators know from the appliance, where the `0`
/// before a TTL and `recursive_nameserver0.parent` always stand: it names thus whatever it forwards to.
final class DnsLines {
    private DnsLines() {}

    static List<String> of(DnsEvent event) {
        return switch (event) {
            case DnsEvent.Queried(var question) -> List.of("DNS query: Q(" + inQuotes(question, ", ") + ")");
            case DnsEvent.Forwarded(var question) ->
                List.of("DNS query: QN(" + inQuotes(question, ", ") + ", 'recursive_nameserver0.parent')");
            case DnsEvent.Asked(var question, var server, var left) ->
                List.of(
                        "DNS query: QIP (" + inQuotes(question, ",") + ",'" + ip(server) + "'," + left + ")",
                        "DNS query: Q (" + inQuotes(question, ", ") + ", '" + ip(server) + "')");
            case DnsEvent.ServerFailed(var question, var server, var how) ->
                List.of("Received an invalid DNS Response: " + how + " to IP " + ip(server) + " looking up "
                        + name(question));
            case DnsEvent.BogusReply(var question, var server, var why) ->
                List.of("Received an invalid DNSSEC Response: " + dnssecError(question, ip(server), why) + " of qtype "
                        + type(question) + " looking up " + name(question));
            case DnsEvent.Resolved(var question, var answer, var ttl) -> resolved(question, answer, ttl);
            case DnsEvent.Remembered(var question, var answer, var expiry) ->
                set(answer).map(records -> remembered(question, records, status(answer), expiry)).stream()
                        .toList();
        };
    }

    private static String dnssecError(Question question, String ip, String why) {
        return "DNSSEC_Error(" + inQuotes(question, ", ") + ", '" + ip + "', 'DNSSEC Error for hostname "
                + name(question) + " (" + type(question) + ") while asking " + ip + ". Error was: " + escaped(why)
                + "')";
    }

    private static List<String> resolved(Question question, Validated<Answer> answer, long ttl) {
        return switch (answer) {
            case Validated.Secure<Answer>(var found, var _) -> resolved(question, found, status(answer), ttl);
            case Validated.Insecure<Answer>(var found, var _) -> resolved(question, found, status(answer), ttl);
            // Why it failed was said of each server.
            case Validated.Bogus<Answer> _ -> noAlias(question, "");
            case Validated.Unavailable<Answer> _ -> noAlias(question, "");
        };
    }

    private static List<String> resolved(Question question, Answer answer, String status, long ttl) {
        return switch (answer) {
            case Answer.Found(var records, var _) ->
                List.of(response(records.records().stream().map(DnsLines::replied), status, ttl));
            case Answer.NoData _ -> nothing(question, "NODATA", "NoError", ttl);
            case Answer.NoSuchName _ -> nothing(question, "NXDOMAIN", "NXDomain", ttl);
        };
    }

    private static List<String> nothing(Question question, String received, String rcode, long ttl) {
        var lines = List.of(
                response(Stream.of(), "", ttl),
                "Received " + received + " for domain " + name(question) + " type " + type(question));
        return Stream.concat(lines.stream(), noAlias(question, rcode).stream()).toList();
    }

    private static String response(Stream<String> records, String status, long ttl) {
        return "DNSSEC Response data([" + records.collect(joining(", ")) + "], " + status + ", 0, " + ttl + ")";
    }

    private static List<String> noAlias(Question question, String rcode) {
        return question.type() == Type.CNAME
                ? List.of("No CNAME record(" + rcode + ") found for domain(" + name(question) + ")")
                : List.of();
    }

    private static String remembered(Question question, RecordSet set, String status, Instant expiry) {
        var head = "(" + ChronoUnit.MICROS.between(Instant.EPOCH, expiry) + "L, 0, '" + status.toUpperCase(Locale.ROOT)
                + "', ";
        return "DNS encache (" + name(question) + ", " + type(question) + ", ["
                + set.records().stream()
                        .map(record -> head + kept(record) + ")")
                        .collect(joining(", ")) + "])";
    }

    private static Optional<RecordSet> set(Validated<Answer> answer) {
        return switch (answer) {
            case Validated.Secure<Answer>(Answer.Found(var records, var _), var _) -> Optional.of(records);
            case Validated.Insecure<Answer>(Answer.Found(var records, var _), var _) -> Optional.of(records);
            case Validated.Secure<Answer> _, Validated.Insecure<Answer> _ -> Optional.empty();
            case Validated.Bogus<Answer> _, Validated.Unavailable<Answer> _ -> Optional.empty();
        };
    }

    /// How far an answer can be trusted, in a word.
    static String status(Validated<Answer> answer) {
        return switch (answer) {
            case Validated.Secure<Answer> _ -> "secure";
            case Validated.Insecure<Answer> _ -> "insecure";
            case Validated.Bogus<Answer> _ -> "bogus";
            case Validated.Unavailable<Answer> _ -> "unavailable";
        };
    }

    /// A record as it came: names with the final dot.
    private static String replied(Record record) {
        return written(record, Name::toString);
    }

    /// A record as it is kept: names without the final dot.
    private static String kept(Record record) {
        return written(record, DnsLines::name);
    }

    private static String written(Record record, Function<Name, String> names) {
        return switch (record) {
            case MXRecord mx -> "(" + mx.getPriority() + ", " + quoted(names.apply(mx.getTarget())) + ")";
            case ARecord a -> quoted(AddressText.of(a.getAddress()));
            case AAAARecord aaaa -> quoted(AddressText.of(aaaa.getAddress()));
            case CNAMERecord cname -> quoted(names.apply(cname.getTarget()));
            case PTRRecord ptr -> quoted(names.apply(ptr.getTarget()));
            case TLSARecord tlsa -> quoted(hex(tlsa.rdataToWireCanonical()));
            default -> quoted(record.rdataToString());
        };
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String inQuotes(Question question, String between) {
        return quoted(name(question)) + between + quoted(type(question));
    }

    private static String quoted(String text) {
        return "'" + escaped(text) + "'";
    }

    /// What is in quotes must not be able to end them.
    private static String escaped(String text) {
        return text.replace("'", "\\'");
    }

    private static String name(Question question) {
        return name(question.name());
    }

    private static String name(Name name) {
        return name.toString(true);
    }

    private static String type(Question question) {
        return Type.string(question.type());
    }

    /// The address alone of `192.0.2.1:53` or `[2001:db8::1]:53`.
    private static String ip(String server) {
        return server.replaceFirst("^\\[?(.*?)\\]?:[0-9]+$", "$1");
    }
}
