package org.danelaw.delivery;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.danelaw.queue.Selection;

/// The deliveries as an operator sees and steers them. Domains are given in A-label form, lower case, as lanes have
/// them.
public interface Deliveries {
    /// Every destination that mail waits for, and those that had some lately.
    List<DestinationStatus> destinations();

    /// One of them; empty where nothing is known of it.
    Optional<DestinationStatus> destination(String domain);

    /// Brings all waiting mail forward: it is tried as soon as the limits allow, also where the destination is down.
    /// Each retry so brought forward counts as one. Tells how many deliveries that were.
    int deliverNow();

    /// The same for one destination.
    int deliverNow(String domain);

    /// Where nothing is delivered now.
    Suspension suspension();

    /// Delivers nothing more: messages that are being sent end, no further one begins, nothing bounces for its age. It
    /// stays so over a restart, until [#resume()].
    ///
    /// @throws IOException where that could not be written down; then nothing has changed
    void suspend() throws IOException;

    /// Ends what [#suspend()] began; domains that were suspended by themselves stay so.
    void resume() throws IOException;

    void suspend(String domain) throws IOException;

    void resume(String domain) throws IOException;

    /// Takes recipients out of the queue. What a session has in hand at this moment is let end.
    Removal remove(Selection selection, Fate fate) throws IOException;

    /// What becomes of mail that an operator takes out.
    enum Fate {
        /// Nobody is told.
        DELETED,
        /// It goes back to its sender with a report.
        BOUNCED
    }

    /// What a removal came to, in recipients.
    ///
    /// @param inHand those that a session had in hand: they are delivered, or wait again
    record Removal(int removed, int inHand) {}
}
