package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.resolver.Query.Kind.CHECKED;
import static org.danelaw.resolver.Query.Kind.PLAIN;
import static org.danelaw.resolver.Query.Kind.UNCHECKED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.danelaw.dns.Question;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One server and its whims: whatever it does, a question ends within its deadline and takes no wrong answer.
class UpstreamServerTest {
    private static final Question QUESTION = new Question(Name.fromConstantString("mail.danelaw.example."), Type.A);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aGoodAnswerIsHeard() {
        try (var server = FakeServer.good()) {
            assertThat(answers(ask(server))).isEqualTo(1);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    @Rule("A15")
    void aQuestionCarriesRecursionDesiredDnssecOkAndCheckingDisabled() {
        Message query = queryOf(UNCHECKED);

        assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(query.getHeader().getFlag(Flags.CD)).isTrue();
        assertThat(query.getHeader().getFlag(Flags.AD)).isFalse();
        OPTRecord options = query.getOPT();
        assertThat(options.getPayloadSize()).isEqualTo(1232);
        assertThat(options.getFlags() & 0x8000).as("DO").isNotZero();
        assertThat(query.getQuestion().getName()).isEqualTo(QUESTION.name());
        assertThat(query.getQuestion().getType()).isEqualTo(Type.A);
    }

    @Test
    @Rule("A15")
    void theSecondAskingLetsTheServerCheck() {
        Message query = queryOf(CHECKED);

        assertThat(query.getHeader().getFlag(Flags.CD)).isFalse();
        assertThat(query.getOPT().getFlags() & 0x8000).as("DO").isNotZero();
    }

    @Test
    void aPlainQuestionIsAsItWasBeforeEdns() {
        Message query = queryOf(PLAIN);

        assertThat(query.getOPT()).isNull();
        assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(query.getHeader().getFlag(Flags.CD)).isFalse();
    }

    private static Message queryOf(Query.Kind kind) {
        try (var server = FakeServer.good();
                var upstream = upstream(server)) {
            upstream.server.ask(QUESTION, kind, PATIENCE, Deadline.in(PATIENCE));
            return server.datagrams().getFirst();
        }
    }

    @Test
    void idsPortsAndLettersDiffer() {
        int many = 200;
        try (var server = FakeServer.good();
                var upstream = upstream(server)) {
            for (int i = 0; i < many; i++) {
                upstream.ask(PATIENCE);
            }
            var ids = new HashSet<Integer>();
            var spellings = new HashSet<String>();
            server.datagrams().forEach(query -> {
                ids.add(query.getHeader().getID());
                spellings.add(query.getQuestion().getName().toString());
            });
            assertThat(ids.size()).isGreaterThan(many * 9 / 10);
            assertThat(spellings.size()).isGreaterThan(many * 9 / 10);
            assertThat(new HashSet<>(server.clients()).size())
                    .as("a port carries at most 24 queries")
                    .isGreaterThanOrEqualTo(many / 24);
        }
    }

    @Test
    void theNamesOfAnAnswerComeInTheCaseInWhichWeAsked() {
        try (var server = FakeServer.good()) {
            var reply = ((Heard.Message) ask(server)).received().replyTo(QUESTION);

            assertThat(reply.answer().getFirst().set().owner().toString())
                    .isEqualTo(QUESTION.name().toString());
        }
    }

    @Test
    void aReplyWithAWrongIdIsPassedOver() {
        passesOver(query -> {
            byte[] wrong = FakeServer.answer(query);
            wrong[1] ^= 1;
            return wrong;
        });
    }

    @Test
    void aReplyToAnotherNameIsPassedOver() {
        passesOver(query -> otherQuestion(query, Name.fromConstantString("evil.danelaw.example."), Type.A));
    }

    @Test
    void aReplyForAnotherTypeIsPassedOver() {
        passesOver(query ->
                otherQuestion(query, FakeServer.parse(query).getQuestion().getName(), Type.AAAA));
    }

    @Test
    void anEchoOfTheQueryIsPassedOver() {
        passesOver(byte[]::clone);
    }

    @Test
    void garbageIsPassedOver() {
        passesOver(_ -> new byte[] {1, 2, 3});
    }

    private static byte[] otherQuestion(byte[] query, Name name, int type) {
        return FakeServer.reply(query, message -> {
            message.removeAllRecords(Section.QUESTION);
            message.addRecord(Record.newRecord(name, type, 1), Section.QUESTION);
        });
    }

    /// A wrong reply, then the right one: the right one is taken, and the port is not used again.
    private static void passesOver(FakeServer.Transform wrong) {
        try (var server = FakeServer.onUdp((query, back) -> {
                    back.send(wrong.of(query));
                    back.send(FakeServer.answer(query));
                });
                var upstream = upstream(server)) {
            assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);
            assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);

            assertThat(server.connections()).isZero();
            assertThat(new HashSet<>(server.clients())).hasSize(2);
        }
    }

