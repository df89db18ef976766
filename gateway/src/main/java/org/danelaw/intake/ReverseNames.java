package org.danelaw.intake;

import java.net.InetAddress;
import org.danelaw.events.ReverseName;

/// Finds out what reverse DNS says of a client, within a time of its own; never throws.
@FunctionalInterface
public interface ReverseNames {
    /// Asks nobody.
    ReverseNames UNASKED = client -> new ReverseName.Unknown();

    ReverseName of(InetAddress client);
}
