package org.danelaw.intake;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// An entry of a listener's host access table: which clients it is for, and on what terms they send.
public record SenderGroup(String name, List<Network> networks, MailFlowPolicy policy) {
    public SenderGroup {
        networks = List.copyOf(networks);
    }

    /// The network of this group that the client is in.
    Optional<Network> match(InetAddress client) {
        return networks.stream().filter(network -> network.contains(client)).findFirst();
    }
}
