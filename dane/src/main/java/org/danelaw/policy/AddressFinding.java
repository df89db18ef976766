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
            addresses = List.copyOf(addresses);
        }
    }

    record Insecure(List<InetAddress> addresses, Proof proof) implements AddressFinding {
        public Insecure {
            addresses = List.copyOf(addresses);
        }
    }

    /// Proven or without DNSSEC: no such records.
    record None() implements AddressFinding {}

    record Failed(Trouble trouble, Reason why) implements AddressFinding {}
}
