package org.danelaw.verify;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.danelaw.dns.Answer;
import org.danelaw.dns.DomainName;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.resolver.Resolver;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Answers from a table; what is not in it does not exist, and that is secure.
final class FakeResolver implements Resolver {
    private static final Proof PROOF = new Proof(List.of(), Instant.MAX);

    private final Map<Question, Validated<Answer>> answers = new ConcurrentHashMap<>();

    FakeResolver secure(String name, String type, String... data) {
        return with(name, type, new Validated.Secure<>(found(name, type, data), PROOF));
    }

    FakeResolver insecure(String name, String type, String... data) {
        return with(name, type, new Validated.Insecure<>(found(name, type, data), PROOF));
    }

    FakeResolver noSuchName(String name, String type) {
        return with(name, type, new Validated.Secure<>(new Answer.NoSuchName(List.of()), PROOF));
    }

    FakeResolver bogus(String name, String type) {
        return with(name, type, new Validated.Bogus<>(reason(Reason.ExtendedError.DNSSEC_BOGUS)));
    }

    FakeResolver unavailable(String name, String type) {
        return unavailable(name, type, Reason.ExtendedError.NETWORK_ERROR);
    }

    FakeResolver unavailable(String name, String type, Reason.ExtendedError code) {
        return with(name, type, new Validated.Unavailable<>(reason(code)));
    }

    private FakeResolver with(String name, String type, Validated<Answer> answer) {
        answers.put(question(name, type), answer);
        return this;
    }

    @Override
    public Validated<Answer> resolve(Question question) {
        return answers.getOrDefault(question, new Validated.Secure<>(new Answer.NoData(List.of()), PROOF));
    }

    private static Reason reason(Reason.ExtendedError code) {
        return new Reason("192.0.2.53 answered SERVFAIL", code);
    }

    private static Question question(String name, String type) {
        return new Question(DomainName.parse(name), Type.value(type));
    }

    private static Answer found(String name, String type, String... data) {
        int code = Type.value(type);
        Name owner = DomainName.parse(name);
        var records = Arrays.stream(data).map(text -> record(owner, code, text)).toList();
        return new Answer.Found(new RecordSet(owner, code, 300, records), List.of());
    }

    private static Record record(Name owner, int type, String text) {
        try {
            return Record.fromString(owner, type, DClass.IN, 300, text, Name.root);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }
}
