package org.danelaw.tlsa;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The certificates that a server presented, in their order, as far as we look; each only once.
final class PresentedChain {
    /// Certificates beyond this one are not looked at; real chains have up to five.
    static final int MOST_CERTIFICATES = 16;
    /// Certificates behind so many octets are not looked at.
    static final int MOST_OCTETS = 100 * 1024;

    private final List<Presented> certificates;
    private final int leftOut;

    private PresentedChain(List<Presented> certificates, int leftOut) {
        this.certificates = certificates;
        this.leftOut = leftOut;
    }

    static PresentedChain of(List<byte[]> sent) {
        var taken = new ArrayList<Presented>();
        int octets = 0;
        int looked = 0;
        for (var each : sent) {
            octets += each.length;
            if (looked == MOST_CERTIFICATES || octets > MOST_OCTETS) {
                break;
            }
            looked++;
            var certificate = new Presented(each);
            if (taken.stream().noneMatch(certificate::isSameAs)) {
                taken.add(certificate);
            }
        }
        return new PresentedChain(List.copyOf(taken), sent.size() - looked);
    }

    /// The server's own certificate.
    Optional<Presented> leaf() {
        return certificates.stream().findFirst();
    }

    /// All others that Java can read: what may be an issuer.
    Map<X509Certificate, Presented> readableOthers() {
        var readable = new LinkedHashMap<X509Certificate, Presented>();
        certificates.stream()
                .skip(1)
                .forEach(other -> other.parsed().ifPresent(certificate -> readable.put(certificate, other)));
        return readable;
    }

    /// What has to be added to a reason for a refusal, if the chain was not looked at whole.
    String caveat() {
        return leftOut == 0
                ? ""
                : "; the last " + leftOut + " of the presented certificates were not looked at (at most "
                        + MOST_CERTIFICATES + ", " + MOST_OCTETS + " octets)";
    }
}
