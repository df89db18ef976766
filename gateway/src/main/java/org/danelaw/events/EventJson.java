package org.danelaw.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.json.Json;
import org.danelaw.json.Word;
import org.danelaw.smtp.Address;
import org.xbill.DNS.Type;

/// Events as JSON: when, how much it matters, what happened, all that is known of it, and the lines that
/// the mail log has for it.
///
/// What is known is read off the record's components, so that no event can have a field that is missing
/// here. Belongs to one thread.
final class EventJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final Map<Class<?>, Kind> kinds = new HashMap<>();

    /// A kind of event, as `delivery.tls-succeeded`, and what each of its kind has.
    private record Kind(String name, List<RecordComponent> components) {}

    String line(ZonedDateTime at, Event event) {
        var members = new LinkedHashMap<String, Json>();
        members.put("time", new Json.Text(TIME.format(at)));
        members.put("level", new Json.Text(Word.of(event.level())));
        members.put("event", new Json.Text(kind(event).name()));
        members.putAll(components(event));
        members.put(
                "text",
                new Json.Text(MailLog.lines(event).stream().map(LogLine::text).collect(Collectors.joining("\n"))));
        return new Json.Members(members).written() + "\n";
    }

    private Map<String, Json> components(Object of) {
        var members = new LinkedHashMap<String, Json>();
        kind(of).components().forEach(component -> members.put(component.getName(), value(read(component, of))));
        return members;
    }

    private Kind kind(Object of) {
        return kinds.computeIfAbsent(of.getClass(), EventJson::kind);
    }

    private static Kind kind(Class<?> type) {
        var family = Optional.<Class<?>>ofNullable(type.getEnclosingClass())
                .map(around -> around.getSimpleName().replaceFirst("Event$", "."))
                .orElse("");
        return new Kind(kebab(family) + kebab(type.getSimpleName()), List.of(type.getRecordComponents()));
    }

    private static Object read(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException ours) {
            throw new IllegalStateException("a component without an accessor: " + component, ours);
        }
    }

    private Json value(Object value) {
        return switch (value) {
            case Long number -> new Json.Whole(number);
            case Integer number -> new Json.Whole(number);
            case Boolean flag -> new Json.Flag(flag);
            case Optional<?> maybe -> maybe.map(this::value).orElseGet(Json.Nothing::new);
            case Collection<?> several ->
                new Json.Array(several.stream().map(this::value).toList());
            case InetAddress address -> new Json.Text(MailLog.ip(address));
            case Address mailbox -> new Json.Text(mailbox.toString());
            case Enum<?> constant -> new Json.Text(Word.of(constant));
            case ReverseName name -> reverse(name);
            case Instant moment -> new Json.Text(moment.toString());
            case Question question -> question(question);
            case Validated<?> answer -> answer(answer);
            case Record parts -> new Json.Members(components(parts));
            default -> new Json.Text(value.toString());
        };
    }

    private static Json question(Question question) {
        return new Json.Members()
                .with("name", question.name().toString(true))
                .with("type", Type.string(question.type()));
    }

    private static Json answer(Validated<?> answer) {
        return switch (answer) {
            case Validated.Secure<?>(var found, var _) -> answer("secure", found);
            case Validated.Insecure<?>(var found, var _) -> answer("insecure", found);
            case Validated.Bogus<?>(var why) -> answer("bogus", why);
            case Validated.Unavailable<?>(var why) -> answer("unavailable", why);
        };
    }

    private static Json answer(String status, Object what) {
        var members = new Json.Members().with("status", status);
        return switch (what) {
            case Answer.Found(var set, var _) ->
                members.with(
                        "found", set.records().stream().map(EventJson::record).toList());
            case Answer.NoData _ -> members.with("absent", "nodata");
            case Answer.NoSuchName _ -> members.with("absent", "nxdomain");
            case Reason why -> members.with("why", why.sentence());
            default -> throw new IllegalArgumentException("no answer to a question: " + what);
        };
    }

    private static Json record(org.xbill.DNS.Record record) {
        return new Json.Text(record.rdataToString());
    }

    private static Json reverse(ReverseName name) {
        return switch (name) {
            case ReverseName.Unknown() -> new Json.Nothing();
            case ReverseName.Claimed(var claimed) -> reverse(List.of(claimed), false);
            case ReverseName.Verified(var names, var _) -> reverse(names, true);
            case ReverseName.Undecided(var claimed, var why) ->
                reverse(claimed.stream().toList(), false).with("why", why);
        };
    }

    private static Json.Members reverse(List<String> names, boolean verified) {
        return new Json.Members()
                .with("names", names.stream().map(Json.Text::new).toList())
                .with("verified", new Json.Flag(verified));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
