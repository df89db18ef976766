package org.danelaw.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.OwnHosts;
import org.danelaw.policy.WhenUnavailable;
import org.danelaw.queue.BounceProfile;
import org.danelaw.smtp.SmtpTimeouts;

/// All that delivery is told by its operator. Read anew for every attempt, so that a change counts from
/// the next one on (rule E14).
///
/// @param hostname this node's name: said in EHLO, and never delivered to (rule B17)
/// @param ownListeners where this node takes mail in; never delivered to (rule B17)
/// @param port where mail hosts listen: 25, but in a lab
/// @param sourceAddresses what connections are made from: the first of the right family; none leaves
/// the choice to the system
/// @param maxConnections the most connections at a time over all destinations
/// @param connectTimeout how long a TCP connection may take
/// @param cleartextAfterFailedTls whether the attempt after a failed handshake goes in clear text,
/// where TLS is only preferred
/// @param retryJitterPercent by how much an interval may be longer than the profile says
public record DeliverySettings(
        String hostname,
        Set<InetSocketAddress> ownListeners,
        int port,
        List<InetAddress> sourceAddresses,
        InsecureMx insecureMx,
        WhenUnavailable whenUnavailable,
        int maxConnections,
        Duration connectTimeout,
        SmtpTimeouts timeouts,
        boolean cleartextAfterFailedTls,
        int retryJitterPercent,
        SmtpRoutes routes,
        DestinationControls controls,
        Map<String, BounceProfile> bounceProfiles) {
    /// RFC 5321 sets no time for the connection itself; hosts that are there answer within seconds.
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    public static final int MAX_CONNECTIONS = 10_000;

    public DeliverySettings {
        ownListeners = Set.copyOf(ownListeners);
        sourceAddresses = List.copyOf(sourceAddresses);
        bounceProfiles = Map.copyOf(bounceProfiles);
        if (maxConnections < 1) {
            throw new IllegalArgumentException("max-connections must be at least 1");
        }
    }

    /// The defaults, for a node of this name.
    public static DeliverySettings defaults(String hostname) {
        return new DeliverySettings(
                hostname,
                Set.of(),
                25,
                List.of(),
                InsecureMx.DANE,
                WhenUnavailable.DEFER,
                MAX_CONNECTIONS,
                CONNECT_TIMEOUT,
                SmtpTimeouts.RFC_5321,
                true,
                10,
                SmtpRoutes.NONE,
                DestinationControls.NONE,
                Map.of());
    }

    OwnHosts own() {
        return new OwnHosts(Set.of(Names.of(hostname)), ownListeners);
    }

    /// What connections to `remote` are made from: the first source address of its family, if there is
    /// one.
    Optional<InetAddress> sourceFor(InetAddress remote) {
        return sourceAddresses.stream()
                .filter(source -> source.getClass() == remote.getClass())
                .findFirst();
    }

    /// The bounce profile of that name; the default one if the operator has since removed it.
    BounceProfile bounceProfile(String name) {
        return bounceProfiles.getOrDefault(name, BounceProfile.DEFAULT);
    }
}
