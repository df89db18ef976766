package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.Received;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Budget;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// Someone on the way changes replies as chance wants. Nothing that comes of it may be an exception, nothing may be
/// called secure that the zones do not say, nothing in a signed zone may be called insecure, and no reply may cause
/// more questions than one question's budget.
class HostileRepliesTest {
    /// Some kilobytes of replies, parsed and proved, for as many questions as the budget allows.
    private static final long MOST_OCTETS = 64L << 20;

    private static final InstantSource CLOCK = InstantSource.fixed(Look.NOW);

    private static final List<Question> QUESTIONS = List.of(
            Look.question("dane.example", "MX"),
            Look.question("mail.dane.example", "A"),
            Look.question("_25._tcp.mail.dane.example", "TLSA"),
            Look.question("_25._tcp.none.dane.example", "TLSA"),
            Look.question("alias.dane.example", "A"),
            Look.question("foo.wild.dane.example", "MX"),
            Look.question("foo.wild.dane.example", "TXT"),
            Look.question("www.old.dane.example", "A"),
            Look.question("nx.dane.example", "A"),
            Look.question("mail.dane.example", "TXT"));

    @Test
    void noChangedReplyMakesAFalseAnswer() throws InterruptedException {
        var places = List.of(
                new Place(ValidatorTest.dane()), new Place(ValidatorTest.dane().nsec3()));
        // Some changes do no harm, and others do.
        new Fuzz("fuzz-dns-replies", MOST_OCTETS)
                .run(
                        random -> places.get(random.nextInt(places.size())).tried(random),
                        "secure",
                        "bogus",
                        "unavailable");
    }

    /// Zones, what is true in them, and the replies that say so.
    private static final class Place {
        private final Internet internet;
        private final Map<Question, byte[]> messages = new HashMap<>();
        private final Zones walked = new Zones(CLOCK);
        private final Map<Question, String> truths;

        Place(Zone zone) {
            internet = Internet.at(Look.NOW, zone, Zone.named("elsewhere.example"));
            var honest = validator(new LabUpstream(internet), walked);
            truths = QUESTIONS.stream().collect(Collectors.toMap(each -> each, each -> told(honest.validate(each))));
        }

        private Validator validator(Upstream upstream, Zones zones) {
            return Look.validator(upstream, internet, zones, CLOCK, ValidationSettings.DEFAULT);
        }

        String tried(RandomGenerator random) {
            Question question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            var upstream = new Changing(this, random);
            // Where the zones are known already all damage is at the answer itself.
            var zones = random.nextInt(4) == 0 ? new Zones(CLOCK) : walked.copy();
            return switch (validator(upstream, zones).validate(question)) {
                case Validated.Secure<Answer> secure -> {
                    assertThat(told(secure)).as(question.toString()).isEqualTo(truths.get(question));
                    yield "secure";
                }
                case Validated.Insecure<Answer> insecure ->
                    throw new AssertionError(question + " became insecure: " + insecure);
                case Validated.Bogus<Answer>(var reason) -> {
                    assertThat(reason.sentence()).isNotEmpty();
                    yield "bogus";
                }
                case Validated.Unavailable<Answer>(var reason) -> {
                    assertThat(reason.sentence()).isNotEmpty();
                    yield "unavailable";
                }
            };
        }

        /// The honest reply's octets, with an id of zero.
        byte[] message(Question question) {
            return messages.computeIfAbsent(question, asked -> {
                var message = internet.answer(org.danelaw.lab.world.Query.of(asked.name(), asked.type()));
                message.getHeader().setID(0);
                return message.toWire();
            });
        }
    }

    /// What an answer says, without the order of records and lifetimes, and without the case of letters, which nobody
    /// signs (RFC 4034 section 6.2).
    private static String told(Validated<Answer> validated) {
        return spelled(validated).toLowerCase(Locale.ROOT);
    }

    private static String spelled(Validated<Answer> validated) {
        return ((Validated.Secure<Answer>) validated).value() instanceof Answer.Found(var set, var aliases)
                ? new TreeSet<>(set.records().stream()
                                .map(Record::rdataToString)
                                .toList()) + " by " + aliases
                : ((Validated.Secure<Answer>) validated).value().toString();
    }

    /// The place's replies, most of them damaged: as octets, which are then read as a server's are, and as sets.
    private static final class Changing implements Upstream {
        private final Place place;
        private final RandomGenerator random;
        private int asked;

        Changing(Place place, RandomGenerator random) {
            this.place = place;
            this.random = random;
        }

        @Override
        public Asked ask(Question question, Manner manner) {
            assertThat(++asked).as("queries for one question").isLessThanOrEqualTo(Budget.QUERIES_A_QUESTION);
            byte[] good = place.message(question);
            byte[] sent = random.nextBoolean() ? Damaged.octets(good, random) : good.clone();
            var query = new Query(question, Query.Kind.UNCHECKED, Query.Casing.AS_ASKED);
            if (sent.length > 1) {
                System.arraycopy(query.octets(), 0, sent, 0, 2);
            }
            return query.compare(sent, sent.length) == Query.Likeness.REPLY && !Query.isTruncated(sent)
                    ? read(question, query.inOwnCase(sent, sent.length))
                    : failed("it is not the answer");
        }

        private Asked read(Question question, byte[] octets) {
            return switch (Received.of(octets)) {
                case Received.Understood understood
                when understood.message().getRcode() == Rcode.NOERROR
                        || understood.message().getRcode() == Rcode.NXDOMAIN ->
                    new Asked.Replied(changed(understood.replyTo(question)), "hostile");
                case Received.Understood _ -> failed("it answers an error");
                case Received.Malformed(var why) -> failed(why);
            };
        }

        private static Asked failed(String why) {
            return new Asked.Failed(new Reason(why, ExtendedError.INVALID_DATA));
        }

        /// Sets dropped, stripped, brought in from the reply to another question, sections exchanged, another RCODE.
        private Reply changed(Reply reply) {
            return switch (random.nextInt(12)) {
                case 0 -> with(reply, without(reply.answer()), reply.authority());
                case 1 -> with(reply, reply.answer(), without(reply.authority()));
                case 2 -> new Reply(reply.question(), reply.rcode() ^ 3, reply.answer(), reply.authority());
                case 3 -> with(reply, stripped(reply.answer()), reply.authority());
                case 4 -> with(reply, List.of(), replayed().authority());
                case 5 -> with(reply, replayed().answer(), reply.authority());
                default -> reply;
            };
        }

        private static Reply with(Reply reply, List<SignedSet> answer, List<SignedSet> authority) {
            return new Reply(reply.question(), reply.rcode(), answer, authority);
        }

        private Reply replayed() {
            Question other = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            return ((Received.Understood) Received.of(place.message(other))).replyTo(other);
        }

        private List<SignedSet> without(List<SignedSet> sets) {
            var fewer = new ArrayList<>(sets);
            for (int gone = fewer.isEmpty() ? 0 : 1 + random.nextInt(fewer.size()); gone > 0; gone--) {
                fewer.remove(random.nextInt(fewer.size()));
            }
            return fewer;
        }

        private List<SignedSet> stripped(List<SignedSet> sets) {
            return sets.stream()
                    .map(set -> random.nextBoolean() ? new SignedSet(set.set(), List.of()) : set)
                    .toList();
        }
    }
}
