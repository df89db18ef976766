package org.danelaw.lab.world;

import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// A message in the making that answers a query: with signatures where the query wants them, nothing twice.
final class Reply {
    private static final int UDP_PAYLOAD_OCTETS = 1232;

    private final Message message;
    private final boolean dnssec;

    private Reply(Message message, boolean dnssec) {
        this.message = message;
        this.dnssec = dnssec;
    }

    static Reply to(Query query) {
        var asked = query.message();
        var reply = new Message(asked.getHeader().getID());
        var header = reply.getHeader();
        header.setFlag(Flags.QR);
        copyFlag(asked, reply, Flags.RD);
        copyFlag(asked, reply, Flags.CD);
        reply.addRecord(asked.getQuestion(), Section.QUESTION);
        if (asked.getOPT() != null) {
            var flags = asked.getOPT().getFlags() & ExtendedFlags.DO;
            reply.addRecord(new OPTRecord(UDP_PAYLOAD_OCTETS, 0, 0, flags), Section.ADDITIONAL);
        }
        return new Reply(reply, query.wantsDnssec());
    }

    private static void copyFlag(Message from, Message to, int flag) {
        if (from.getHeader().getFlag(flag)) {
            to.getHeader().setFlag(flag);
        }
    }

    boolean wantsDnssec() {
        return dnssec;
    }

    Reply flag(int flag) {
        message.getHeader().setFlag(flag);
        return this;
    }

    Reply unflag(int flag) {
        message.getHeader().unsetFlag(flag);
        return this;
    }

    Reply rcode(int rcode) {
        message.getHeader().setRcode(rcode);
        return this;
    }

    Reply add(ZoneSet set, int section) {
        (dnssec ? set.all() : set.records().stream()).forEach(record -> add(record, section));
        return this;
    }

    Reply add(Record record, int section) {
        if (!message.findRecord(record, section)) {
            message.addRecord(record, section);
        }
        return this;
    }

    Message message() {
        return message;
    }
}
