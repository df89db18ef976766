package org.danelaw.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What an operator's selection means in the spool's tables.
///
/// @param condition on a row of `recipient` joined to its `message`
/// @param values for the question marks in it
record Selections(String condition, List<Object> values) {
    static Map<Long, Set<Integer>> recipients(Connection connection, Selection selection) throws SQLException {
        return of(selection).ask(connection);
    }

    private static Selections of(Selection selection) {
        return switch (selection) {
            case Selection.All() -> new Selections("1", List.of());
            case Selection.Message(var mid) -> new Selections("mid = ?", List.of(mid));
            case Selection.Recipient(var address) ->
                new Selections(
                        "local_part = ? COLLATE NOCASE AND domain = ?", List.of(address.localPart(), address.domain()));
            case Selection.Sender(var sender)
            when sender.isEmpty() -> new Selections("sender_domain IS NULL", List.of());
            case Selection.Sender(var sender) ->
                new Selections(
                        "sender_local = ? COLLATE NOCASE AND sender_domain = ?",
                        List.of(
                                sender.orElseThrow().localPart(),
                                sender.orElseThrow().domain()));
            case Selection.Domain(var domain) -> new Selections("domain = ?", List.of(domain));
        };
    }

    private Map<Long, Set<Integer>> ask(Connection connection) throws SQLException {
        var found = new TreeMap<Long, Set<Integer>>();
        try (var statement = connection.prepareStatement(
                "SELECT mid, rid FROM recipient JOIN message USING (mid) WHERE " + condition)) {
            for (var i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getLong(1), key -> new HashSet<>())
                            .add(row.getInt(2));
                }
            }
        }
        return found;
    }
}
