package org.danelaw.resolver;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.danelaw.dns.Question;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// One question as it goes over the wire, once: with an id that cannot be guessed, and letters in random case
/// that a reply has to repeat (RFC 5452 section 9.1; "0x20").
///
/// It is written and compared as octets: this is the hot path of a look-up, and a reply to another question
/// is never parsed.
final class Query {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HEADER = 12;
    private static final int OPT = 11;
    // What fits into one datagram on nearly every path (DNS flag day 2020).
    private static final int UDP_PAYLOAD = 1232;
    private static final int DO = 0x8000;
    private static final int RD = 0x0100;
    private static final int CD = 0x0010;
    private static final int QR = 0x8000;
    private static final int TC = 0x0200;
    private static final int OPCODE = 0x7800;
    private static final int RCODE = 0x000f;

    private final byte[] name;
    private final byte[] octets;
    private final int questionEnd;

    /// What is asked for besides the records.
    enum Kind {
        /// Signatures, and whatever a server has, even where it thinks it bogus (RFC 6840 section 5.9).
        UNCHECKED(CD, true),
        /// Signatures; a server that validates does so, and looks again elsewhere before it gives up (rule
        /// A15).
        CHECKED(0, true),
        /// The records alone, as before EDNS: for servers that cannot do DNSSEC.
        PLAIN(0, false);

        private final int flags;
        private final boolean edns;

        Kind(int flags, boolean edns) {
            this.flags = RD | flags;
            this.edns = edns;
        }
    }

    /// Whether the letters of the name are sent in random case.
    enum Casing {
        RANDOM,
        AS_ASKED
    }

    /// How far a message answers this query.
    enum Likeness {
        REPLY,
        /// A reply but for the case of its letters: forged, or from a server that does not keep case.
        OTHER_CASE,
        FOREIGN
    }

    Query(Question question, Kind kind, Casing casing) {
        name = question.name().toWire();
        questionEnd = HEADER + name.length + 4;
        byte[] random = new byte[2 + name.length];
        RANDOM.nextBytes(random);
        var message = ByteBuffer.allocate(questionEnd + (kind.edns ? OPT : 0));
        message.put(random, 0, 2).putShort((short) kind.flags);
        message.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) (kind.edns ? 1 : 0));
        message.put(casing == Casing.RANDOM ? inRandomCase(name, random) : name);
        message.putShort((short) question.type()).putShort((short) DClass.IN);
        if (kind.edns) {
            message.put((byte) 0).putShort((short) Type.OPT).putShort((short) UDP_PAYLOAD);
            message.putShort((short) 0).putShort((short) DO).putShort((short) 0);
        }
        octets = message.array();
    }

    private static byte[] inRandomCase(byte[] name, byte[] random) {
        byte[] mixed = name.clone();
        for (int i = 0; i < mixed.length; i++) {
            // The octets that count a label's letters are below 64, so they are never taken for letters.
            if (isLetter(mixed[i]) && random[2 + i] < 0) {
                mixed[i] ^= 0x20;
            }
        }
        return mixed;
    }

    byte[] octets() {
        return octets;
    }

    /// How far the first `length` octets of `message` answer this query: by id, question and the letters'
    /// case (RFC 5452 section 4). Whom it came from, the socket has checked.
    Likeness compare(byte[] message, int length) {
        if (length < HEADER || !isReplyWithOurId(message)) {
            return Likeness.FOREIGN;
        }
        int questions = unsigned(message, 4);
        if (questions == 0 && (unsigned(message, 2) & RCODE) == Rcode.FORMERR) {
            // Who could not read the question cannot repeat it.
            return Likeness.REPLY;
        }
        if (questions != 1 || length < questionEnd) {
            return Likeness.FOREIGN;
        }
        if (Arrays.equals(octets, HEADER, questionEnd, message, HEADER, questionEnd)) {
            return Likeness.REPLY;
        }
        return isSameButForCase(message) ? Likeness.OTHER_CASE : Likeness.FOREIGN;
    }

    private boolean isReplyWithOurId(byte[] message) {
        int flags = unsigned(message, 2);
        return message[0] == octets[0] && message[1] == octets[1] && (flags & QR) != 0 && (flags & OPCODE) == 0;
    }

    private boolean isSameButForCase(byte[] message) {
        for (int i = HEADER; i < questionEnd; i++) {
            boolean inName = i < questionEnd - 4;
            if (message[i] != octets[i] && !(inName && isLetter(octets[i]) && (message[i] ^ octets[i]) == 0x20)) {
                return false;
            }
        }
        return true;
    }

    static boolean isTruncated(byte[] reply) {
        return (unsigned(reply, 2) & TC) != 0;
    }

    /// A copy of the first `length` octets of a reply, its question in the case in which it was asked of us:
    /// the names that point there (RFC 1035 section 4.1.4) come out as they are usually written.
    byte[] inOwnCase(byte[] reply, int length) {
        byte[] copy = Arrays.copyOf(reply, length);
        if (unsigned(copy, 4) == 1) {
            System.arraycopy(name, 0, copy, HEADER, name.length);
        }
        return copy;
    }

    private static boolean isLetter(byte octet) {
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static int unsigned(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
    }
}
