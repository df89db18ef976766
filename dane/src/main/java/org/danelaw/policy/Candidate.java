package org.danelaw.policy;

import java.net.InetAddress;

/// One address of one host, to be dialled, and what must be proved there.
public record Candidate(HostFinding host, InetAddress address, TlsRequirement requirement) {
    public Candidate {
        if (requirement instanceof TlsRequirement.Withheld(var why)) {
            throw new IllegalArgumentException("withheld, so never dialled: " + why);
        }
    }

    /// The look-up that the address comes from; its class does not tell, because Java makes an IPv4 address of an
    /// IPv4-mapped one in an AAAA record.
    public AddressFinding found() {
        return host.v4().addresses().contains(address) ? host.v4() : host.v6();
    }
}
