package org.danelaw.delivery;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Recipients' domains as DNS names, and address literals.
final class Names {
    private Names() {}

    /// A domain as a fully qualified name; nothing is ever appended to it (rule A24).
    ///
    /// @throws IllegalArgumentException where it cannot be a name: an over-long label, say
    static Name of(String domain) {
        try {
            return Name.fromString(domain, Name.root);
        } catch (TextParseException noName) {
            throw new IllegalArgumentException(domain + " is no domain name", noName);
        }
    }

    /// The domain as a name, if it can be one.
    static Optional<Name> parse(String domain) {
        try {
            return Optional.of(of(domain));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /// The name of a recipients' domain, or of the address in its address literal, if it can be one.
    static Optional<Name> ofDestination(String domain) {
        return parse(literal(domain).map(InetAddress::getHostAddress).orElse(domain));
    }

    /// The address in an address literal (RFC 5321 section 4.1.3), as `[192.0.2.1]` or
    /// `[IPv6:2001:db8::1]`.
    static Optional<InetAddress> literal(String domain) {
        if (!domain.startsWith("[") || !domain.endsWith("]")) {
            return Optional.empty();
        }
        var inside = domain.substring(1, domain.length() - 1);
        var six = inside.toLowerCase(Locale.ROOT).startsWith("ipv6:");
        var text = six ? inside.substring("ipv6:".length()) : inside;
        try {
            var address = InetAddress.ofLiteral(text);
            return Optional.of(address).filter(found -> six == text.contains(":"));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    static String text(Name name) {
        return name.toString(true);
    }
}
