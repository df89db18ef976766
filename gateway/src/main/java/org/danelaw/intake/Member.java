package org.danelaw.intake;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.danelaw.dns.DomainName;
import org.danelaw.events.ReverseName;

/// An entry of a sender group: the clients that it is for. Its text is that of the configuration, which the log names.
///
/// A client is known by its address, or by a name that reverse *and* forward DNS give it: who only claims a name, or
/// whose name could not be looked up, is no client of that name.
public sealed interface Member {
    /// Whether a client of this address and name is meant.
    boolean includes(InetAddress client, ReverseName name);

    /// Whether clients are meant by their name, so that of one whose name could not be looked up nobody knows.
    boolean goesByName();

    /// Clients in a range of addresses.
    record InNetwork(Network network) implements Member {
        @Override
        public boolean includes(InetAddress client, ReverseName name) {
            return network.contains(client);
        }

        @Override
        public boolean goesByName() {
            return false;
        }

        @Override
        public String toString() {
            return network.toString();
        }
    }

    /// The host of this name.
    record Host(String host) implements Member {
        @Override
        public boolean includes(InetAddress client, ReverseName name) {
            return verified(name).contains(host);
        }

        @Override
        public boolean goesByName() {
            return true;
        }

        @Override
        public String toString() {
            return host;
        }
    }

    /// The hosts below a domain.
    ///
    /// @param suffix the domain with a dot before it
    record Below(String suffix) implements Member {
        @Override
        public boolean includes(InetAddress client, ReverseName name) {
            return verified(name).stream().anyMatch(verified -> verified.endsWith(suffix));
        }

        @Override
        public boolean goesByName() {
            return true;
        }

        @Override
        public String toString() {
            return suffix;
        }
    }

    /// Everybody.
    record All() implements Member {
        @Override
        public boolean includes(InetAddress client, ReverseName name) {
            return true;
        }

        @Override
        public boolean goesByName() {
            return false;
        }

        @Override
        public String toString() {
            return "ALL";
        }
    }

    /// Reads `192.0.2.1`, `2001:db8::/32`, `host.example.org`, `.example.org` for the hosts below it, or `ALL`.
    ///
    /// @throws IllegalArgumentException with a sentence, where the text is none of these
    static Member parse(String text) {
        if (text.equalsIgnoreCase("ALL")) {
            return new All();
        }
        if (text.matches("[0-9./]*|.*[:/].*")) {
            return new InNetwork(Network.parse(text));
        }
        return text.startsWith(".") ? new Below("." + domain(text.substring(1))) : new Host(host(text));
    }

    private static String host(String text) {
        String name = domain(text);
        if (name.indexOf('.') < 0) {
            throw new IllegalArgumentException("a host has a name with a dot in it, and everybody is called \"ALL\"");
        }
        return name;
    }

    private static String domain(String text) {
        return DomainName.parse(text).toString(true).toLowerCase(Locale.ROOT);
    }

    private static List<String> verified(ReverseName name) {
        return switch (name) {
            case ReverseName.Verified(var names, var _) -> names;
            case ReverseName.Claimed _ -> List.of();
            case ReverseName.Undecided _ -> List.of();
            case ReverseName.Unknown _ -> List.of();
        };
    }
}
