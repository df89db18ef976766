package org.danelaw.policy;

import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.policy.Destination.Trouble;
import org.xbill.DNS.Name;

/// Why a host, or a whole destination, gets no mail: the ground of the decision tables and a sentence to
/// act on, which names the record it is about.
public record Refusal(Ground ground, String sentence) {
    /// The peer proved something else than `host` had to (rules D14, M2, O2).
    public static Refusal mismatch(Name host, Verdict.Mismatched verdict) {
        return new Refusal(Ground.CERTIFICATE_NOT_TRUSTED, Sentences.mismatch(host, verdict.reasons()));
    }

    /// The host did not offer STARTTLS, or answered it with something else than 220, where TLS is required
    /// (rule D13).
    ///
    /// @param seen what the host said instead, as `454 TLS not available`
    public static Refusal startTlsNotOffered(Name host, String seen, TlsRequirement requirement) {
        return new Refusal(Ground.STARTTLS_NOT_OFFERED, Sentences.startTlsNotOffered(host, seen, requirement.source()));
    }

    /// There was no handshake to judge where TLS is required (rule D13).
    public static Refusal tlsFailed(Name host, String why, TlsRequirement requirement) {
        return new Refusal(Ground.TLS_FAILED, Sentences.tlsFailed(host, why, requirement.source()));
    }

    /// The destination has DANE, and mail for it takes a route that goes without.
    static Refusal smtpRoute(Name domain, RouteDane route) {
        return new Refusal(Ground.SMTP_ROUTE, Sentences.smtpRoute(domain, route));
    }

    /// A look-up failed, for `name` and the record type `type`.
    static Refusal lookupFailed(Ground ground, Name name, String type, Trouble trouble, Reason why) {
        // Where no resolver can do DNSSEC the fault is not the name's, and is never told as if it were
        // (rule A16).
        return why.code() == ExtendedError.NOT_READY
                ? new Refusal(Ground.NO_CAPABLE_RESOLVER, Sentences.noCapableResolver(why.sentence()))
                : new Refusal(ground, Sentences.lookupFailed(name, type, trouble, why));
    }

    /// The same, with a further sentence.
    Refusal with(String remark) {
        return new Refusal(ground, sentence + " " + remark);
    }

    /// The enhanced status code (RFC 3463) that logs and reports carry.
    public String status() {
        return ground.status;
    }

    /// The short reason, in the decision tables' words.
    public String reason() {
        return ground.reason;
    }

    @Override
    public String toString() {
        return ground.reason + ": " + sentence;
    }

    /// All the grounds there are, the most telling first: where hosts fail on several, the message gets the
    /// first.
    ///
    /// A fault of the peer's proof comes before a missing proof, and that before what could not be looked
    /// up or reached, because the former do not mend by waiting.
    public enum Ground {
        CERTIFICATE_NOT_TRUSTED("4.7.5", "server certificate not trusted"),
        STARTTLS_NOT_OFFERED("4.7.4", "STARTTLS not offered"),
        TLS_FAILED("4.7.5", "TLS handshake failed"),
        NO_USABLE_TLSA("4.7.0", "no usable TLSA record"),
        NO_TLSA("4.7.0", "no TLSA record"),
        WITHOUT_DNSSEC("4.7.0", "destination without DNSSEC"),
        SMTP_ROUTE("4.7.0", "SMTP route"),
        NO_CAPABLE_RESOLVER("4.4.3", "no DNSSEC-capable resolver"),
        DOMAIN_LOOKUP_ERROR("4.4.3", "domain lookup error"),
        TLSA_LOOKUP_ERROR("4.4.3", "TLSA lookup error"),
        HOST_LOOKUP_ERROR("4.4.3", "host lookup error"),
        NO_CONNECTION("4.4.1", "no connection"),
        SESSION_BROKEN("4.4.2", "connection lost"),
        OTHER_ADDRESS_FAMILY("4.4.4", "no address of the required family"),
        TOO_MANY_HOSTS("4.4.4", "too many mail hosts"),
        NO_ADDRESS("5.4.4", "no address"),
        LOOP("5.4.6", "mail loops back to this host"),
        NULL_MX("5.1.10", "destination takes no mail"),
        NO_SUCH_DOMAIN("5.1.2", "no such domain");

        private final String status;
        private final String reason;

        Ground(String status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        public String status() {
            return status;
        }

        public String reason() {
            return reason;
        }
    }
}
