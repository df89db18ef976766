package org.danelaw.queue;

import java.io.IOException;
import java.sql.SQLException;

/// Something to be written by the one writer, together with whatever else waits.
interface Work {
    /// Writes, inside a transaction. After a failure of the whole group it is called again, alone.
    void write(SpoolWriter to) throws SQLException;

    /// The disk has it. Called on a thread that tells one after the other, and should not be kept long.
    void committed();

    /// The disk does not have it, and never will.
    void refused(IOException why);

    /// Whether it may wait a little for company, and for better times where the disk refuses it.
    boolean patient();
}
