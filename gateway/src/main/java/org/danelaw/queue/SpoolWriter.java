package org.danelaw.queue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Reply;

/// The statements of the one writer. Owned by its thread; nobody else may touch it.
final class SpoolWriter implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement insertMessage;
    private final PreparedStatement insertBody;
    private final PreparedStatement insertRecipient;
    private final PreparedStatement deleteRecipient;
    private final PreparedStatement deleteMessage;
    private final PreparedStatement deleteBody;
    private final PreparedStatement updateRecipient;
    private final PreparedStatement tellDelay;
    private final PreparedStatement setCeiling;

    private SpoolWriter(Connection connection) throws SQLException {
        this.connection = connection;
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        rollback = connection.prepareStatement("ROLLBACK");
        insertMessage = connection.prepareStatement("INSERT INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        insertBody = connection.prepareStatement("INSERT INTO body VALUES (?,?)");
        insertRecipient = connection.prepareStatement(
                "INSERT INTO recipient (mid, rid, local_part, domain, notify, orcpt, due) VALUES (?,?,?,?,?,?,?)");
        deleteRecipient = connection.prepareStatement("DELETE FROM recipient WHERE mid = ? AND rid = ?");
        deleteMessage = connection.prepareStatement(
                "DELETE FROM message WHERE mid = ?1 AND NOT EXISTS (SELECT 1 FROM recipient WHERE mid = ?1)");
        deleteBody = connection.prepareStatement("DELETE FROM body WHERE mid = ?");
        updateRecipient = connection.prepareStatement("UPDATE recipient SET attempts = ?, due = ?, give_up = ?,"
                + " status = ?, reason = ?, sentence = ?, host = ?, reply_code = ?, reply_text = ?, remedy = ?"
                + " WHERE mid = ? AND rid = ?");
        tellDelay = connection.prepareStatement("UPDATE recipient SET delay_told = ? WHERE mid = ? AND rid = ?");
        setCeiling = connection.prepareStatement("UPDATE numbering SET mid_ceiling = ?");
    }

    static SpoolWriter open(SpoolDatabase database) throws SQLException, IOException {
        var connection = database.openForWriting();
        try {
            return new SpoolWriter(connection);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    Connection connection() {
        return connection;
    }

    void begin() throws SQLException {
        begin.execute();
    }

    void commit() throws SQLException {
        commit.execute();
    }

    void rollback() throws SQLException {
        rollback.execute();
    }

    /// Adds a message and its recipients, due at once.
    ///
    /// @param body the content, or empty where it lies in a file
    void insert(long mid, NewMessage message, long size, Optional<byte[]> body) throws SQLException {
        var envelope = message.envelope();
        insertMessage.setLong(1, mid);
        insertMessage.setString(2, envelope.sender().map(Address::localPart).orElse(null));
        insertMessage.setString(3, envelope.sender().map(Address::domain).orElse(null));
        insertMessage.setBoolean(4, envelope.needs().eightBitMime());
        insertMessage.setBoolean(5, envelope.needs().smtpUtf8());
        insertMessage.setString(6, envelope.dsn().ret().orElse(null));
        insertMessage.setString(7, envelope.dsn().envelopeId().orElse(null));
        insertMessage.setString(8, message.policy());
        insertMessage.setBoolean(9, message.dane());
        insertMessage.setString(10, message.bounceProfile());
        insertMessage.setLong(11, message.received().toEpochMilli());
        insertMessage.setString(12, message.origin());
        insertMessage.setLong(13, size);
        insertMessage.setBoolean(14, body.isEmpty());
        insertMessage.executeUpdate();
        if (body.isPresent()) {
            insertBody.setLong(1, mid);
            insertBody.setBytes(2, body.get());
            insertBody.executeUpdate();
            // The statement would hold on to the octets until the next one comes.
            insertBody.clearParameters();
        }
        insertRecipients(mid, message);
    }

    private void insertRecipients(long mid, NewMessage message) throws SQLException {
        var rid = 0;
        for (var recipient : message.envelope().recipients()) {
            insertRecipient.setLong(1, mid);
            insertRecipient.setInt(2, rid++);
            insertRecipient.setString(3, recipient.address().localPart());
            insertRecipient.setString(4, recipient.address().domain());
            insertRecipient.setString(5, recipient.notifyWhen().orElse(null));
            insertRecipient.setString(6, recipient.originalRecipient().orElse(null));
            insertRecipient.setLong(7, message.received().toEpochMilli());
            insertRecipient.executeUpdate();
        }
    }

    /// Applies what an outcome changes; tells whether the message has left the spool with it.
    boolean apply(Settlement settlement) throws SQLException {
        return switch (settlement) {
            case Settlement.Done(var mid, var rids) -> finish(mid, rids);
            case Settlement.Again again -> {
                for (var rid : again.rids()) {
                    update(again, rid);
                }
                yield false;
            }
            case Settlement.DelayTold(var mid, var rids, var at) -> {
                told(mid, rids, at);
                yield false;
            }
        };
    }

    private boolean finish(long mid, List<Integer> rids) throws SQLException {
        for (var rid : rids) {
            deleteRecipient.setLong(1, mid);
            deleteRecipient.setInt(2, rid);
            deleteRecipient.executeUpdate();
        }
        deleteMessage.setLong(1, mid);
        if (deleteMessage.executeUpdate() == 0) {
            return false;
        }
        deleteBody.setLong(1, mid);
        deleteBody.executeUpdate();
        return true;
    }

    private void update(Settlement.Again again, int rid) throws SQLException {
        var why = again.why();
        updateRecipient.setInt(1, again.attempts());
        updateRecipient.setLong(2, again.next().at().toEpochMilli());
        updateRecipient.setBoolean(3, again.next() instanceof Next.GiveUp);
        updateRecipient.setString(4, why.status());
        updateRecipient.setString(5, why.reason());
        updateRecipient.setString(6, why.sentence());
        updateRecipient.setString(7, why.host().orElse(null));
        updateRecipient.setObject(8, why.reply().map(Reply::code).orElse(null), Types.INTEGER);
        updateRecipient.setString(
                9, why.reply().map(reply -> String.join("\n", reply.lines())).orElse(null));
        updateRecipient.setString(10, String.join("\n", why.remedy()));
        updateRecipient.setLong(11, again.mid());
        updateRecipient.setInt(12, rid);
        updateRecipient.executeUpdate();
    }

    private void told(long mid, List<Integer> rids, Instant at) throws SQLException {
        for (var rid : rids) {
            tellDelay.setLong(1, at.toEpochMilli());
            tellDelay.setLong(2, mid);
            tellDelay.setInt(3, rid);
            tellDelay.executeUpdate();
        }
    }

    /// Sets aside all MIDs up to `mid`: none of them is given again after a restart.
    void setCeiling(long mid) throws SQLException {
        setCeiling.setLong(1, mid);
        setCeiling.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
