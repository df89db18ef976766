package org.danelaw.dane;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is asked, and who is believed.
///
/// @param resolvers recursive name servers that pass DNSSEC records on, the preferred one first; they need
/// not validate
/// @param trustAnchors a file of DS or DNSKEY records in zone-file form; empty for the keys of the
/// internet's root
/// @param port where mail servers listen: 25, but in a laboratory
public record DaneSettings(List<InetSocketAddress> resolvers, Optional<Path> trustAnchors, int port) {
    /// The port of SMTP between servers (RFC 5321 section 4.5.4.2).
    public static final int SMTP = 25;

    /// Settings that name at least one resolver.
    public DaneSettings {
        resolvers = List.copyOf(resolvers);
        if (resolvers.isEmpty()) {
            throw new IllegalArgumentException("at least one resolver must be named");
        }
    }

    /// The internet as these resolvers show it.
    ///
    /// @param resolvers recursive name servers, the preferred one first
    /// @return settings with the root's own trust anchors and port 25
    public static DaneSettings asking(InetSocketAddress... resolvers) {
        return new DaneSettings(List.of(resolvers), Optional.empty(), SMTP);
    }

    /// The same in another internet, with a root of its own.
    ///
    /// @param file holds DS or DNSKEY records in zone-file form
    /// @return settings that trust what the file says and nothing else
    public DaneSettings trusting(Path file) {
        return new DaneSettings(resolvers, Optional.of(file), port);
    }

    /// The same with mail servers at another port.
    ///
    /// @param other the port that is dialled, and whose TLSA records count
    /// @return settings for that port
    public DaneSettings atPort(int other) {
        return new DaneSettings(resolvers, trustAnchors, other);
    }
}
