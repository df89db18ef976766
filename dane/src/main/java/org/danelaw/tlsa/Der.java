package org.danelaw.tlsa;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One element of DER data (X.690 section 8.1) within the octets that hold it: just as much of DER as it
/// takes to cut a certificate into its parts, whatever those may be.
record Der(int tag, ByteBuffer whole, ByteBuffer contents) {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int SEQUENCE = 0x30;
    static final int VERSION = 0xa0;

    /// A sequence that holds more elements than this is none of those that we look for.
    private static final int MOST_ELEMENTS = 16;
    /// Lengths of more octets than this are beyond any certificate.
    private static final int MOST_LENGTH_OCTETS = 3;

    private static final int LONG_FORM = 0x80;
    private static final int HIGH_TAG = 0x1f;

    /// The element that fills all of `octets`.
    static Optional<Der> only(byte[] octets) {
        return first(ByteBuffer.wrap(octets)).filter(element -> element.whole.remaining() == octets.length);
    }

    /// The elements within, one behind the other; empty where they are malformed or too many.
    Optional<List<Der>> elements() {
        var found = new ArrayList<Der>();
        int next = 0;
        while (next < contents.remaining()) {
            var element = first(contents.slice(next, contents.remaining() - next));
            if (element.isEmpty() || found.size() == MOST_ELEMENTS) {
                return Optional.empty();
            }
            found.add(element.get());
            next += element.get().whole.remaining();
        }
        return Optional.of(found);
    }

    byte[] octets() {
        var copy = new byte[whole.remaining()];
        whole.get(0, copy);
        return copy;
    }

    private static Optional<Der> first(ByteBuffer in) {
        if (in.remaining() < 2 || (in.get(0) & HIGH_TAG) == HIGH_TAG) {
            return Optional.empty();
        }
        int tag = in.get(0) & 0xff;
        int length = in.get(1) & 0xff;
        int start = 2;
        if (length >= LONG_FORM) {
            int lengthOctets = length - LONG_FORM;
            if (lengthOctets == 0 || lengthOctets > MOST_LENGTH_OCTETS || in.remaining() - start < lengthOctets) {
                return Optional.empty();
            }
            length = 0;
            for (int i = 0; i < lengthOctets; i++) {
                length = (length << 8) | (in.get(start++) & 0xff);
            }
        }
        return length > in.remaining() - start
                ? Optional.empty()
                : Optional.of(new Der(tag, in.slice(0, start + length), in.slice(start, length)));
    }
}