    @Test
    void whatComesFromAnotherAddressIsNotEvenHeard() throws Exception {
        try (var forger = new DatagramSocket();
                var server = FakeServer.silent();
                var upstream = upstream(server);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heard = threads.submit(() -> upstream.ask(Duration.ofSeconds(2)));
            while (server.clients().isEmpty()) {
                Thread.onSpinWait();
            }
            byte[] forged = FakeServer.answer(server.datagrams().getFirst().toWire());
            forger.send(
                    new DatagramPacket(forged, forged.length, server.clients().getFirst()));

            assertThat(heard.get()).isInstanceOf(Heard.Silence.class);
        }
    }

    @Test
    void aFloodOfForgedRepliesIsEscapedOverTcp() {
        try (var server = FakeServer.onUdp((query, back) -> {
            for (int i = 0; i < 10 * UpstreamServer.MOST_WRONG_REPLIES; i++) {
                byte[] wrong = FakeServer.answer(query);
                wrong[0] ^= (byte) (i + 1);
                back.send(wrong);
            }
        })) {
            assertThat(answers(ask(server))).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aReplyInAnotherCaseIsCheckedOverTcp() {
        try (var server = FakeServer.onUdp((query, back) -> back.send(FakeServer.answer(inLowerCase(query))));
                var upstream = upstream(server)) {
            assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);

            assertThat(server.connections()).isEqualTo(1);
            assertThat(upstream.server.casing())
                    .as("over TCP the server kept it, so the other reply was forged")
                    .isEqualTo(Query.Casing.RANDOM);
        }
    }

    @Test
    void aServerThatDoesNotKeepCaseIsRememberedAndAskedWithoutIt() {
        try (var server = FakeServer.with(
                        (query, back) -> back.send(FakeServer.answer(inLowerCase(query))),
                        FakeServer.answering(query -> FakeServer.answer(inLowerCase(query))));
                var upstream = upstream(server)) {
            assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);
            assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);

            assertThat(upstream.server.casing()).isEqualTo(Query.Casing.AS_ASKED);
            assertThat(server.connections()).as("only to find out").isEqualTo(1);
        }
    }

    @Test
    void withoutTcpAChangedCaseIsNotBelievedButLaterQuestionsDoWithoutIt() {
        try (var server = FakeServer.with(
                        (query, back) -> back.send(FakeServer.answer(inLowerCase(query))), Socket::close);
                var upstream = upstream(server)) {
            assertThat(upstream.ask(PATIENCE)).isInstanceOf(Heard.Broken.class);
            assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);
        }
    }

    /// The query with its name as we were asked, so that its answer repeats that.
    private static byte[] inLowerCase(byte[] query) {
        byte[] lower = query.clone();
        System.arraycopy(QUESTION.name().toWire(), 0, lower, 12, QUESTION.name().length());
        return lower;
    }

    @Test
    @Rule("A15")
    void aTruncatedReplyIsAskedForOverTcpOnAConnectionThatIsUsedAgain() {
        try (var server = FakeServer.onTcp(FakeServer.answering());
                var upstream = upstream(server)) {
            for (int i = 0; i < 5; i++) {
                assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsOpenedAnew() {
        try (var server = FakeServer.onTcp(connection ->
                        FakeServer.sendFramed(connection, FakeServer.answer(FakeServer.readFramed(connection))));
                var upstream = upstream(server)) {
            for (int i = 0; i < 5; i++) {
                assertThat(answers(upstream.ask(PATIENCE))).isEqualTo(1);
            }
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @Test
    void aMalformedReplyIsAskedForOverTcp() {
        try (var server = FakeServer.onUdp((query, back) -> {
            byte[] answer = FakeServer.answer(query);
            back.send(Arrays.copyOf(answer, answer.length - 15));
        })) {
            assertThat(answers(ask(server))).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anOversizedDatagramIsAskedForOverTcp() {
        try (var server =
                FakeServer.onUdp((query, back) -> back.send(Arrays.copyOf(FakeServer.answer(query), 20_000)))) {
            assertThat(answers(ask(server))).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoIsTruncatedForEverIsBroken() {
        try (var server = FakeServer.onTcp(FakeServer.answering(FakeServer::truncated))) {
            assertThat(why(ask(server))).isEqualTo("sends truncated replies even over TCP");
        }
    }

    @Test
    void aSilentServerIsSilentForTheTimeThatItWasGiven() {
        try (var server = FakeServer.silent();
                var upstream = upstream(server)) {
            assertThat(upstream.ask(SHORT)).isInstanceOf(Heard.Silence.class);
            assertThat(server.datagrams()).as("asked once").hasSize(1);
        }
    }

    @Test
    void whereNobodyListensIsToldAtOnce() {
        try (var server = FakeServer.good();
                var upstream = upstream(server)) {
            server.stop();
            assertThat(why(upstream.ask(PATIENCE))).isEqualTo("cannot be reached: nobody listens there");
        }
    }

    @Test
    void aTcpServerThatStallsEndsAtTheDeadline() {
        try (var server =
                FakeServer.onTcp(connection -> connection.getInputStream().readAllBytes())) {
            assertThat(whyWithin(SHORT, server))
                    .startsWith("truncates its reply over UDP and does not answer over TCP");
        }
    }

    @Test
    void aTcpConnectionThatIsClosedHalfWayIsBroken() {
        try (var server = FakeServer.onTcp(connection -> {
            byte[] answer = FakeServer.answer(FakeServer.readFramed(connection));
            connection.getOutputStream().write(new byte[] {0, (byte) answer.length});
            connection.getOutputStream().write(answer, 0, answer.length / 2);
        })) {
            assertThat(why(ask(server))).contains("closed before the reply was complete");
        }
    }

    @Test
    void aReplyThatComesOctetByOctetIsPutTogether() {
        try (var server = FakeServer.onTcp(connection -> {
            byte[] answer = FakeServer.answer(FakeServer.readFramed(connection));
            connection.setTcpNoDelay(true);
            connection.getOutputStream().write(0);
            connection.getOutputStream().write(answer.length);
            for (byte octet : answer) {
                connection.getOutputStream().write(octet);
            }
        })) {
            assertThat(answers(ask(server))).isEqualTo(1);
        }
    }

    @Test
    void aReplyThatDripsIsGivenUpAtTheDeadline() {
        var dripping = new CountDownLatch(1);
        try (var server = FakeServer.onTcp(connection -> {
            FakeServer.readFramed(connection);
            connection.getOutputStream().write(new byte[] {0, (byte) 200});
            try {
                while (!dripping.await(20, TimeUnit.MILLISECONDS)) {
                    connection.getOutputStream().write(0);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThat(whyWithin(Duration.ofMillis(500), server)).contains("does not answer over TCP");
            dripping.countDown();
        }
    }

    @Test
    void aReplyToAnotherQuestionOverTcpIsBroken() {
        try (var server = FakeServer.onTcp(FakeServer.answering(
                query -> otherQuestion(query, Name.fromConstantString("evil.danelaw.example."), Type.A)))) {
            assertThat(why(ask(server))).contains("no reply to the question");
        }
    }

    @Test
    void anEmptyMessageOverTcpIsBroken() {
        try (var server = FakeServer.onTcp(FakeServer.answering(_ -> new byte[0]))) {
            assertThat(why(ask(server))).contains("no reply to the question");
        }
    }

    @Test
    void theLongestMessageOverTcpIsRead() {
        try (var server =
                FakeServer.onTcp(FakeServer.answering(query -> Arrays.copyOf(FakeServer.answer(query), 65_535)))) {
            // What follows the records is no part of them.
            assertThat(answers(ask(server))).isEqualTo(1);
        }
    }

    @Test
    void aRefusalWithoutAQuestionIsTakenForAReplyOnlyIfTheQuestionWasNotUnderstood() {
        try (var server = FakeServer.onUdp((query, back) -> {
            back.send(withoutQuestion(query, Rcode.SERVFAIL));
            back.send(withoutQuestion(query, Rcode.FORMERR));
        })) {
            assertThat(((Heard.Message) ask(server)).rcode()).isEqualTo(Rcode.FORMERR);
        }
    }

    private static byte[] withoutQuestion(byte[] query, int rcode) {
        return FakeServer.reply(query, message -> {
            message.removeAllRecords(Section.QUESTION);
            message.getHeader().setRcode(rcode);
        });
    }

    @Test
    void randomDamageNeverThrowsAndNeverPasses() {
        long seed = System.nanoTime();
        System.out.println("UpstreamServerTest seed " + seed);
        var random = new Random(seed);
        var query = new Query(QUESTION, UNCHECKED, Query.Casing.RANDOM);
        byte[] good = FakeServer.answer(query.octets());
        int questionEnd = 12 + QUESTION.name().length() + 4;
        for (int i = 0; i < 100_000; i++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int n = random.nextInt(3); n > 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            if (query.compare(damaged, damaged.length) == Query.Likeness.REPLY && (damaged[3] & 15) != Rcode.FORMERR) {
                assertThat(damaged).startsWith(query.octets()[0], query.octets()[1]);
                assertThat(Arrays.copyOfRange(damaged, 12, questionEnd))
                        .isEqualTo(Arrays.copyOfRange(query.octets(), 12, questionEnd));
            }
        }
    }

    @Test
    void aHundredQuestionsAtOnceEachGetTheirOwnAnswer() throws Exception {
        try (var server = FakeServer.good();
                var upstream = upstream(server);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heard = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> upstream.server.ask(
                            new Question(Name.fromConstantString("n" + i + ".example."), Type.A),
                            UNCHECKED,
                            PATIENCE,
                            Deadline.in(PATIENCE))))
                    .toList();
            for (int i = 0; i < heard.size(); i++) {
                var reply = ((Heard.Message) heard.get(i).get()).received().message();
                assertThat(reply.getSection(Section.ANSWER).getFirst().getName().toString())
                        .isEqualTo("n" + i + ".example.");
            }
        }
    }

    @Test
    void anInterruptedQuestionEndsAtOnce() throws Exception {
        try (var server = FakeServer.silent();
                var upstream = upstream(server)) {
            var heard = new AtomicReference<Heard>();
            Thread asking = Thread.ofVirtual().start(() -> heard.set(upstream.ask(Duration.ofMinutes(10))));
            while (server.datagrams().isEmpty()) {
                Thread.onSpinWait();
            }
            asking.interrupt();
            asking.join();

            assertThat(heard.get()).isInstanceOf(Heard.Broken.class);
        }
    }

    private static Heard ask(FakeServer server) {
        try (var upstream = upstream(server)) {
            return upstream.ask(PATIENCE);
        }
    }

    private static int answers(Heard heard) {
        return ((Heard.Message) heard)
                .received()
                .message()
                .getSection(Section.ANSWER)
                .size();
    }

    private static String why(Heard heard) {
        return ((Heard.Broken) heard).why();
    }

    private static String whyWithin(Duration deadline, FakeServer server) {
        try (var upstream = upstream(server)) {
            return why(upstream.server.ask(QUESTION, UNCHECKED, deadline, Deadline.in(deadline)));
        }
    }

    private static Asker upstream(FakeServer server) {
        return new Asker(new UpstreamServer(server.server()));
    }

    private record Asker(UpstreamServer server) implements AutoCloseable {
        Heard ask(Duration patience) {
            return server.ask(QUESTION, UNCHECKED, patience, Deadline.in(patience.plus(patience)));
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
