package org.danelaw.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement;

/// By what the failures of an attempt keep mail from a destination, beyond what any host may do to any mail. Belongs
/// to the attempt's thread.
final class Holds {
    private final Map<Ground, HeldBy> grounds = new HashMap<>();

    /// That no resolver can do DNSSEC is no matter of one destination.
    void byDane(HostFailure failure) {
        if (failure.refusal().ground() != Ground.NO_CAPABLE_RESOLVER) {
            grounds.put(failure.refusal().ground(), HeldBy.DANE);
        }
    }

    /// A failure over which TLS Support has its say alone; where it only prefers TLS, the next attempt does without.
    void byTls(HostFailure failure, TlsRequirement requirement) {
        if (!(requirement instanceof TlsRequirement.IfOffered)
                && isOfTls(failure.refusal().ground())) {
            grounds.putIfAbsent(failure.refusal().ground(), HeldBy.TLS);
        }
    }

    private static boolean isOfTls(Ground ground) {
        return ground == Ground.CERTIFICATE_NOT_TRUSTED
                || ground == Ground.STARTTLS_NOT_OFFERED
                || ground == Ground.TLS_FAILED;
    }

    /// What is told of an attempt that ended by `told`; empty where that is no matter of DANE or TLS.
    Optional<DeliveryEvent> event(String domain, HostFailure told) {
        return Optional.ofNullable(grounds.get(told.refusal().ground()))
                .map(by -> new DeliveryEvent.Held(
                        domain,
                        by,
                        told.host(),
                        told.refusal().reason(),
                        told.refusal().sentence(),
                        told.remedy()));
    }
}
