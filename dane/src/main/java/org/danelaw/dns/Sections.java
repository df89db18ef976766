package org.danelaw.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Sorts a message's records into sets with their signatures, each under the question that it answers.
record Sections(Message message) {
    // RFC 2181 section 8: a TTL with its highest bit set counts as zero.
    private static final long GREATEST_TTL_SECONDS = 0x7fff_ffffL;

    Reply replyTo(Question question) {
        return new Reply(question, message.getRcode(), sets(Section.ANSWER), sets(Section.AUTHORITY));
    }

    private List<SignedSet> sets(int section) {
        var sets = new LinkedHashMap<Question, List<Record>>();
        var signatures = new LinkedHashMap<Question, List<RRSIGRecord>>();
        for (Record record : message.getSection(section)) {
            if (record.getDClass() != DClass.IN) {
                continue;
            }
            if (record instanceof RRSIGRecord signature) {
                add(signatures, new Question(signature.getName(), signature.getTypeCovered()), signature);
            } else {
                add(sets, new Question(record.getName(), record.getType()), record);
            }
        }
        return sets.entrySet().stream()
                .map(set -> signed(set.getKey(), set.getValue(), signatures.getOrDefault(set.getKey(), List.of())))
                .toList();
    }

    private static <R> void add(Map<Question, List<R>> sets, Question question, R record) {
        sets.computeIfAbsent(question, _ -> new ArrayList<>(2)).add(record);
    }

    private static SignedSet signed(Question question, List<Record> records, List<RRSIGRecord> signatures) {
        return new SignedSet(
                new RecordSet(question.name(), question.type(), ttl(records), distinct(records)), signatures);
    }

    /// RFC 2181 section 5.2: TTLs that differ within a set are an error; the least of them harms nobody.
    private static long ttl(List<Record> records) {
        long least = GREATEST_TTL_SECONDS;
        for (Record record : records) {
            least = Math.min(least, record.getTTL() > GREATEST_TTL_SECONDS ? 0 : record.getTTL());
        }
        return least;
    }

    /// RFC 4034 section 6.3: a record that comes twice counts once.
    private static List<Record> distinct(List<Record> records) {
        return records.size() == 1 ? records : new ArrayList<>(new LinkedHashSet<>(records));
    }
}
