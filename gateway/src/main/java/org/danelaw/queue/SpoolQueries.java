package org.danelaw.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.danelaw.queue.MailQueue.Counts;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Envelope.Dsn;
import org.danelaw.smtp.Envelope.Needs;
import org.danelaw.smtp.Reply;

/// What is asked of the spool's tables: rows in, values out.
final class SpoolQueries {
    private SpoolQueries() {}

    /// A message without its content.
    record Head(long mid, NewMessage message, List<Queued.State> states, long size, boolean inFile) {}

    /// The MID that ends a page of so many messages; the end of all MIDs where there are no more.
    static long endOfPage(Connection connection, long after, int messages) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT mid FROM message WHERE mid > " + after
                        + " ORDER BY mid LIMIT 1 OFFSET " + (messages - 1))) {
            return row.next() ? row.getLong(1) : Long.MAX_VALUE;
        }
    }

    /// Reads what waits of the messages after one MID and up to another, in their order.
    static void waiting(Connection connection, long after, long last, Known known, Consumer<Waiting> each)
            throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT mid, sender_local, sender_domain, domain, policy, dane,"
                        + " received, bounce_profile, attempts, due, give_up, delay_told IS NOT NULL AS told, rid"
                        + " FROM message JOIN recipient USING (mid) WHERE mid > " + after + " AND mid <= " + last
                        + " ORDER BY mid, domain, due, attempts, told, rid")) {
            var together = new Together(each);
            while (row.next()) {
                together.add(one(row, known));
            }
            together.end();
        }
    }

    /// Values that many rows have are kept once: a long queue must not take more memory than it must.
    static final class Known {
        private final Map<Object, Object> values = new HashMap<>();

        @SuppressWarnings("unchecked")
        <T> T one(T value) {
            return (T) values.computeIfAbsent(value, key -> value);
        }
    }

    private static Waiting one(ResultSet row, Known known) throws SQLException {
        return new Waiting(
                row.getLong("mid"),
                known.one(new Lane(
                        known.one(row.getString("domain")),
                        known.one(row.getString("policy")),
                        row.getBoolean("dane"))),
                known.one(Waiting.sender(sender(row))),
                known.one(List.of(row.getInt("rid"))),
                Instant.ofEpochMilli(row.getLong("received")),
                known.one(row.getString("bounce_profile")),
                row.getInt("attempts"),
                row.getBoolean("told"),
                next(row));
    }

    private static Next next(ResultSet row) throws SQLException {
        var at = Instant.ofEpochMilli(row.getLong("due"));
        return row.getBoolean("give_up") ? new Next.GiveUp(at) : new Next.Attempt(at);
    }

    /// Joins neighbours that differ in nothing but the recipient.
    private static final class Together {
        private final Consumer<Waiting> each;
        private final List<Integer> rids = new ArrayList<>();
        private Optional<Waiting> first = Optional.empty();

        Together(Consumer<Waiting> each) {
            this.each = each;
        }

        void add(Waiting one) {
            if (rids.size() == Waiting.MOST_RECIPIENTS
                    || first.isEmpty()
                    || !one.only(first.get().rids()).equals(first.get())) {
                end();
                first = Optional.of(one);
            }
            rids.addAll(one.rids());
        }

        void end() {
            first.ifPresent(waiting -> each.accept(waiting.only(rids)));
            rids.clear();
        }
    }

    static Optional<Head> head(Connection connection, long mid) throws SQLException {
        var heads = heads(connection, "mid = " + mid, 1);
        return heads.isEmpty() ? Optional.empty() : Optional.of(heads.getFirst());
    }

    static List<Head> after(Connection connection, long mid, int limit) throws SQLException {
        return heads(connection, "mid > " + mid, limit);
    }

    private static List<Head> heads(Connection connection, String where, int limit) throws SQLException {
        var heads = new ArrayList<Head>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT * FROM message WHERE " + where + " ORDER BY mid LIMIT " + limit)) {
            while (row.next()) {
                heads.add(head(connection, row));
            }
        }
        return heads;
    }

    private static Head head(Connection connection, ResultSet row) throws SQLException {
        var mid = row.getLong("mid");
        var recipients = new ArrayList<Envelope.Recipient>();
        var states = new ArrayList<Queued.State>();
        readRecipients(connection, mid, recipients, states);
        var envelope = new Envelope(
                sender(row),
                recipients,
                new Needs(row.getBoolean("eight_bit"), row.getBoolean("smtputf8")),
                new Dsn(text(row, "ret"), text(row, "envid")));
        var message = new NewMessage(
                envelope,
                row.getString("policy"),
                row.getBoolean("dane"),
                row.getString("bounce_profile"),
                Instant.ofEpochMilli(row.getLong("received")),
                row.getString("origin"));
        return new Head(mid, message, states, row.getLong("size"), row.getBoolean("in_file"));
    }

    private static Optional<Address> sender(ResultSet row) throws SQLException {
        var domain = row.getString("sender_domain");
        return Optional.ofNullable(row.getString("sender_local")).map(local -> new Address(local, domain));
    }

    private static void readRecipients(
            Connection connection, long mid, List<Envelope.Recipient> recipients, List<Queued.State> states)
            throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM recipient WHERE mid = " + mid + " ORDER BY rid")) {
            while (row.next()) {
                var address = new Address(row.getString("local_part"), row.getString("domain"));
                recipients.add(new Envelope.Recipient(address, text(row, "notify"), text(row, "orcpt")));
                states.add(new Queued.State(row.getInt("rid"), row.getInt("attempts"), next(row), why(row)));
            }
        }
    }

    private static Optional<Why> why(ResultSet row) throws SQLException {
        if (text(row, "status").isEmpty()) {
            return Optional.empty();
        }
        var code = row.getInt("reply_code");
        return Optional.of(new Why(
                row.getString("status"),
                row.getString("reason"),
                row.getString("sentence"),
                text(row, "host"),
                text(row, "reply_text")
                        .map(lines -> new Reply(code, lines.lines().toList())),
                text(row, "remedy").stream().flatMap(String::lines).toList()));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static byte[] body(Connection connection, long mid) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT content FROM body WHERE mid = " + mid)) {
            if (row.next()) {
                return row.getBytes(1);
            }
            throw new SQLException("MID " + mid + " has no content");
        }
    }

    static Counts counts(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT (SELECT count(*) FROM message),"
                        + " (SELECT count(*) FROM recipient), (SELECT coalesce(sum(size), 0) FROM message)")) {
            row.next();
            return new Counts(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    static Set<Long> midsInFiles(Connection connection) throws SQLException {
        var mids = new HashSet<Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT mid FROM message WHERE in_file = 1")) {
            while (row.next()) {
                mids.add(row.getLong(1));
            }
        }
        return mids;
    }

    /// The highest MID that may ever have been given.
    static long highestMid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT max((SELECT mid_ceiling FROM numbering), (SELECT coalesce(max(mid), 0) FROM message))")) {
            row.next();
            return row.getLong(1);
        }
    }
}
