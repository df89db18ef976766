package org.danelaw.tlsa;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// One TLSA record's data (RFC 6698 section 2.1): unsigned octets and the certificate association data in
/// lower-case hexadecimal.
public record TlsaRecord(int usage, int selector, int matchingType, String data) {
    static final int DANE_TA = 2;
    static final int DANE_EE = 3;
    static final int CERT = 0;
    static final int SPKI = 1;
    static final int FULL = 0;
    static final int SHA2_256 = 1;
    static final int SHA2_512 = 2;
    private static final byte PRIVATE_USE = (byte) 255;

    /// A SHA-512 digest in hexadecimal, and the three numbers before it.
    private static final int MOST_SPELLED = 3 * 4 + 2 * 64;

    /// An order that does not hang on how a server rotates its answers: by usage, selector, matching type
    /// and data.
    public static final Comparator<TlsaRecord> IN_ORDER = Comparator.comparingInt(TlsaRecord::usage)
            .thenComparingInt(TlsaRecord::selector)
            .thenComparingInt(TlsaRecord::matchingType)
            .thenComparing(TlsaRecord::data);

    public TlsaRecord {
        if (((usage | selector | matchingType) & ~0xff) != 0) {
            throw new IllegalArgumentException("not octets: " + usage + " " + selector + " " + matchingType);
        }
        data = data.toLowerCase(Locale.ROOT);
        HexFormat.of().parseHex(data);
    }

    public TlsaRecord(int usage, int selector, int matchingType, byte[] data) {
        this(usage, selector, matchingType, HexFormat.of().formatHex(data));
    }

    /// Reads a record's data as they are in the DNS. Of the three numbers one that is missing counts as 255, which
    /// is for private use and never usable here.
    public static TlsaRecord ofData(byte[] octets) {
        byte[] numbers = {PRIVATE_USE, PRIVATE_USE, PRIVATE_USE};
        int present = Math.min(octets.length, numbers.length);
        System.arraycopy(octets, 0, numbers, 0, present);
        return new TlsaRecord(
                Byte.toUnsignedInt(numbers[0]),
                Byte.toUnsignedInt(numbers[1]),
                Byte.toUnsignedInt(numbers[2]),
                Arrays.copyOfRange(octets, present, octets.length));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(data);
    }

    /// Whether the record itself is the key of an authority of which the server `sent` no certificate (RFC 7672
    /// section 3.1.2, rule D8).
    public boolean isBareKeyBeside(List<byte[]> sent) {
        return usage == DANE_TA
                && selector == SPKI
                && matchingType == FULL
                && PresentedChain.of(sent).readableOthers().values().stream()
                        .noneMatch(authority -> authority.isNamedBy(this));
    }

    /// As [#toString], but no longer than a digest: for sentences.
    public String abbreviated() {
        var whole = toString();
        return whole.length() <= MOST_SPELLED ? whole : whole.substring(0, MOST_SPELLED) + "...";
    }

    /// In the presentation format of RFC 6698 section 2.2.
    @Override
    public String toString() {
        return usage + " " + selector + " " + matchingType + " " + data;
    }
}
