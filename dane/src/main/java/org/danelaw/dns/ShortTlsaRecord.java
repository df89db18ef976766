package org.danelaw.dns;

import java.io.IOException;
import java.util.HexFormat;
import org.xbill.DNS.Compression;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/// A TLSA record whose data end before their matching type does (RFC 6698 section 2.1 has three octets before the
/// association data). DNSSEC covers it like any other record; whoever looks for keys finds it unusable.
public final class ShortTlsaRecord extends Record {
    /// The first length, in octets, that is no longer too short.
    static final int WHOLE = 3;

    private static final long serialVersionUID = 1L;

    private byte[] data;

    public ShortTlsaRecord(Name owner, long ttlSeconds, byte[] data) {
        super(owner, Type.TLSA, DClass.IN, ttlSeconds);
        if (data.length >= WHOLE) {
            throw new IllegalArgumentException(data.length + " octets are enough for a TLSA record");
        }
        this.data = data.clone();
    }

    @Override
    protected void rrFromWire(DNSInput in) {
        data = in.readByteArray();
    }

    /// In the form of RFC 3597 section 5.
    @Override
    protected String rrToString() {
        return "\\# " + data.length + " " + HexFormat.of().formatHex(data);
    }

    @Override
    protected void rrToWire(DNSOutput out, Compression compression, boolean canonical) {
        out.writeByteArray(data);
    }

    @Override
    protected void rdataFromString(Tokenizer text, Name origin) throws IOException {
        throw text.exception("a TLSA record of fewer than " + WHOLE + " octets has no text of its own");
    }
}
