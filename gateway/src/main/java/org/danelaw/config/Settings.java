package org.danelaw.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.danelaw.alerts.AlertSettings;
import org.danelaw.delivery.DeliverySettings;
import org.danelaw.events.LogSubscription;
import org.danelaw.intake.ListenerSettings;
import org.danelaw.resolver.DnsSettings;

/// All that the configuration file says, checked, with the defaults filled in; the records of the parts
/// that are told.
///
/// @param dataDirectory where the spool, logs, trust-anchor state and control socket live
/// @param usersFile who may authenticate, where a mail flow policy offers it
public record Settings(
        Path dataDirectory,
        DnsSettings dns,
        OutgoingTls tls,
        List<ListenerSettings> listeners,
        Optional<Path> usersFile,
        DeliverySettings delivery,
        List<LogSubscription> logs,
        AlertSettings alerts,
        Path controlSocket,
        Optional<InetSocketAddress> web,
        Optional<InetSocketAddress> metrics) {
    public Settings {
        listeners = List.copyOf(listeners);
        logs = List.copyOf(logs);
    }

    public Path spoolDirectory() {
        return dataDirectory.resolve("spool");
    }

    public Path logDirectory() {
        return dataDirectory.resolve("log");
    }

    /// Files for TLS on outgoing connections.
    public record OutgoingTls(Optional<Path> caFile, Optional<Path> clientCertificate, Optional<Path> clientKey) {}

    enum RecipientAction {
        ACCEPT,
        REJECT
    }
}
