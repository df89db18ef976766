package org.danelaw.app;

import java.io.IOException;
import java.net.Socket;
import org.danelaw.config.Settings;
import org.danelaw.delivery.DeliverySettings;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.tls.Handshake;
import org.danelaw.tls.TlsConnector;

/// The settings that count now. Who needs them asks anew each time; they are replaced as a whole.
final class Current implements TlsConnector {
    private final Settings atStart;
    private volatile Now now;

    /// @param tls a client that trusts the authorities of these settings
    record Now(Settings settings, TlsConnector tls) {
        static Now of(Settings settings) throws IOException {
            return new Now(settings, OutgoingTls.of(settings.tls()));
        }
    }

    Current(Now now) {
        atStart = now.settings();
        this.now = now;
    }

    void become(Now next) {
        now = next;
    }

    /// What parts go by that take no other settings while they run, whatever was committed since.
    Settings atStart() {
        return atStart;
    }

    Settings settings() {
        return now.settings();
    }

    /// Asked for every attempt (rule E14).
    DeliverySettings delivery() {
        return now.settings().delivery();
    }

    @Override
    public Handshake secure(Socket plain, TlsRequirement requirement) {
        return now.tls().secure(plain, requirement);
    }
}
