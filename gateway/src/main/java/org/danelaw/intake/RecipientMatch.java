package org.danelaw.intake;

import java.util.Locale;
import java.util.Optional;
import org.danelaw.dns.DomainName;
import org.danelaw.smtp.Address;

/// Whom an entry of the recipient access table is for. Its text is that of the configuration.
public sealed interface RecipientMatch {
    /// What everybody is called, in any letter case.
    String ALL = "ALL";

    /// Whether this recipient is meant.
    boolean includes(Address recipient);

    /// The domain that it is in, or with a leading dot the one that it is below; everybody is in none.
    Optional<String> domain();

    /// All recipients: such an entry can only be the last and only reject, to say it in words of its own.
    record Everybody() implements RecipientMatch {
        @Override
        public boolean includes(Address recipient) {
            return true;
        }

        @Override
        public Optional<String> domain() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return ALL;
        }
    }

    /// One mailbox, in any letter case.
    ///
    /// @param localPart in lower case, without quotes
    record Mailbox(String localPart, String at) implements RecipientMatch {
        @Override
        public boolean includes(Address recipient) {
            return recipient.domain().equals(at) && plain(recipient.localPart()).equals(localPart);
        }

        @Override
        public Optional<String> domain() {
            return Optional.of(at);
        }

        @Override
        public String toString() {
            return localPart + "@" + at;
        }

        /// RFC 5321 section 4.1.2: quotes and backslashes say how a local part is written, and nothing of whose it is.
        private static String plain(String local) {
            String bare = local.startsWith("\"")
                    ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1")
                    : local;
            return bare.toLowerCase(Locale.ROOT);
        }
    }

    /// Everybody at a domain.
    record InDomain(String name) implements RecipientMatch {
        @Override
        public boolean includes(Address recipient) {
            return recipient.domain().equals(name);
        }

        @Override
        public Optional<String> domain() {
            return Optional.of(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Everybody at the subdomains of a domain.
    ///
    /// @param suffix the domain with a dot before it
    record Below(String suffix) implements RecipientMatch {
        @Override
        public boolean includes(Address recipient) {
            return recipient.domain().endsWith(suffix);
        }

        @Override
        public Optional<String> domain() {
            return Optional.of(suffix);
        }

        @Override
        public String toString() {
            return suffix;
        }
    }

    /// Reads `user@example.org`, `example.org`, `.example.org` for its subdomains, or `ALL`.
    ///
    /// @throws IllegalArgumentException with a sentence, where the text is none of these
    static RecipientMatch parse(String text) {
        if (text.equalsIgnoreCase(ALL)) {
            return new Everybody();
        }
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            return mailbox(text.substring(0, at), text.substring(at + 1));
        }
        return text.startsWith(".") ? new Below("." + name(text.substring(1))) : new InDomain(name(text));
    }

    private static Mailbox mailbox(String localPart, String domain) {
        if (localPart.isEmpty() || localPart.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("the part before the @ is missing or has a blank");
        }
        return new Mailbox(localPart.toLowerCase(Locale.ROOT), name(domain));
    }

    private static String name(String text) {
        return DomainName.parse(text).toString(true);
    }
}
