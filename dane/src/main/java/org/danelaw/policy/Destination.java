package org.danelaw.policy;

import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;

/// Where a domain's mail goes, as far as its MX records say.
public sealed interface Destination {
    /// Hosts in the order in which they are tried: by preference, shuffled among equals (rule B12).
    record Hosts(NextHop nextHop, MxTrust trust, List<MxHost> hosts, Proof proof) implements Destination {
        public Hosts {
            hosts = List.copyOf(hosts);
        }

        /// The same destination without the hosts of `preference` and of worse ones.
        public Hosts before(int preference) {
            return new Hosts(
                    nextHop,
                    trust,
                    hosts.stream()
                            .filter(host -> host.preference() < preference)
                            .toList(),
                    proof);
        }
    }

    /// The domain takes no mail (RFC 7505); signed or not, as `proof` tells.
    record NullMx(Proof proof) implements Destination {}

    /// The domain does not exist (rule A2).
    ///
    /// @param proof of the denial, or that nothing is signed there
    record NoSuchDomain(Proof proof) implements Destination {}

    /// The look-up failed: nothing is known, so nothing is absent (rule A1).
    record Unresolved(Trouble trouble, Reason why) implements Destination {}

    /// Which way a look-up failed: `daneverify` says `BOGUS` for the one and `failed` for the other.
    enum Trouble {
        BOGUS,
        UNAVAILABLE
    }
}
