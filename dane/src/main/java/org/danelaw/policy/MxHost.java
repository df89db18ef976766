package org.danelaw.policy;

import java.net.InetAddress;
import java.util.Optional;
import org.xbill.DNS.Name;

/// A host that an MX record names, or the domain itself where there is none (RFC 5321 section 5.1); lower
/// preferences are tried first.
public record MxHost(Name name, int preference) {
    /// Four octets and the root.
    private static final int LABELS_OF_AN_IPV4_ADDRESS = 5;

    /// The address that the name spells, if it is not a name at all (rule B11): `192.0.2.1` in an MX
    /// record, or an address literal.
    public Optional<InetAddress> literal() {
        return literal(name);
    }

    /// The address that `name` spells; a name of fewer than four labels is never taken for one of IPv4's
    /// short forms.
    public static Optional<InetAddress> literal(Name name) {
        var text = name.toString(true);
        if (!text.contains(":") && name.labels() != LABELS_OF_AN_IPV4_ADDRESS) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
