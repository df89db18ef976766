package org.danelaw.lab.world;

import java.time.Duration;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A recursive resolver's way from the root down to an answer, alias by alias, without cache and without validation.
///
/// It passes on what the authorities send: their answers, and of the authority section SOA, NSEC and NSEC3.
final class Recursion {
    /// More aliases than any validator should follow, so that the long chains of rule A21 come through.
    private static final int MAX_ALIASES = 40;

    /// More zones than lie above any name of the lab.
    private static final int MAX_REFERRALS = 32;

    private final NavigableMap<Name, SignedZone> zones;

    Recursion(NavigableMap<Name, SignedZone> zones) {
        this.zones = zones;
    }

    Message answer(Query query) {
        return switch (respond(query)) {
            case Response.Sent(var message, var after) -> message;
            case Response.Garbage garbage -> failed(query);
            case Response.Silence silence -> failed(query);
        };
    }

    Response respond(Query query) {
        var reply = Reply.to(query).flag(Flags.RA);
        var seen = new HashSet<Name>();
        var name = query.name();
        var taken = Duration.ZERO;
        for (var hops = 0; hops < MAX_ALIASES && seen.add(name); hops++) {
            var response = walk(query.asking(name, query.type()));
            taken = taken.plus(response.after());
            if (!(response instanceof Response.Sent(var message, var after)) || isFailure(message)) {
                return new Response.Sent(failed(query), taken);
            }
            pass(message, reply);
            reply.rcode(message.getRcode());
            if (message.getHeader().getFlag(Flags.TC)) {
                // Cut off by the authority, so cut off here too: whoever asked has to come over TCP.
                reply.flag(Flags.TC);
                break;
            }
            var next = continued(message, name, query.type());
            if (next.isEmpty()) {
                break;
            }
            name = next.get();
        }
        return new Response.Sent(reply.message(), taken);
    }

    private Response walk(Query query) {
        var zone = zones.get(Name.root);
        var taken = Duration.ZERO;
        for (var referrals = 0; referrals < MAX_REFERRALS && zone != null; referrals++) {
            var response = Authority.respond(zone, query);
            taken = taken.plus(response.after());
            var cut = referral(response, query);
            if (cut.isEmpty()) {
                return response.later(taken.minus(response.after()));
            }
            zone = zones.get(cut.get());
        }
        return new Response.Silence(taken);
    }

    /// The zone that a response without an answer refers to.
    private static Optional<Name> referral(Response response, Query query) {
        if (!(response instanceof Response.Sent(var message, var after))
                || message.getRcode() != Rcode.NOERROR
                || message.getHeader().getFlag(Flags.AA)
                || !message.getSection(Section.ANSWER).isEmpty()) {
            return Optional.empty();
        }
        return message.getSection(Section.AUTHORITY).stream()
                .filter(record -> record.getType() == Type.NS)
                .map(Record::getName)
                .filter(query.name()::subdomain)
                .findFirst();
    }

    private static boolean isFailure(Message message) {
        return message.getRcode() != Rcode.NOERROR && message.getRcode() != Rcode.NXDOMAIN;
    }

    private static void pass(Message from, Reply to) {
        from.getSection(Section.ANSWER).forEach(record -> to.add(record, Section.ANSWER));
        from.getSection(Section.AUTHORITY).stream()
                .filter(Recursion::isProof)
                .forEach(record -> to.add(record, Section.AUTHORITY));
    }

    private static boolean isProof(Record record) {
        var type = record instanceof RRSIGRecord signature ? signature.getTypeCovered() : record.getType();
        return type == Type.SOA || type == Type.NSEC || type == Type.NSEC3;
    }

    /// Where the aliases of an answer lead, if the answer does not go on from there itself.
    private static Optional<Name> continued(Message message, Name asked, int type) {
        if (type == Type.CNAME || type == Type.ANY) {
            return Optional.empty();
        }
        var answer = message.getSection(Section.ANSWER);
        var name = asked;
        for (var hops = 0; hops < answer.size(); hops++) {
            var here = name;
            var target = answer.stream()
                    .filter(record -> record.getName().equals(here) && record instanceof CNAMERecord)
                    .map(record -> ((CNAMERecord) record).getTarget())
                    .findFirst();
            if (target.isEmpty()) {
                break;
            }
            name = target.get();
        }
        var end = name;
        var answered = answer.stream().anyMatch(record -> record.getName().equals(end) && record.getType() == type);
        var denied = message.getRcode() == Rcode.NXDOMAIN
                || message.getSection(Section.AUTHORITY).stream().anyMatch(record -> record.getType() == Type.SOA);
        return end.equals(asked) || answered || denied ? Optional.empty() : Optional.of(end);
    }

    private static Message failed(Query query) {
        return Reply.to(query).flag(Flags.RA).rcode(Rcode.SERVFAIL).message();
    }
}
