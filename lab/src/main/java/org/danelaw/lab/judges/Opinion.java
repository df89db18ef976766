package org.danelaw.lab.judges;

import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a validator makes of a question: how far it trusts the answer, and what there is.
public record Opinion(Ruling ruling, Existence existence) {
    public static final Opinion BOGUS = new Opinion(Ruling.BOGUS, Existence.NOT_KNOWN);

    /// More than the aliases in any reply of the lab.
    private static final int MAX_ALIASES = 50;

    public enum Existence {
        FOUND,
        NO_DATA,
        NO_SUCH_NAME,
        /// A bogus answer says nothing.
        NOT_KNOWN
    }

    /// As a validating resolver's reply says it: by its RCODE, its AD flag, and the records at the end of the aliases.
    public static Opinion of(Message reply) {
        return switch (reply.getRcode()) {
            case Rcode.NOERROR -> new Opinion(ruling(reply), hasAnswer(reply) ? Existence.FOUND : Existence.NO_DATA);
            case Rcode.NXDOMAIN -> new Opinion(ruling(reply), Existence.NO_SUCH_NAME);
            default -> BOGUS;
        };
    }

    private static Ruling ruling(Message reply) {
        return reply.getHeader().getFlag(Flags.AD) ? Ruling.SECURE : Ruling.INSECURE;
    }

    private static boolean hasAnswer(Message reply) {
        var type = reply.getQuestion().getType();
        var name = type == Type.CNAME
                ? reply.getQuestion().getName()
                : expanded(reply.getQuestion().getName(), reply);
        return reply.getSectionRRsets(Section.ANSWER).stream()
                .anyMatch(set -> set.getType() == type
                        && set.getDClass() == DClass.IN
                        && set.getName().equals(name));
    }

    private static Name expanded(Name asked, Message reply) {
        var name = asked;
        for (var hops = 0; hops < MAX_ALIASES; hops++) {
            var here = name;
            var target = reply.getSection(Section.ANSWER).stream()
                    .filter(record ->
                            record instanceof CNAMERecord && record.getName().equals(here))
                    .map(record -> ((CNAMERecord) record).getTarget())
                    .findFirst();
            if (target.isEmpty()) {
                break;
            }
            name = target.get();
        }
        return name;
    }

    @Override
    public String toString() {
        return ruling == Ruling.BOGUS ? "BOGUS" : ruling + " " + existence;
    }
}
