package org.danelaw.loglines;

import java.util.List;
import java.util.Set;
import org.danelaw.events.LineForm;
import org.danelaw.events.LogLine;

/// A test class that keeps the lines which its log would have.
public interface Logged {
    List<LogLine> logged();

    /// Waits until there are lines of all these forms, or for a while, where the test does not wait itself.
    default void awaitLogged(Set<LineForm> forms) throws InterruptedException {}
}
