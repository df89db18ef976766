package org.danelaw.lab.nameserver;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Response;
import org.danelaw.lab.world.Transport;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// From the octets of a query to those of its answer.
record Exchange(Answers answers, QueryLog log) {
    /// RFC 1035 section 4.2.1: what fits into UDP when nothing else is agreed on.
    private static final int PLAIN_UDP_OCTETS = 512;

    private static final int MAX_TCP_OCTETS = 65_535;

    /// Nothing if the octets are no query with one question; such are dropped.
    Optional<Query> query(byte[] octets, Transport transport) {
        try {
            var message = new Message(octets);
            if (message.getHeader().getFlag(Flags.QR)
                    || message.getSection(Section.QUESTION).size() != 1) {
                return Optional.empty();
            }
            return Optional.of(new Query(message, transport));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Response answer(Query query) {
        log.add(query);
        return answers.to(query);
    }

    /// What is sent: cut off, with TC, at what the query allows (RFC 6891 section 6.2.3).
    Optional<byte[]> wire(Query query, Response response) {
        return switch (response) {
            case Response.Sent(var message, var after) -> Optional.of(message.toWire(limit(query)));
            case Response.Garbage garbage -> Optional.of(garbage.octets());
            case Response.Silence silence -> Optional.empty();
        };
    }

    private static int limit(Query query) {
        if (query.transport() != Transport.UDP) {
            return MAX_TCP_OCTETS;
        }
        var opt = query.message().getOPT();
        return opt == null ? PLAIN_UDP_OCTETS : Math.max(PLAIN_UDP_OCTETS, opt.getPayloadSize());
    }

    /// Whether the wait came to its end: a server that is closed interrupts it.
    static boolean slept(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
