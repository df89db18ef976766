package org.danelaw.dnssec;

import java.util.Arrays;
import org.danelaw.dns.RecordSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A record set as its signer saw it (RFC 4034 section 6): names in lower case, records in order, none twice. Made once
/// for a set, however many signatures it has.
final class CanonicalForm {
    private static final int RRSIG_FIXED_OCTETS = 18;
    private static final int RECORD_FIXED_OCTETS = 10;

    private final RecordSet set;
    private final byte[][] data;

    CanonicalForm(RecordSet set) {
        this.set = set;
        this.data = set.records().stream().map(CanonicalForm::data).toArray(byte[][]::new);
        // RFC 4034 section 6.3: the records' data as unsigned octets, left-justified.
        Arrays.sort(data, Arrays::compareUnsigned);
    }

    /// What `signature` was made over: its own data without the signature field, then the set (RFC 4034 section
    /// 3.1.8.1), the owner as it stands in the zone.
    byte[] signedOctets(RRSIGRecord signature) {
        byte[] signer = signature.getSigner().toWireCanonical();
        byte[] owner = ownerInZone(signature).toWireCanonical();
        var out = new Octets(RRSIG_FIXED_OCTETS + signer.length + length(owner.length));
        out.u16(signature.getTypeCovered());
        out.u8(signature.getAlgorithm());
        out.u8(signature.getLabels());
        out.u32(signature.getOrigTTL());
        out.u32(signature.getExpire().getEpochSecond());
        out.u32(signature.getTimeSigned().getEpochSecond());
        out.u16(signature.getFootprint());
        out.all(signer);
        for (int i = 0; i < data.length; i++) {
            // RFC 4034 section 6.3: of equal records one counts.
            if (i == 0 || !Arrays.equals(data[i - 1], data[i])) {
                record(out, owner, signature.getOrigTTL(), data[i]);
            }
        }
        return out.octets();
    }

    private void record(Octets out, byte[] owner, long originalTtl, byte[] rdata) {
        out.all(owner);
        out.u16(set.type());
        out.u16(DClass.IN);
        // RFC 4034 section 6.2: the TTL is the original one, whatever the caches on the way made of it.
        out.u32(originalTtl);
        out.u16(rdata.length);
        out.all(rdata);
    }

    private int length(int ownerLength) {
        int length = 0;
        for (byte[] rdata : data) {
            length += ownerLength + RECORD_FIXED_OCTETS + rdata.length;
        }
        return length;
    }

    /// RFC 4035 section 5.3.2: fewer labels in the signature than in the name mean that a wildcard made the name.
    private Name ownerInZone(RRSIGRecord signature) {
        int surplus = set.owner().labels() - 1 - signature.getLabels();
        return surplus > 0 ? set.owner().wild(surplus) : set.owner();
    }

    /// RFC 4034 section 6.2 lists the types whose names go to lower case; dnsjava does it for all types but NSEC.
    private static byte[] data(Record record) {
        return keepsCase(record.getType()) ? verbatim(record) : record.rdataToWireCanonical();
    }

    /// RFC 3597 section 7: the list is closed, no later type's names are changed.
    private static boolean keepsCase(int type) {
        return switch (type) {
            case Type.SVCB, Type.HTTPS, Type.HIP, Type.IPSECKEY, Type.NSAP_PTR -> true;
            default -> false;
        };
    }

    private static byte[] verbatim(Record record) {
        byte[] whole = record.toWire(Section.ANSWER);
        return Arrays.copyOfRange(whole, record.getName().length() + RECORD_FIXED_OCTETS, whole.length);
    }

    /// Octets in network order.
    private static final class Octets {
        private final byte[] octets;
        private int length;

        Octets(int capacity) {
            octets = new byte[capacity];
        }

        void u8(int value) {
            octets[length++] = (byte) value;
        }

        void u16(int value) {
            u8(value >>> 8);
            u8(value);
        }

        void u32(long value) {
            u16((int) (value >>> 16));
            u16((int) value);
        }

        void all(byte[] more) {
            System.arraycopy(more, 0, octets, length, more.length);
            length += more.length;
        }

        byte[] octets() {
            return length == octets.length ? octets : Arrays.copyOf(octets, length);
        }
    }
}
