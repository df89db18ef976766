package org.danelaw.lab.world;

import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A query as a server received it; it has exactly one question.
public record Query(Message message, Transport transport) {
    private static final int UDP_PAYLOAD_OCTETS = 1232;

    public Query {
        if (message.getSection(0).size() != 1) {
            throw new IllegalArgumentException("a query asks one question");
        }
    }

    /// As a validator asks: RD, DO and CD set (RFC 6840 section 5.9).
    public static Query of(String name, String type) {
        return of(Zone.name(name), Type.value(type));
    }

    public static Query of(Name name, int type) {
        var message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        message.getHeader().setFlag(Flags.RD);
        message.getHeader().setFlag(Flags.CD);
        message.addRecord(new org.xbill.DNS.OPTRecord(UDP_PAYLOAD_OCTETS, 0, 0, ExtendedFlags.DO), 3);
        return new Query(message, Transport.IN_PROCESS);
    }

    public Name name() {
        return message.getQuestion().getName();
    }

    public int type() {
        return message.getQuestion().getType();
    }

    /// Whether the asker wants signatures and denial (RFC 3225).
    boolean wantsDnssec() {
        return message.getOPT() != null && (message.getOPT().getFlags() & ExtendedFlags.DO) != 0;
    }

    /// The same query for another name or type.
    Query asking(Name name, int type) {
        var other = message.clone();
        other.removeAllRecords(0);
        other.addRecord(Record.newRecord(name, type, DClass.IN), 0);
        return new Query(other, transport);
    }
}
