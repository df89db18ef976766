package org.danelaw.policy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.xbill.DNS.Name;

/// A host that an MX record names, or the domain itself where there is none (RFC 5321 section 5.1), or one
/// that our own operator names in place of both; lower preferences are tried first.
///
/// @param port where it listens, where the operator says so
public record MxHost(Name name, int preference, OptionalInt port) {
    /// Four octets and the root.
    private static final int LABELS_OF_AN_IPV4_ADDRESS = 5;

    public MxHost(Name name, int preference) {
        this(name, preference, OptionalInt.empty());
    }

    /// Where it listens.
    ///
    /// @param usual where hosts listen of which nobody says anything else
    public int portOr(int usual) {
        return port.orElse(usual);
    }

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
