package org.danelaw.policy;

import java.net.InetAddress;
import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.Destination.Trouble;

/// What is known of a host's addresses of one family; each family is judged by itself (rule A14).
public sealed interface AddressFinding {
    record Secure(List<InetAddress> addresses, Proof proof) implements AddressFinding {
        public Secure {
            addresses = atLeastOne(addresses);
        }
    }

    record Insecure(List<InetAddress> addresses, Proof proof) implements AddressFinding {
        public Insecure {
            addresses = atLeastOne(addresses);
        }
    }

    /// No such records.
    ///
    /// @param proof of the denial, or that nothing is signed there
    record None(Proof proof) implements AddressFinding {
        @Override
        public List<InetAddress> addresses() {
            return List.of();
        }
    }

    record Failed(Trouble trouble, Reason why) implements AddressFinding {
        @Override
        public List<InetAddress> addresses() {
            return List.of();
        }
    }

    /// The addresses that can be dialled.
    List<InetAddress> addresses();

    private static List<InetAddress> atLeastOne(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address in what was found: that is None");
        }
        return List.copyOf(addresses);
    }
}
