package org.danelaw.dns;

import java.net.IDN;
import java.util.Locale;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Reads a domain as people write it into the form that the DNS is asked for: A-labels, lower case, fully qualified.
public final class DomainName {
    /// RFC 1035 section 2.3.4: 255 octets, which is 253 in text without the final dot.
    public static final int MAX_LENGTH = 253;

    private DomainName() {}

    /// The name that `text` means.
    ///
    /// @throws IllegalArgumentException with a sentence, where the text is no domain
    public static Name parse(String text) {
        String ascii = toAscii(text);
        if (ascii.isEmpty() || !ascii.matches("[a-z0-9_.-]+")) {
            throw new IllegalArgumentException("a domain is letters, digits, hyphens and dots");
        }
        if (ascii.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a domain has at most " + MAX_LENGTH + " characters");
        }
        if (ascii.matches("[0-9.]+")) {
            throw new IllegalArgumentException("that is an address or a number, not a domain");
        }
        try {
            return Name.fromString(ascii, Name.root);
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException(
                    "a domain's labels have 1 to 63 characters each, with one dot between them", malformed);
        }
    }

    /// RFC 5891 section 4.4, as far as the JDK's IDNA 2003 agrees with it: where the two standards lead to different
    /// names, neither is guessed.
    private static String toAscii(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.chars().anyMatch(DomainName::readDifferently)) {
            throw new IllegalArgumentException(
                    "IDNA 2003 and IDNA 2008 read this name differently: write it in its xn-- form");
        }
        if (name.chars().allMatch(character -> character < 0x80)) {
            // Its labels are checked by what the DNS allows; the JDK's tables for other scripts take long to load.
            return name.toLowerCase(Locale.ROOT);
        }
        try {
            return IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notConvertible) {
            throw new IllegalArgumentException(
                    "it has no form in the DNS: write its labels of other scripts in their xn-- form", notConvertible);
        }
    }

    /// The deviations of UTS #46 section 7: sharp s, final sigma, and the two joiners.
    private static boolean readDifferently(int character) {
        return character == 0xdf || character == 0x3c2 || character == 0x200c || character == 0x200d;
    }
}
