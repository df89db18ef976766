package org.danelaw.policy;

import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;

/// Where a domain's mail goes, as far as its MX records say.
public sealed interface Destination {
    /// Hosts in the order in which they are tried: by preference, shuffled among equals (rule B12).
    ///
    /// @param hosts those that are looked at
    /// @param beyond those that are not, because there are too many, and none is better than any of `hosts`
    record Hosts(NextHop nextHop, MxTrust trust, List<MxHost> hosts, List<MxHost> beyond, Proof proof)
            implements Destination {
        public Hosts {
            hosts = List.copyOf(hosts);
            beyond = List.copyOf(beyond);
        }

        /// A destination whose hosts are all looked at.
        public Hosts(NextHop nextHop, MxTrust trust, List<MxHost> hosts, Proof proof) {
            this(nextHop, trust, hosts, List.of(), proof);
        }

        /// The same destination without the hosts of `preference` and of worse ones.
        public Hosts before(int preference) {
            return new Hosts(nextHop, trust, better(hosts, preference), better(beyond, preference), proof);
        }

        private static List<MxHost> better(List<MxHost> hosts, int preference) {
            return hosts.stream().filter(host -> host.preference() < preference).toList();
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
