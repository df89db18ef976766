package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.Received;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Record;

/// Someone on the way changes replies as chance wants. Nothing that comes of it may be an exception, nothing may be
/// called secure that the zones do not say, and nothing in a signed zone may be called insecure.
class HostileRepliesTest {
    private static final int ROUNDS = Boolean.getBoolean("danelaw.exam") ? 200_000 : 250;
    private static final List<String> QUESTIONS = List.of(
            "dane.example MX",
            "mail.dane.example A",
            "_25._tcp.mail.dane.example TLSA",
            "_25._tcp.none.dane.example TLSA",
            "alias.dane.example A",
            "foo.wild.dane.example MX",
            "foo.wild.dane.example TXT",
            "www.old.dane.example A",
            "nx.dane.example A",
            "mail.dane.example TXT");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changedRepliesNeverMakeAFalseAnswer(boolean nsec3) {
        long seed = System.nanoTime();
        System.out.println("HostileRepliesTest seed " + seed);
        var random = new Random(seed);
        var zone = ValidatorTest.dane();
        var internet = Internet.at(Look.NOW, nsec3 ? zone.nsec3() : zone, Zone.named("elsewhere.example"));
        var truths = QUESTIONS.stream()
                .collect(Collectors.toMap(
                        line -> line, line -> told(validate(new LabUpstream(internet), internet, line))));
        int stillSecure = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String line = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            var answer = validate(changing(internet, random), internet, line);
            switch (answer) {
                case Validated.Secure<Answer> secure -> {
                    assertThat(told(secure)).as(line).isEqualTo(truths.get(line));
                    stillSecure++;
                }
                case Validated.Insecure<Answer> insecure ->
                    throw new AssertionError(line + " became insecure: " + insecure);
                case Validated.Bogus<Answer>(var reason) ->
                    assertThat(reason.sentence()).isNotEmpty();
                case Validated.Unavailable<Answer>(var reason) ->
                    assertThat(reason.sentence()).isNotEmpty();
            }
        }
        assertThat(stillSecure).as("some changes do no harm, and others do").isBetween(1, ROUNDS - 1);
    }

    private static Validated<Answer> validate(Upstream upstream, Internet internet, String line) {
        String[] words = line.split(" ", -1);
        return Look.validator(upstream, internet, InstantSource.fixed(Look.NOW), ValidationSettings.DEFAULT)
                .validate(Look.question(words[0], words[1]));
    }

    /// What an answer says, without the order of records and without lifetimes.
    private static String told(Validated<Answer> validated) {
        return ((Validated.Secure<Answer>) validated).value() instanceof Answer.Found(var set, var aliases)
                ? new TreeSet<>(set.records().stream()
                                .map(Record::rdataToString)
                                .toList()) + " by " + aliases
                : ((Validated.Secure<Answer>) validated).value().toString();
    }

    private static Upstream changing(Internet internet, Random random) {
        return (question, manner) -> {
            var message = internet.answer(Query.of(question.name(), question.type()));
            byte[] wire = message.toWire();
            boolean bits = random.nextInt(3) == 0;
            if (bits) {
                // The header is the transport's to check.
                wire[12 + random.nextInt(wire.length - 12)] ^= (byte) (1 << random.nextInt(8));
            }
            return switch (Received.of(wire)) {
                case Received.Malformed(var why) ->
                    new Upstream.Asked.Failed(new Reason(why, ExtendedError.INVALID_DATA));
                case Received.Understood understood ->
                    new Upstream.Asked.Replied(changed(understood.replyTo(question), random, internet), "hostile");
            };
        };
    }

    /// Sets dropped, stripped, brought in from the reply to another question, sections exchanged, another RCODE.
    private static Reply changed(Reply reply, Random random, Internet internet) {
        return switch (random.nextInt(9)) {
            case 0 -> new Reply(reply.question(), reply.rcode(), without(reply.answer(), random), reply.authority());
            case 1 -> new Reply(reply.question(), reply.rcode(), reply.answer(), without(reply.authority(), random));
            case 2 -> new Reply(reply.question(), reply.rcode() ^ 3, reply.answer(), reply.authority());
            case 3 -> new Reply(reply.question(), reply.rcode(), stripped(reply.answer(), random), reply.authority());
            case 4 ->
                new Reply(
                        reply.question(),
                        reply.rcode(),
                        List.of(),
                        replayed(random, internet).authority());
            case 5 ->
                new Reply(
                        reply.question(),
                        reply.rcode(),
                        replayed(random, internet).answer(),
                        reply.authority());
            default -> reply;
        };
    }

    private static Reply replayed(Random random, Internet internet) {
        String[] words = QUESTIONS.get(random.nextInt(QUESTIONS.size())).split(" ", -1);
        Question other = Look.question(words[0], words[1]);
        return ((Upstream.Asked.Replied) new LabUpstream(internet).ask(other, Upstream.Manner.FIRST)).reply();
    }

    private static List<SignedSet> without(List<SignedSet> sets, Random random) {
        var fewer = new ArrayList<>(sets);
        Collections.shuffle(fewer, random);
        return fewer.subList(0, fewer.isEmpty() ? 0 : random.nextInt(fewer.size()));
    }

    private static List<SignedSet> stripped(List<SignedSet> sets, Random random) {
        return sets.stream()
                .map(set -> random.nextBoolean() ? new SignedSet(set.set(), List.of()) : set)
                .toList();
    }
}
