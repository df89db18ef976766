package org.danelaw.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.danelaw.json.Word;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;

/// A kind of destination under a TLS Support and a DANE Support value: a recipient's domain of its own.
record DeliveryCase(Kind kind, TlsSupport tls, DaneSupport dane) {
    /// What the destination publishes, and what its host shows. The authority is the one that the gateway trusts.
    enum Kind {
        MATCHING("A TLSA record that names the host's key; no authority vouches for the host's name"),
        MISMATCH("A TLSA record that names another key; the authority vouches for the host's name"),
        UNUSABLE("Only a PKIX-EE record, which SMTP has no use for; the authority vouches for the host's name"),
        TRUSTED("Signed with DNSSEC, no TLSA record; the authority vouches for the host's name"),
        HOSTED("Signed with DNSSEC, no TLSA record; the authority vouches for the recipient's domain alone"),
        UNTRUSTED("Signed with DNSSEC, no TLSA record; no authority vouches for any name"),
        UNSIGNED("Not signed with DNSSEC; the authority vouches for the host's name"),
        PROMISED("A usable TLSA record, but the host does not offer STARTTLS"),
        PLAIN("Signed with DNSSEC, no TLSA record; the host does not offer STARTTLS");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }

        String zone() {
            return name().toLowerCase(Locale.ROOT) + ".example";
        }

        boolean offersTls() {
            return this != PROMISED && this != PLAIN;
        }

        /// Whether the authority does, for the host or for the recipient's domain.
        boolean isVouchedFor() {
            return List.of(MISMATCH, UNUSABLE, TRUSTED, HOSTED, UNSIGNED).contains(this);
        }
    }

    /// All that the configuration takes: DANE with TLS Support none is an error there.
    static List<DeliveryCase> all() {
        return Arrays.stream(Kind.values()).flatMap(DeliveryCase::of).toList();
    }

    static Stream<DeliveryCase> of(Kind kind) {
        return Arrays.stream(TlsSupport.values())
                .flatMap(tls -> Arrays.stream(DaneSupport.values())
                        .map(dane -> new DeliveryCase(kind, tls, dane))
                        .filter(DeliveryCase::isAllowed));
    }

    boolean isAllowed() {
        return tls != TlsSupport.NONE || dane == DaneSupport.NONE;
    }

    String domain() {
        return Word.of(tls) + "-" + Word.of(dane) + "." + kind.zone();
    }

    String recipient() {
        return "b@" + domain();
    }

    /// How the rules say that it ends.
    Fate fate() {
        return switch (kind) {
            case MATCHING -> dane == DaneSupport.NONE ? byTls() : Fate.PROVEN;
            case MISMATCH -> dane == DaneSupport.NONE ? byTls() : Fate.wait("server certificate not trusted");
            case PROMISED -> dane == DaneSupport.NONE ? byTls() : Fate.wait("STARTTLS not offered");
            case UNUSABLE -> dane == DaneSupport.MANDATORY ? Fate.wait("no usable TLSA record") : byTls();
            case UNSIGNED -> dane == DaneSupport.MANDATORY ? Fate.wait("destination without DNSSEC") : byTls();
            case TRUSTED, HOSTED, UNTRUSTED, PLAIN ->
                dane == DaneSupport.MANDATORY ? Fate.wait("no TLSA record") : byTls();
        };
    }

    private Fate byTls() {
        if (tls == TlsSupport.NONE) {
            return Fate.CLEAR;
        }
        if (!kind.offersTls()) {
            return isTlsRequired() ? Fate.wait("STARTTLS not offered") : Fate.CLEAR;
        }
        boolean vouched = switch (tls) {
            case NONE, PREFERRED, REQUIRED, PREFERRED_VERIFY -> true;
            case REQUIRED_VERIFY -> kind.isVouchedFor();
            // The host's name counts only where the DNS gave it securely (RFC 9525 section 6.1).
            case REQUIRED_VERIFY_HOSTED_DOMAIN -> kind.isVouchedFor() && kind != Kind.UNSIGNED;
        };
        return vouched ? Fate.ENCRYPTED : Fate.wait("server certificate not trusted");
    }

    private boolean isTlsRequired() {
        return switch (tls) {
            case NONE, PREFERRED, PREFERRED_VERIFY -> false;
            case REQUIRED, REQUIRED_VERIFY, REQUIRED_VERIFY_HOSTED_DOMAIN -> true;
        };
    }

    /// How a message ends at the first attempt, in the words of the table.
    record Fate(String words) {
        static final Fate PROVEN = new Fate("delivered, proven by DANE");
        static final Fate ENCRYPTED = new Fate("delivered encrypted");
        static final Fate CLEAR = new Fate("delivered in clear");

        static Fate wait(String reason) {
            return new Fate("waits: " + reason);
        }

        boolean isDelivered() {
            return !words.startsWith("waits");
        }
    }
}
