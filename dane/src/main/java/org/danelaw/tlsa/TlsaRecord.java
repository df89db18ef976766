package org.danelaw.tlsa;

import java.util.HexFormat;

/// One TLSA record's data (RFC 6698 section 2.1): unsigned octets and the certificate association data in lower-case
/// hexadecimal.
public record TlsaRecord(int usage, int selector, int matchingType, String data) {
    public TlsaRecord(int usage, int selector, int matchingType, byte[] data) {
        this(usage, selector, matchingType, HexFormat.of().formatHex(data));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(data);
    }

    /// In the presentation format of RFC 6698 section 2.2.
    @Override
    public String toString() {
        return usage + " " + selector + " " + matchingType + " " + data;
    }
}
