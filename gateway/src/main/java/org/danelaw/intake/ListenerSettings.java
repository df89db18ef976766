package org.danelaw.intake;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// One address on which mail comes in.
///
/// @param address where to listen; port 0 takes a free one
/// @param identity what STARTTLS shows; without one it is not offered
/// @param groups the host access table: the first group that matches counts, a client of none is rejected
public record ListenerSettings(
        String name,
        InetSocketAddress address,
        Optional<ServerIdentity> identity,
        String bounceProfile,
        List<SenderGroup> groups,
        RecipientAccess recipientAccess) {
    public ListenerSettings {
        groups = List.copyOf(groups);
        if (identity.isEmpty()) {
            groups.stream()
                    .filter(group -> group.policy().tls() == MailFlowPolicy.TlsOffer.REQUIRED)
                    .findFirst()
                    .ifPresent(group -> {
                        throw new IllegalArgumentException("listener " + name + " has no certificate, and the policy "
                                + group.policy().name() + " of its sender group " + group.name() + " requires TLS");
                    });
        }
    }
}
