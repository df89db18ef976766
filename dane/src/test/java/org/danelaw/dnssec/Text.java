package org.danelaw.dnssec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Records as RFCs print them (RFC 1035 section 5), made into sets and replies.
final class Text {
    private static final long TTL = 3600;

    private Text() {}

    static List<Record> records(String text) {
        var octets = text.getBytes(StandardCharsets.US_ASCII);
        var records = new ArrayList<Record>();
        try (var master = new Master(new ByteArrayInputStream(octets), Name.root, TTL)) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    static <R extends Record> R record(String line, Class<R> kind) {
        return kind.cast(records(line).getFirst());
    }

    /// Sets with their signatures, in the order of their first records.
    static List<SignedSet> sets(String text) {
        var sets = new LinkedHashMap<String, List<Record>>();
        var signatures = new ArrayList<RRSIGRecord>();
        for (Record record : records(text)) {
            if (record instanceof RRSIGRecord signature) {
                signatures.add(signature);
            } else {
                sets.computeIfAbsent(record.getName() + " " + record.getType(), _ -> new ArrayList<>())
                        .add(record);
            }
        }
        return sets.values().stream()
                .map(records -> signed(records, signatures))
                .toList();
    }

    static SignedSet set(String text) {
        return sets(text).getFirst();
    }

    private static SignedSet signed(List<Record> records, List<RRSIGRecord> signatures) {
        var first = records.getFirst();
        return new SignedSet(
                new RecordSet(first.getName(), first.getType(), first.getTTL(), records),
                signatures.stream()
                        .filter(signature -> signature.getName().equals(first.getName())
                                && signature.getTypeCovered() == first.getType())
                        .toList());
    }

    /// A reply to `name type` with these sections.
    static Reply reply(String name, String type, String answer, String authority) {
        return new Reply(
                new Question(Name.fromConstantString(name), Type.value(type)),
                Rcode.NOERROR,
                sets(answer),
                sets(authority));
    }
}
