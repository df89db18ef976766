package org.danelaw.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
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
    @Rule("C2")
    void aTlsaRecordThatIsTooShortLeavesItsMessageAndTheOtherRecordsWhole() {
        var name = Name.fromConstantString("_25._tcp.mx.danelaw.example.");
        var good = new TLSARecord(name, DClass.IN, 60, 3, 1, 1, new byte[32]);
        for (int octets = 0; octets < 3; octets++) {
            var tooShort = new ShortTlsaRecord(name, 60, new byte[octets]);
            var reply = replyTo(message(good, tooShort, mx("a.example.", 300)));
            assertThat(reply.answer()).hasSize(2);
            assertThat(reply.answer().getFirst().set().type()).isEqualTo(Type.TLSA);
            assertThat(reply.answer().getFirst().set().records())
                    .extracting(Record::rdataToWireCanonical)
                    .containsExactly(good.rdataToWireCanonical(), new byte[octets]);
        }
    }

    @Test
    void aBrokenRecordBesideATooShortOneIsStillNoMessage() {
        var message = message(new ShortTlsaRecord(OWNER, 60, new byte[1]), address());
        byte[] octets = message.toWire();
        // The length of the address, which is the last record.
        octets[octets.length - 5] = 3;
        assertThat(Received.of(Arrays.copyOf(octets, octets.length - 1))).isInstanceOf(Received.Malformed.class);
    }

    @Test
    void aRecordOfTheTypeThatStandsInNeverBecomesTlsa() {
        var stranger = Record.newRecord(OWNER, 65_280, DClass.IN, 60, new byte[2]);
        assertThat(replyTo(message(stranger)).answer().getFirst().set().type()).isEqualTo(65_280);
        var both = message(stranger, new ShortTlsaRecord(OWNER, 60, new byte[2]));
        assertThat(Received.of(both.toWire())).isInstanceOf(Received.Malformed.class);
    }

    @Test
    void damagedOctetsAreAValueNeverAnException() throws InterruptedException {
        byte[] good = message(
                        mx("a.example.", 300),
                        signature(Type.MX),
                        new TLSARecord(OWNER, DClass.IN, 60, 3, 1, 1, new byte[1]),
                        new ShortTlsaRecord(OWNER, 60, new byte[2]),
                        new NSEC3Record(OWNER, DClass.IN, 60, 1, 1, 0, new byte[4], new byte[20], new int[] {Type.MX}))
                .toWire();
        // Some octets more or less, read into records once.
        new Fuzz("fuzz-dns-messages", 1 << 20)
                .run(random -> tried(Damaged.octets(good, random)), "understood", "malformed");
    }

    private static String tried(byte[] octets) {
        return switch (Received.of(octets)) {
            case Received.Understood message -> {
                assertThat(message.replyTo(MX).question()).isEqualTo(MX);
                yield "understood";
            }
            case Received.Malformed(var why) -> {
                assertThat(why).isNotEmpty();
                yield "malformed";
            }
        };
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

    private static Record address() {
        return new ARecord(OWNER, DClass.IN, 60, InetAddress.ofLiteral("127.0.0.2"));
    }

    private static Record text() {
        return new TXTRecord(OWNER, DClass.IN, 300, "v=spf1 -all");
    }

    private static Record signature(int covered) {
        return new RRSIGRecord(
                OWNER, DClass.IN, 300, covered, 13, 300, Instant.EPOCH, Instant.EPOCH, 1, OWNER, new byte[64]);
    }
}
