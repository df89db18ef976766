package org.danelaw.discovery;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.resolver.Resolver;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A resolver that answers as its script says, and keeps what it was asked; a question that the script does not foresee
/// fails the test.
///
/// A line is a status, a name (`alias > target` for an alias), a type, and what is there: records parted by `;`,
/// `NODATA` or `NXDOMAIN`. Nothing follows `bogus` and `unavailable`.
public final class ScriptedDns implements Resolver {
    static final Proof PROOF = new Proof(List.of(), Instant.EPOCH);

    private final Map<Question, Validated<Answer>> answers = new HashMap<>();
    private final List<Question> asked = new ArrayList<>();

    private ScriptedDns() {}

    public static ScriptedDns of(String script) {
        var dns = new ScriptedDns();
        script.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(dns::add);
        return dns;
    }

    @Override
    public Validated<Answer> resolve(Question question) {
        asked.add(question);
        var answer = answers.get(question);
        if (answer == null) {
            throw new AssertionError("not foreseen: " + question);
        }
        return answer;
    }

    /// The questions so far, as `mx.example.net A`.
    List<String> asked() {
        return asked.stream()
                .map(question -> question.name().toString(true) + " " + Type.string(question.type()))
                .toList();
    }

    List<String> asked(int type) {
        return asked.stream()
                .filter(question -> question.type() == type)
                .map(question -> question.name().toString(true))
                .toList();
    }

    static Name name(String text) {
        return Name.fromConstantString(text.endsWith(".") ? text : text + ".");
    }

    private void add(String line) {
        var status = line.split("\\s+", 2)[0];
        var names = new ArrayList<Name>();
        var rest = line.substring(status.length()).strip();
        do {
            rest = rest.startsWith(">") ? rest.substring(1).strip() : rest;
            names.add(name(rest.split("\\s+", 2)[0]));
            rest = rest.substring(rest.split("\\s+", 2)[0].length()).strip();
        } while (rest.startsWith(">"));
        var type = Type.value(rest.split("\\s+", 2)[0]);
        var data = rest.substring(Type.string(type).length()).strip();
        var question = new Question(names.getFirst(), type);
        answers.put(question, answer(status, question, names.subList(1, names.size()), data));
    }

    private static Validated<Answer> answer(String status, Question question, List<Name> aliases, String data) {
        return switch (status) {
            case "secure" -> new Validated.Secure<>(answer(question, aliases, data), PROOF);
            case "insecure" -> new Validated.Insecure<>(answer(question, aliases, data), PROOF);
            case "bogus" ->
                new Validated.Bogus<>(new Reason(question + " is not signed well", ExtendedError.DNSSEC_BOGUS));
            case "unavailable" ->
                new Validated.Unavailable<>(
                        new Reason("nobody answers " + question, ExtendedError.NO_REACHABLE_AUTHORITY));
            default -> throw new IllegalArgumentException(status);
        };
    }

    private static Answer answer(Question question, List<Name> aliases, String data) {
        return switch (data) {
            case "NODATA" -> new Answer.NoData(aliases);
            case "NXDOMAIN" -> new Answer.NoSuchName(aliases);
            default -> {
                var owner = aliases.isEmpty() ? question.name() : aliases.getLast();
                var records = Stream.of(data.split(";"))
                        .map(each -> record(owner, question.type(), each.strip()))
                        .toList();
                yield new Answer.Found(new RecordSet(owner, question.type(), 300, records), aliases);
            }
        };
    }

    private static Record record(Name owner, int type, String data) {
        try {
            return Record.fromString(owner, type, DClass.IN, 300, data, Name.root);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(data, malformed);
        }
    }
}
