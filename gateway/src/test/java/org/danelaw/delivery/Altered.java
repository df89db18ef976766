package org.danelaw.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.danelaw.policy.WhenUnavailable;
import org.danelaw.queue.BounceProfile;
import org.danelaw.smtp.SmtpTimeouts;

/// Delivery settings that are others' but for what a test changes.
final class Altered {
    private final DeliverySettings others;
    private Set<InetSocketAddress> ownListeners;
    private WhenUnavailable whenUnavailable;
    private int maxConnections;
    private List<InetAddress> sourceAddresses;
    private Duration connectTimeout;
    private SmtpTimeouts timeouts;
    private int retryJitterPercent;
    private SmtpRoutes routes;
    private DestinationControls controls;
    private Map<String, BounceProfile> bounceProfiles;

    private Altered(DeliverySettings others) {
        this.others = others;
        ownListeners = others.ownListeners();
        whenUnavailable = others.whenUnavailable();
        maxConnections = others.maxConnections();
        sourceAddresses = others.sourceAddresses();
        connectTimeout = others.connectTimeout();
        timeouts = others.timeouts();
        retryJitterPercent = others.retryJitterPercent();
        routes = others.routes();
        controls = others.controls();
        bounceProfiles = others.bounceProfiles();
    }

    static Altered from(DeliverySettings others) {
        return new Altered(others);
    }

    /// From the defaults, without jitter.
    static Altered defaults() {
        return from(DeliverySettings.defaults("gw.example")).retryJitterPercent(0);
    }

    Altered ownListeners(InetSocketAddress... addresses) {
        ownListeners = Set.of(addresses);
        return this;
    }

    Altered whenUnavailable(WhenUnavailable what) {
        whenUnavailable = what;
        return this;
    }

    Altered maxConnections(int most) {
        maxConnections = most;
        return this;
    }

    Altered sourceAddresses(List<InetAddress> addresses) {
        sourceAddresses = addresses;
        return this;
    }

    Altered connectTimeout(Duration time) {
        connectTimeout = time;
        return this;
    }

    Altered timeouts(SmtpTimeouts times) {
        timeouts = times;
        return this;
    }

    Altered retryJitterPercent(int percent) {
        retryJitterPercent = percent;
        return this;
    }

    Altered routes(SmtpRoutes table) {
        routes = table;
        return this;
    }

    Altered controls(DestinationControls table) {
        controls = table;
        return this;
    }

    Altered bounceProfiles(Map<String, BounceProfile> profiles) {
        bounceProfiles = profiles;
        return this;
    }

    DeliverySettings settings() {
        return new DeliverySettings(
                others.hostname(),
                ownListeners,
                others.port(),
                sourceAddresses,
                others.insecureMx(),
                whenUnavailable,
                maxConnections,
                connectTimeout,
                timeouts,
                others.cleartextAfterFailedTls(),
                retryJitterPercent,
                routes,
                controls,
                bounceProfiles);
    }
}
