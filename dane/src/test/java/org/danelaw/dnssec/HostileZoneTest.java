package org.danelaw.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.danelaw.dns.Question;
import org.danelaw.dns.Received;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// The owner of a zone signs whatever chance makes of its records, so that signatures keep nothing of it away from us:
/// denials, wildcards, keys and DS records of any kind end in a value, within the budget.
class HostileZoneTest {
    /// Sets of a few records and up to some hundred hashes of a hundred iterations each.
    private static final long MOST_OCTETS = 64L << 20;

    private static final List<Question> QUESTIONS = Stream.of(
                    "mail.dane.example. A",
                    "nx.dane.example. A",
                    "mail.dane.example. TXT",
                    "foo.wild.dane.example. MX",
                    "foo.wild.dane.example. TXT",
                    "sub.dane.example. DS",
                    "dane.example. DS",
                    "dane.example. DNSKEY")
            .map(line -> line.split(" "))
            .map(words -> new Question(Name.fromConstantString(words[0]), Type.value(words[1])))
            .toList();

    private static final ZoneOwner OWNER = new ZoneOwner();
    private static final ZoneTrust.Signed TRUST =
            new ZoneTrust.Signed(ZoneOwner.ZONE, OWNER.keys(), new Proof(List.of(), Instant.MAX));

    @Test
    void nothingThatAZoneSignsMakesValidationThrow() throws Exception {
        var plan = Zone.named("dane.example").with("""
                mail A 192.0.2.1
                *.wild MX 10 mail
                sub NS ns.sub
                ns.sub A 192.0.2.2
                """);
        var messages = Stream.of(plan, plan.nsec3())
                .map(each -> Internet.at(ZoneOwner.NOW, each))
                .flatMap(internet -> QUESTIONS.stream().map(question -> new Original(question, internet)))
                .toList();
        new Fuzz("fuzz-dnssec-signed-records", MOST_OCTETS)
                .run(
                        random -> tried(messages.get(random.nextInt(messages.size())), random),
                        "malformed",
                        "secure",
                        "insecure",
                        "bogus",
                        "trusted",
                        "broken");
    }

    /// A good reply, as octets.
    private static final class Original {
        private final Question question;
        private final byte[] octets;

        Original(Question question, Internet internet) {
            this.question = question;
            this.octets =
                    internet.answer(Query.of(question.name(), question.type())).toWire();
        }
    }

    private static String tried(Original original, RandomGenerator random) {
        return switch (Received.of(Damaged.octets(original.octets, random))) {
            case Received.Malformed _ -> "malformed";
            case Received.Understood understood -> {
                Reply reply = signed(understood.replyTo(original.question));
                yield original.question.type() == Type.DNSKEY ? keys(reply, random) : read(reply);
            }
        };
    }

    /// What the zone's keys make of the reply, asked for in every way.
    private static String read(Reply reply) {
        var budget = new Budget();
        var signed = new SignedReply(TRUST, reply, ValidationSettings.DEFAULT, ZoneOwner.NOW, budget);
        Question question = reply.question();
        Stream.concat(reply.answer().stream(), reply.authority().stream()).forEach(signed::set);
        signed.delegation(question.name());
        return reply.answer(question.name(), question.type())
                .map(set -> word(signed.set(set)))
                .orElseGet(() -> word(signed.absence(question.name(), question.type())));
    }

    private static String word(Validated<?> validated) {
        return switch (validated) {
            case Validated.Secure<?> _ -> "secure";
            case Validated.Insecure<?> _ -> "insecure";
            case Validated.Bogus<?> _ -> "bogus";
            case Validated.Unavailable<?> _ -> "unavailable";
        };
    }

    /// The zone's DNSKEY set, the reply's keys among them, behind DS records of every kind.
    private static String keys(Reply reply, RandomGenerator random) {
        var theirs = reply.answer(ZoneOwner.ZONE, Type.DNSKEY)
                .map(SignedSet::set)
                .map(RecordSet::records)
                .orElse(List.of());
        var all = Stream.concat(Stream.of(OWNER.dnskey()), theirs.stream()).toList();
        var set = signed(new RecordSet(ZoneOwner.ZONE, Type.DNSKEY, 3600, all), 2);
        var entries = EntryPoints.delegated(
                ZoneOwner.ZONE,
                set.set().as(DNSKEYRecord.class).stream()
                        .map(key -> ds(key, random))
                        .toList(),
                ValidationSettings.DEFAULT);
        return switch (entries.admit(set, ZoneOwner.NOW, new Budget(), Crypto.fastest())) {
            case KeysFinding.Trusted _ -> "trusted";
            case KeysFinding.Broken _ -> "broken";
        };
    }

    /// A good DS record for the key, or one with damaged data: as octets, for dnsjava makes no bad ones.
    private static DSRecord ds(DNSKEYRecord key, RandomGenerator random) {
        var good = new DSRecord(ZoneOwner.ZONE, DClass.IN, 3600, 2, key);
        if (random.nextInt(4) > 0) {
            return good;
        }
        byte[] data = Damaged.octets(good.rdataToWireCanonical(), random);
        // Of what is no DS record dnsjava makes none; the whole message then is malformed.
        return Optional.ofNullable((DSRecord) Record.newRecord(ZoneOwner.ZONE, Type.DS, DClass.IN, 3600, data))
                .orElse(good);
    }

    private static Reply signed(Reply reply) {
        return new Reply(reply.question(), reply.rcode(), signed(reply.answer()), signed(reply.authority()));
    }

    private static List<SignedSet> signed(List<SignedSet> sets) {
        var signed = new ArrayList<SignedSet>();
        for (SignedSet each : sets) {
            // The label count stays as it came: it is what makes a wildcard's answer.
            int labels = each.signatures().stream()
                    .mapToInt(RRSIGRecord::getLabels)
                    .findFirst()
                    .orElse(each.set().owner().labels() - 1);
            signed.add(signed(each.set(), labels));
        }
        return signed;
    }

    private static SignedSet signed(RecordSet set, int labels) {
        return OWNER.sign(set, OWNER.terms(set).withLabels(labels));
    }
}
