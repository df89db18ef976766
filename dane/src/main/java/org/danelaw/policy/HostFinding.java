package org.danelaw.policy;

import org.xbill.DNS.Name;

/// All that the DNS says of one mail host: its addresses by family, its fully expanded name, its TLSA
/// records.
///
/// @param expanded where the host's aliases lead; the host's own name without an alias
public record HostFinding(MxHost host, Name expanded, AddressFinding v4, AddressFinding v6, TlsaFinding tlsa) {
    public Name name() {
        return host.name();
    }

    public AddressFinding of(AddressFamily family) {
        return switch (family) {
            case IPV4 -> v4;
            case IPV6 -> v6;
        };
    }
}
