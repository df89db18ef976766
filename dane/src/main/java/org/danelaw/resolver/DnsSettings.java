package org.danelaw.resolver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.ValidationSettings;

/// What an operator may choose about DNS.
///
/// @param timeOuts the time that the servers of each priority may take together, best priority first; the
/// last counts for all priorities after it
/// @param trustAnchors a file of DS and DNSKEY records; without it the root's anchors as IANA publishes them
/// @param anchorState where RFC 5011 keeps what has become of the anchors; without it they stay as they are
/// @param cacheBytes about how much memory answers and what is known of zones may take together
/// @param crypto whose code checks signatures
public record DnsSettings(
        List<DnsServer> servers,
        List<Duration> timeOuts,
        Optional<Path> trustAnchors,
        Optional<Path> anchorState,
        ValidationSettings validation,
        long cacheBytes,
        Crypto crypto) {
    public static final long DEFAULT_CACHE_BYTES = 256L << 20;

    public DnsSettings {
        servers = List.copyOf(servers);
        timeOuts = List.copyOf(timeOuts);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no name server to ask");
        }
        if (timeOuts.isEmpty() || timeOuts.stream().anyMatch(time -> !time.isPositive())) {
            throw new IllegalArgumentException("time-outs of name servers must be longer than nothing: " + timeOuts);
        }
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("a cache of negative size: " + cacheBytes);
        }
    }

    /// The usual choices for these servers.
    public static DnsSettings of(List<DnsServer> servers) {
        long levels = servers.stream().mapToInt(DnsServer::priority).distinct().count();
        return new DnsSettings(
                servers,
                usualTimeOuts(levels),
                Optional.empty(),
                Optional.empty(),
                ValidationSettings.DEFAULT,
                DEFAULT_CACHE_BYTES,
                Crypto.fastest());
    }

    /// The time-outs for so many priorities.
    public static List<Duration> usualTimeOuts(long levels) {
        if (levels <= 1) {
            return seconds(60);
        }
        return levels == 2 ? seconds(15, 45) : seconds(5, 10, 45);
    }

    private static List<Duration> seconds(Integer... seconds) {
        return List.of(seconds).stream().map(Duration::ofSeconds).toList();
    }

    public DnsSettings withTimeOuts(List<Duration> chosen) {
        return new DnsSettings(servers, chosen, trustAnchors, anchorState, validation, cacheBytes, crypto);
    }

    public DnsSettings withTrustAnchors(Path file) {
        return new DnsSettings(servers, timeOuts, Optional.of(file), anchorState, validation, cacheBytes, crypto);
    }

    public DnsSettings withAnchorState(Path file) {
        return new DnsSettings(servers, timeOuts, trustAnchors, Optional.of(file), validation, cacheBytes, crypto);
    }

    public DnsSettings withValidation(ValidationSettings chosen) {
        return new DnsSettings(servers, timeOuts, trustAnchors, anchorState, chosen, cacheBytes, crypto);
    }

    public DnsSettings withCacheBytes(long bytes) {
        return new DnsSettings(servers, timeOuts, trustAnchors, anchorState, validation, bytes, crypto);
    }

    /// Whose code checks signatures.
    public DnsSettings withCrypto(Crypto chosen) {
        return new DnsSettings(servers, timeOuts, trustAnchors, anchorState, validation, cacheBytes, chosen);
    }

    /// Reads a file of trust anchors as a resolver will when it starts.
    ///
    /// @throws IOException if it cannot be read, as `FILE:LINE: text` for each problem
    public static void checkTrustAnchors(Path file) throws IOException {
        ConfiguredAnchors.read(Optional.of(file));
    }

    /// How long a question may take at most, when every server is silent.
    Duration longestWait() {
        long levels = servers.stream().mapToInt(DnsServer::priority).distinct().count();
        Duration sum = Duration.ZERO;
        for (int i = 0; i < levels; i++) {
            sum = sum.plus(timeOuts.get(Math.min(i, timeOuts.size() - 1)));
        }
        return sum;
    }
}
