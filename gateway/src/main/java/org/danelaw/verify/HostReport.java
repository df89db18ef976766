package org.danelaw.verify;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.TlsaFinding;

/// All that was learned of one mail host: what the DNS says, and what its addresses showed.
public record HostReport(HostFinding finding, List<Attempt> attempts) {
    public HostReport {
        attempts = List.copyOf(attempts);
    }

    /// Whether the host can prove itself through its addresses of `family`.
    static boolean leadsToProof(HostFinding host, AddressFamily family) {
        return switch (host.of(family)) {
            case AddressFinding.Secure _ -> true;
            // RFC 7672 section 2.2.2: behind a secure alias the TLSA records of the alias bind even a host whose
            // addresses are insecure (rule B6); beside a secure family an insecure one is no way (rule A14).
            case AddressFinding.Insecure _ ->
                !(host.tlsa() instanceof TlsaFinding.NotAsked)
                        && !(host.of(family.other()) instanceof AddressFinding.Secure);
            case AddressFinding.None _ -> false;
            case AddressFinding.Failed _ -> false;
        };
    }

    Optional<Attempt> at(InetAddress address) {
        return attempts.stream()
                .filter(attempt -> attempt.address().equals(address))
                .findFirst();
    }

    boolean proves() {
        return attempts.stream().anyMatch(attempt -> attempt.ending().proves());
    }
}
