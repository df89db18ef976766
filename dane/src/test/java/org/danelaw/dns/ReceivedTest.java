package org.danelaw.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class ReceivedTest {
    private static final Name OWNER = Name.fromConstantString("danelaw.example.");
    private static final Question MX = new Question(OWNER, Type.MX);

    @Test
    void aReplyHasItsSetsInOrderEachWithItsOwnSignatures() {
        var message = message(mx("a.example.", 300), text(), signature(Type.MX), mx("b.example.", 60));

        var reply = replyTo(message);

        assertThat(reply.answer()).hasSize(2);
        assertThat(reply.answer().getFirst().set().records()).hasSize(2);
        assertThat(reply.answer().getFirst().signatures()).hasSize(1);
        assertThat(reply.answer().getLast().signatures()).isEmpty();
    }

    @Test
    void theLeastTtlOfASetCounts() {
        assertThat(replyTo(message(mx("a.example.", 300), mx("b.example.", 60)))
                        .answer()
                        .getFirst()
                        .set()
                        .ttlSeconds())
                .isEqualTo(60);
    }

    @Test
    void aTtlWithItsHighestBitSetIsZero() {
        var message = message(mx("a.example.", 300)).toWire();
        // The TTL follows the answer's compressed owner, type and class, behind header and question.
        int ttl = 12 + OWNER.length() + 4 + 2 + 4;
        message[ttl] = (byte) 0x80;

        assertThat(((Received.Understood) Received.of(message))
                        .replyTo(MX)
                        .answer()
                        .getFirst()
                        .set()
                        .ttlSeconds())
                .isZero();
    }

    @Test
    void aRecordThatComesTwiceCountsOnce() {
        assertThat(replyTo(message(mx("a.example.", 300), mx("A.example.", 300)))
                        .answer()
                        .getFirst()
                        .set()
                        .records())
                .hasSize(1);
    }

    @Test
    void aSignatureWithoutItsSetIsDropped() {
        assertThat(replyTo(message(signature(Type.A))).answer()).isEmpty();
    }

    @Test
    void recordsOfOtherClassesAreDropped() {
        assertThat(replyTo(message(new TXTRecord(OWNER, DClass.CHAOS, 0, "hello")))
                        .answer())
                .isEmpty();
    }

    @Test
    void damagedOctetsAreAValueNeverAnException() {
        long seed = System.nanoTime();
        System.out.println("ReceivedTest seed " + seed);
        var random = new Random(seed);
        byte[] good = message(
                        mx("a.example.", 300),
                        signature(Type.MX),
                        new NSEC3Record(OWNER, DClass.IN, 60, 1, 1, 0, new byte[4], new byte[20], new int[] {Type.MX}))
                .toWire();
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = damage(good, random);
            switch (Received.of(damaged)) {
                case Received.Understood message -> {
                    assertThat(message.replyTo(MX).question()).isEqualTo(MX);
                    understood++;
                }
                case Received.Malformed(var why) -> assertThat(why).isNotEmpty();
            }
        }
        assertThat(understood).as("some damage leaves a message").isPositive();
    }

    private static byte[] damage(byte[] good, Random random) {
        byte[] damaged =
                random.nextInt(8) == 0 ? java.util.Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
        for (int n = random.nextInt(4); n >= 0 && damaged.length > 0; n--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static Reply replyTo(Message message) {
        return ((Received.Understood) Received.of(message.toWire())).replyTo(MX);
    }

    private static Message message(Record... answer) {
        var message = Message.newQuery(Record.newRecord(OWNER, Type.MX, DClass.IN));
        message.getHeader().setFlag(Flags.QR);
        for (Record record : answer) {
            message.addRecord(record, Section.ANSWER);
        }
        return message;
    }

    private static Record mx(String host, long ttl) {
        return new MXRecord(OWNER, DClass.IN, ttl, 10, Name.fromConstantString(host));
    }

    private static Record text() {
        return new TXTRecord(OWNER, DClass.IN, 300, "v=spf1 -all");
    }

    private static Record signature(int covered) {
        return new RRSIGRecord(
                OWNER, DClass.IN, 300, covered, 13, 300, Instant.EPOCH, Instant.EPOCH, 1, OWNER, new byte[64]);
    }
}
