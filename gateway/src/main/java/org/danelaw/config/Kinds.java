package org.danelaw.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.danelaw.dns.DomainName;
import org.xbill.DNS.Name;

/// The kinds of text that the configuration file knows.
final class Kinds {
    /// What a name of our own may be: it stands in log lines, commands and file names.
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final Range PORTS = new Range(0, 65_535);

    private Kinds() {}

    static final Kind<String> NAME = Kind.text("a name of letters, digits, dots, hyphens and underscores", text -> {
        require(text.matches(WORD), "it has 1 to 64 of these and begins with a letter or digit");
        return text;
    });

    static final Kind<String> SENTENCE = Kind.text("a text of one line", text -> {
        require(!text.isBlank() && text.chars().noneMatch(Character::isISOControl), "it has other characters");
        return text;
    });

    static final Kind<Name> DOMAIN = Kind.text("a domain", DomainName::parse);

    /// A host's own name, as EHLO says it (RFC 5321 section 4.1.1.1).
    static final Kind<String> HOST_NAME = DOMAIN.map(name -> name.toString(true));

    /// A domain, or with a leading dot all of its subdomains.
    static final Kind<String> DOMAIN_OR_BELOW =
            Kind.text("a domain, or \".domain\" for its subdomains", Patterns::domainOrBelow);

    static final Kind<Path> PATH = Kind.text("a path", text -> {
        require(!text.isEmpty(), "it is empty");
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(invalid.getReason(), invalid);
        }
    });

    static final Kind<InetAddress> ADDRESS = Kind.text("an IPv4 or IPv6 address", Kinds::address);

    static Kind<InetSocketAddress> endpoint(int defaultPort) {
        return Kind.text(
                "\"IP\", \"IPv4:port\" or \"[IPv6]:port\" (without a port: " + defaultPort + ")",
                text -> endpoint(text, defaultPort));
    }

    /// @throws IllegalArgumentException with a sentence, where the text is no address with or without a port
    static InetSocketAddress endpoint(String text, int defaultPort) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            require(close > 0, "the bracket is not closed");
            String rest = text.substring(close + 1);
            require(rest.isEmpty() || rest.startsWith(":"), "only :port may stand behind the bracket");
            return new InetSocketAddress(
                    address(text.substring(1, close)), rest.isEmpty() ? defaultPort : port(rest.substring(1)));
        }
        int colon = text.indexOf(':');
        boolean bare = colon < 0 || text.indexOf(':', colon + 1) > 0;
        return bare
                ? new InetSocketAddress(address(text), defaultPort)
                : new InetSocketAddress(address(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    static int port(String text) {
        require(text.matches("[0-9]{1,5}") && PORTS.contains(Long.parseLong(text)), "a port is a number " + PORTS);
        return Integer.parseInt(text);
    }

    static InetAddress address(String text) {
        // ofLiteral never asks the DNS; it also reads forms with fewer than four numbers, which nobody means.
        require(
                text.contains(":") || text.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+"),
                "\"" + text + "\" is no address; host names are not looked up here");
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("\"" + text + "\" is no address", malformed);
        }
    }

    static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// Whole numbers that an int holds.
    static Kind<Integer> integer(long least, long most) {
        return Kind.number(new Range(least, most)).map(Math::toIntExact);
    }

    static Kind<List<Integer>> integers(Range each, Range size) {
        return Kind.listOf(Kind.number(each).map(Math::toIntExact), size);
    }
}
