package org.danelaw.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.danelaw.dns.DomainName;
import org.danelaw.smtp.Address;
import org.xbill.DNS.Name;

/// The kinds of text that the configuration file knows.
final class Kinds {
    /// What a name of our own may be: it stands in log lines, commands and file names.
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String DOT_STRING = ATOM + "(\\." + ATOM + ")*";

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

    /// One that any host can be told of: its local part is plain and in ASCII.
    static final Kind<Address> MAILBOX = Kind.text("a mailbox as \"name@domain\"", text -> {
        int at = text.lastIndexOf('@');
        require(at > 0 && text.substring(0, at).matches(DOT_STRING), "what is before the @ is missing or not plain");
        return new Address(
                text.substring(0, at), DomainName.parse(text.substring(at + 1)).toString(true));
    });

    static final Kind<URI> WEB_ADDRESS = Kind.text("an http or https address", text -> {
        try {
            var address = new URI(text);
            require(
                    Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null,
                    "it is none");
            require(address.getPort() <= Endpoint.MAX_PORT, "there is no port " + address.getPort());
            require(address.getUserInfo() == null, "a user and a password in it would not be sent");
            return address;
        } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException(invalid.getReason(), invalid);
        }
    });

    static final Kind<Path> PATH = Kind.text("a path", text -> {
        require(!text.isEmpty(), "it is empty");
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(invalid.getReason(), invalid);
        }
    });

    static final Kind<InetAddress> ADDRESS = Kind.text("an IPv4 or IPv6 address", Endpoint::address);

    static Kind<InetSocketAddress> endpoint(int defaultPort) {
        return Kind.text(
                "\"IP\", \"IPv4:port\" or \"[IPv6]:port\" (without a port: " + defaultPort + ")",
                text -> Endpoint.parse(text, defaultPort));
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
