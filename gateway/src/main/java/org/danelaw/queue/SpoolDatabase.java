package org.danelaw.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The spool's SQLite file: how it is opened, and its tables. Operators may read it while the gateway
/// runs.
///
/// @param file where it lies
/// @param synchronous whether commits wait for the disk
record SpoolDatabase(Path file, Synchronous synchronous) {
    /// What this program writes, in `PRAGMA user_version`. A change of the tables raises it and adds
    /// its step to [#migrate].
    static final int SCHEMA_VERSION = 1;

    /// A message of 10 KB takes two pages.
    private static final int PAGE_OCTETS = 8192;

    /// How many pages the write-ahead log holds before it is copied back: 32 MiB. Each copying costs
    /// two more syncs.
    private static final int CHECKPOINT_PAGES = 4096;

    /// A log that grew past this (behind a reader that stayed long) is cut back.
    private static final int LOG_OCTETS = 128 << 20;

    /// How long one connection waits for another's lock.
    private static final int BUSY_MILLIS = 10_000;

    private static final String[] TABLES = {
        """
        CREATE TABLE message (
          mid INTEGER PRIMARY KEY,
          sender_local TEXT, sender_domain TEXT, -- both NULL: the null sender
          eight_bit INTEGER NOT NULL, smtputf8 INTEGER NOT NULL, ret TEXT, envid TEXT,
          policy TEXT NOT NULL, dane INTEGER NOT NULL, bounce_profile TEXT NOT NULL,
          received INTEGER NOT NULL, -- milliseconds since 1970
          origin TEXT NOT NULL,
          size INTEGER NOT NULL,
          in_file INTEGER NOT NULL -- 1: the content is in bodies/<mid>, 0: in table body
        )""",
        "CREATE TABLE body (mid INTEGER PRIMARY KEY, content BLOB NOT NULL)",
        """
        CREATE TABLE recipient (
          mid INTEGER NOT NULL, rid INTEGER NOT NULL,
          local_part TEXT NOT NULL, domain TEXT NOT NULL, notify TEXT, orcpt TEXT,
          attempts INTEGER NOT NULL DEFAULT 0,
          due INTEGER NOT NULL, -- milliseconds since 1970
          give_up INTEGER NOT NULL DEFAULT 0, -- 1: what is due is the bounce
          delay_told INTEGER, -- milliseconds since 1970
          status TEXT, reason TEXT, sentence TEXT, host TEXT, -- why the last attempt failed
          reply_code INTEGER, reply_text TEXT, remedy TEXT, -- lines separated by LF
          PRIMARY KEY (mid, rid)
        ) WITHOUT ROWID""",
        "CREATE TABLE numbering (mid_ceiling INTEGER NOT NULL) -- one row: MIDs up to this may have been given",
        "INSERT INTO numbering VALUES (0)",
    };

    /// Opens a connection for the one writer, makes the tables where there are none, and brings older
    /// ones up to date.
    Connection openForWriting() throws SQLException, IOException {
        var connection = configuration().createConnection("jdbc:sqlite:" + file);
        try {
            migrate(connection);
            return connection;
        } catch (SQLException | IOException failed) {
            connection.close();
            throw failed;
        }
    }

    Connection openForReading() throws SQLException {
        var configuration = configuration();
        configuration.setReadOnly(true);
        return configuration.createConnection("jdbc:sqlite:" + file);
    }

    private SQLiteConfig configuration() {
        var configuration = new SQLiteConfig();
        configuration.setPageSize(PAGE_OCTETS);
        configuration.setJournalMode(JournalMode.WAL);
        configuration.setJournalSizeLimit(LOG_OCTETS);
        configuration.setBusyTimeout(BUSY_MILLIS);
        configuration.setSynchronous(
                switch (synchronous) {
                    case FULL -> SynchronousMode.FULL;
                    case NORMAL -> SynchronousMode.NORMAL;
                    case OFF -> SynchronousMode.OFF;
                });
        return configuration;
    }

    private void migrate(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            var version = version(connection);
            if (version > SCHEMA_VERSION) {
                throw new IOException("the spool " + file + " was written by a newer Danelaw (schema " + version
                        + ", this one knows " + SCHEMA_VERSION + "): start that one, or use another data directory");
            }
            if (version == 0) {
                statement.execute("BEGIN IMMEDIATE");
                for (var table : TABLES) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
                statement.execute("COMMIT");
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
