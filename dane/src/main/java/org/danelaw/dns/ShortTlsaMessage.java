package org.danelaw.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.UNKRecord;

/// A message with TLSA records that are too short, for which dnsjava refuses the whole: it reads them as records of
/// a type that it knows nothing of, and they become TLSA again afterwards.
///
/// Without this one broken record would make a failed look-up of the whole set, which is safe; but by RFC 6698
/// section 4.1 an unusable record is left out and the others count.
final class ShortTlsaMessage {
    // For private use (RFC 6895 section 3.1); a message that has such records of its own is not helped.
    private static final int STAND_IN = 65_280;
    private static final int HEADER_OCTETS = 12;
    private static final int POINTER = 0xc0;

    private final ByteBuffer octets;
    private boolean standsIn;

    private ShortTlsaMessage(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets.clone());
    }

    /// Reads what dnsjava refused.
    ///
    /// @throws IOException if there is no such record, or something else is broken
    /// @throws RuntimeException likewise
    static Message read(byte[] octets) throws IOException {
        return new ShortTlsaMessage(octets).read();
    }

    private Message read() throws IOException {
        int questions = count(4);
        int records = count(6) + count(8) + count(10);
        octets.position(HEADER_OCTETS);
        for (int i = 0; i < questions; i++) {
            skipName();
            skip(2 + 2);
        }
        for (int i = 0; i < records; i++) {
            skipName();
            disguiseRecord();
        }
        if (!standsIn) {
            throw new IOException("no TLSA record is too short");
        }
        return undisguised(new Message(octets.array()));
    }

    private int count(int at) {
        return Short.toUnsignedInt(octets.getShort(at));
    }

    private void skip(int more) {
        octets.position(octets.position() + more);
    }

    private void skipName() {
        // Bounded by the message's end.
        while (true) {
            int length = Byte.toUnsignedInt(octets.get());
            if (length == 0) {
                return;
            }
            if ((length & POINTER) == POINTER) {
                skip(1);
                return;
            }
            skip(length);
        }
    }

    private void disguiseRecord() throws IOException {
        int at = octets.position();
        int type = Short.toUnsignedInt(octets.getShort());
        int dclass = Short.toUnsignedInt(octets.getShort());
        skip(4);
        int length = Short.toUnsignedInt(octets.getShort());
        skip(length);
        if (type == STAND_IN) {
            throw new IOException("a record of type " + STAND_IN);
        }
        if (type == Type.TLSA && dclass == DClass.IN && length < ShortTlsaRecord.WHOLE) {
            octets.putShort(at, (short) STAND_IN);
            standsIn = true;
        }
    }

    private static Message undisguised(Message message) {
        for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
            List<Record> records = message.getSection(section);
            message.removeAllRecords(section);
            for (Record record : records) {
                message.addRecord(undisguised(record), section);
            }
        }
        return message;
    }

    private static Record undisguised(Record record) {
        return record instanceof UNKRecord unknown && unknown.getType() == STAND_IN
                ? new ShortTlsaRecord(unknown.getName(), unknown.getTTL(), unknown.getData())
                : record;
    }
}
