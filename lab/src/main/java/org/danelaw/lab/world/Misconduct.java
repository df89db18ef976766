package org.danelaw.lab.world;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The ways in which name servers go wrong, for a zone's own servers (`but(serversThat(...))`) and for resolvers.
public final class Misconduct {
    private Misconduct() {}

    /// Only for queries of `type`; others are answered as usual.
    public static Conduct forType(String type, Conduct conduct) {
        return when(query -> query.type() == Type.value(type), conduct);
    }

    /// Only for queries for `name` and below it.
    public static Conduct below(String name, Conduct conduct) {
        return when(query -> query.name().subdomain(Zone.name(name)), conduct);
    }

    /// Only over `transport`.
    public static Conduct over(Transport transport, Conduct conduct) {
        return when(query -> query.transport() == transport, conduct);
    }

    public static Conduct when(Predicate<Query> which, Conduct conduct) {
        return (query, usual) -> which.test(query) ? conduct.toward(query, usual) : usual;
    }

    public static Conduct servfail() {
        return rcode(Rcode.SERVFAIL);
    }

    public static Conduct refuse() {
        return rcode(Rcode.REFUSED);
    }

    public static Conduct doNotImplement() {
        return rcode(Rcode.NOTIMP);
    }

    public static Conduct formerr() {
        return rcode(Rcode.FORMERR);
    }

    private static Conduct rcode(int rcode) {
        return (query, usual) -> Response.of(Reply.to(query).rcode(rcode).message());
    }

    /// Answers for a zone that it does not have: neither answer nor authority, no error.
    public static Conduct areLame() {
        return (query, usual) -> Response.of(Reply.to(query).message());
    }

    public static Conduct areSlow(Duration delay) {
        return (query, usual) -> usual.later(delay);
    }

    public static Conduct areSilent() {
        return (query, usual) -> new Response.Silence(Duration.ZERO);
    }

    /// Every answer is cut off, over TCP too.
    public static Conduct truncateAlways() {
        return messages(Misconduct::truncated);
    }

    /// UDP answers are cut off, so that TCP is needed.
    public static Conduct truncateOverUdp() {
        return over(Transport.UDP, truncateAlways());
    }

    public static Conduct haveNoTcp() {
        return over(Transport.TCP, areSilent());
    }

    /// As before RFC 6891: FORMERR for a query with an OPT record.
    public static Conduct knowNoEdns() {
        return when(query -> query.message().getOPT() != null, (query, usual) -> {
            var reply = Reply.to(query).rcode(Rcode.FORMERR).message();
            reply.removeAllRecords(Section.ADDITIONAL);
            return Response.of(reply);
        });
    }

    /// As before RFC 6891, politely: the answer without an OPT record and without DNSSEC.
    public static Conduct overlookEdns() {
        return stripDnssec().then(messages(message -> without(message, Section.ADDITIONAL, Type.OPT)));
    }

    /// As before RFC 4035: no signatures and no denial in answers to other questions.
    public static Conduct stripDnssec() {
        return messages(message -> {
            var stripped = message.clone();
            for (var section = Section.ANSWER; section <= Section.AUTHORITY; section++) {
                for (var type : new int[] {Type.RRSIG, Type.NSEC, Type.NSEC3}) {
                    stripped = without(stripped, section, type);
                }
            }
            return stripped;
        });
    }

    /// AD is set whatever was proved (RFC 4035 section 3.2.3): nobody may believe it.
    public static Conduct claimAuthenticity() {
        return messages(message -> {
            var changed = message.clone();
            changed.getHeader().setFlag(Flags.AD);
            return changed;
        });
    }

    public static Conduct answerWithAnotherId() {
        return messages(message -> {
            var changed = message.clone();
            changed.getHeader().setID(message.getHeader().getID() ^ 1);
            return changed;
        });
    }

    public static Conduct answerAnotherQuestion() {
        return messages(message -> asking(message, Name.fromConstantString("another.question.")));
    }

    /// The question comes back in lower case: 0x20 is not kept.
    public static Conduct forgetCase() {
        return messages(message -> asking(
                message, Zone.name(message.getQuestion().getName().toString().toLowerCase(Locale.ROOT))));
    }

    /// Octets that are no message, always the same.
    public static Conduct talkGarbage() {
        return (query, usual) -> {
            var octets = new byte[40];
            new Random(query.message().getHeader().getID()).nextBytes(octets);
            return new Response.Garbage(octets, usual.after());
        };
    }

    /// A message that ends in the middle of a record.
    public static Conduct breakOff() {
        return (query, usual) -> switch (usual) {
            case Response.Sent(var message, var after) -> {
                var wire = message.toWire();
                yield new Response.Garbage(java.util.Arrays.copyOf(wire, wire.length * 2 / 3), after);
            }
            case Response.Garbage garbage -> garbage;
            case Response.Silence silence -> silence;
        };
    }

    private static Conduct messages(UnaryOperator<Message> change) {
        return (query, usual) -> usual.map(change);
    }

    private static Message truncated(Message message) {
        var cut = message.clone();
        cut.removeAllRecords(Section.ANSWER);
        cut.removeAllRecords(Section.AUTHORITY);
        cut.getHeader().setFlag(Flags.TC);
        return cut;
    }

    private static Message asking(Message message, Name name) {
        var changed = message.clone();
        changed.removeAllRecords(Section.QUESTION);
        changed.addRecord(Record.newRecord(name, message.getQuestion().getType(), DClass.IN), Section.QUESTION);
        return changed;
    }

    private static Message without(Message message, int section, int type) {
        var changed = message.clone();
        if (message.getQuestion().getType() == type) {
            return changed;
        }
        for (var record : message.getSection(section)) {
            if (record.getType() == type) {
                changed.removeRecord(record, section);
            }
        }
        return changed;
    }
}
