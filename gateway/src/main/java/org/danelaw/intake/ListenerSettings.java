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
            groups.forEach(group -> requireNothingOfTls(name, group));
        }
    }

    private static void requireNothingOfTls(String listener, SenderGroup group) {
        String beginning = "listener " + listener + " has no certificate, and the policy "
                + group.policy().name() + " of its sender group " + group.name();
        if (group.policy().tls() == MailFlowPolicy.TlsOffer.REQUIRED) {
            throw new IllegalArgumentException(beginning + " requires TLS");
        }
        if (group.policy().auth() != MailFlowPolicy.Auth.NONE) {
            throw new IllegalArgumentException(beginning + " offers AUTH, which needs TLS");
        }
    }
}
