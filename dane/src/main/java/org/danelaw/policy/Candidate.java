package org.danelaw.policy;

import java.net.InetAddress;

/// One address of one host, to be dialled, and what must be proved there.
public record Candidate(HostFinding host, InetAddress address, TlsRequirement requirement) {
    public Candidate {
        if (requirement instanceof TlsRequirement.Withheld(var why)) {
            throw new IllegalArgumentException("withheld, so never dialled: " + why);
        }
    }
}
