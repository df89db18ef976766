package org.danelaw.smtp;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Reads the path of MAIL or RCPT (RFC 5321 section 4.1.2, RFC 6531 section 3.3) from the front of a text.
final class PathParser {
    /// Characters that IDNA 2003, which Java has, and IDNA 2008 take to different domains (RFC 5894 section 7.2).
    private static final String DISPUTED = "\u00df\u03c2\u200c\u200d";

    private static final String SPECIAL_IN_ATOMS = "!#$%&'*+-/=?^_`{|}~";

    private final String text;
    private int position;

    PathParser(String text) {
        this.text = text;
    }

    /// A path of MAIL; empty for `<>`.
    Optional<Address> reversePath() throws SyntaxException {
        if (text.startsWith("<>")) {
            position = 2;
            return Optional.empty();
        }
        return Optional.of(path());
    }

    /// A path of RCPT. RFC 5321 section 4.1.1.3: `<Postmaster>` alone is that of this server.
    Address forwardPath(String hostname) throws SyntaxException {
        if (text.regionMatches(true, 0, "<postmaster>", 0, "<postmaster>".length())) {
            position = "<postmaster>".length();
            return new Address(text.substring(1, position - 1), hostname.toLowerCase(Locale.ROOT));
        }
        return path();
    }

    /// What follows the path.
    String rest() {
        return text.substring(position);
    }

    private Address path() throws SyntaxException {
        expect('<', "an address stands in angle brackets");
        skipSourceRoute();
        String localPart = localPart();
        expect('@', "an address has an @ and a domain");
        String domain = domain();
        expect('>', "an address ends in >");
        return new Address(localPart, domain);
    }

    /// RFC 5321 section 4.1.1.3 and appendix C: a source route is read and ignored.
    private void skipSourceRoute() throws SyntaxException {
        if (peek() != '@') {
            return;
        }
        while (peek() == '@') {
            position++;
            domain();
            if (peek() == ',') {
                position++;
            }
        }
        expect(':', "a source route ends in a colon");
    }

    private String localPart() throws SyntaxException {
        int start = position;
        if (peek() == '"') {
            quotedString();
        } else {
            dotString();
        }
        String localPart = text.substring(start, position);
        if (localPart.getBytes(StandardCharsets.UTF_8).length > SmtpLimits.LOCAL_PART) {
            throw refusal("its local part is longer than " + SmtpLimits.LOCAL_PART + " octets");
        }
        return localPart;
    }

    private void dotString() throws SyntaxException {
        atom();
        while (peek() == '.') {
            position++;
            atom();
        }
    }

    private void atom() throws SyntaxException {
        if (skipWhile(PathParser::isAtomText) == 0) {
            throw refusal("its local part is empty, has an empty part, or a character that must be quoted");
        }
    }

    private void quotedString() throws SyntaxException {
        position++;
        while (peek() != '"') {
            // RFC 5321 section 4.1.2: a backslash quotes any printable character.
            if (peek() == '\\') {
                position++;
            }
            if (peek() < ' ') {
                throw refusal("its quoted local part has no end");
            }
            position++;
        }
        position++;
    }

    private String domain() throws SyntaxException {
        return peek() == '[' ? addressLiteral() : domainName();
    }

    private String addressLiteral() throws SyntaxException {
        int end = text.indexOf(']', position);
        if (end < 0) {
            throw refusal("its address literal has no end");
        }
        String literal = text.substring(position + 1, end);
        position = end + 1;
        boolean ipv6 = literal.regionMatches(true, 0, "IPv6:", 0, "IPv6:".length());
        String address = ipv6 ? literal.substring("IPv6:".length()) : literal;
        requireAddress(address, ipv6);
        return ipv6 ? "[IPv6:" + address.toLowerCase(Locale.ROOT) + "]" : "[" + address + "]";
    }

    /// RFC 5321 section 4.1.3.
    private static void requireAddress(String address, boolean ipv6) throws SyntaxException {
        boolean hasForm = ipv6
                ? address.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
                : address.matches("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
        try {
            if (!hasForm || InetAddress.ofLiteral(address).getHostAddress().isEmpty()) {
                throw refusal("its address literal is neither an IPv4 address nor IPv6: and one");
            }
        } catch (IllegalArgumentException noAddress) {
            throw refusal("its address literal is no address");
        }
    }

    private String domainName() throws SyntaxException {
        int start = position;
        skipWhile(c -> isLetterOrDigit(c) || c == '-' || c == '.' || c > 0x7f);
        return ascii(text.substring(start, position));
    }

    /// RFC 5321 section 2.3.5 and RFC 5890 section 2.3: labels of letters, digits and hyphens, U-labels as A-labels.
    private static String ascii(String domain) throws SyntaxException {
        // Before the JDK's conversion, which throws something else at what no domain can be.
        if (domain.length() > SmtpLimits.DOMAIN) {
            throw refusal("its domain is no host name");
        }
        if (domain.codePoints().anyMatch(c -> DISPUTED.indexOf(c) >= 0)) {
            throw refusal("its domain means different domains to different programs: write it in its xn-- form");
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            if (isDomain(ascii)) {
                return ascii;
            }
        } catch (IllegalArgumentException noDomain) {
            throw refusal("its domain has a label that no host name has");
        }
        throw refusal("its domain is no host name");
    }

    private static boolean isDomain(String ascii) {
        return ascii.length() <= SmtpLimits.DOMAIN
                && ascii.matches("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    }

    private static boolean isAtomText(int c) {
        return isLetterOrDigit(c) || SPECIAL_IN_ATOMS.indexOf(c) >= 0 || c > 0x7f;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private int skipWhile(IntPredicate wanted) {
        int start = position;
        while (position < text.length() && wanted.test(text.charAt(position))) {
            position++;
        }
        return position - start;
    }

    private void expect(char wanted, String rule) throws SyntaxException {
        if (peek() != wanted) {
            throw refusal(rule);
        }
        position++;
    }

    /// The next character, or -1 at the end.
    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private static SyntaxException refusal(String why) {
        return new SyntaxException(501, "5.1.3 this is no address: " + why);
    }
}
