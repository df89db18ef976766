package org.danelaw.lab.realm;

/// The outcome and, where mail is not delivered, the short reason of the decision tables.
public record Ending(Outcome outcome, String reason) {
    static final Ending AUTHENTICATED = new Ending(Outcome.AUTHENTICATED, "");
    static final Ending INSECURE_MX = new Ending(Outcome.INSECURE_MX, "");
    static final Ending ENCRYPTED = new Ending(Outcome.ENCRYPTED, "");
    static final Ending CLEAR = new Ending(Outcome.CLEAR, "");

    static final Ending MISMATCH = deferred("server certificate not trusted");
    static final Ending NO_STARTTLS = deferred("STARTTLS not offered");
    static final Ending TLS_FAILED = deferred("TLS handshake failed");
    static final Ending NO_USABLE_TLSA = deferred("no usable TLSA record");
    static final Ending NO_TLSA = deferred("no TLSA record");
    static final Ending WITHOUT_DNSSEC = deferred("destination without DNSSEC");
    static final Ending DOMAIN_LOOKUP_ERROR = deferred("domain lookup error");
    static final Ending HOST_LOOKUP_ERROR = deferred("host lookup error");
    static final Ending TLSA_LOOKUP_ERROR = deferred("TLSA lookup error");

    static final Ending NO_SUCH_DOMAIN = bounced("no such domain");
    static final Ending NULL_MX = bounced("destination takes no mail");
    static final Ending NO_ADDRESS = bounced("no address");

    static Ending deferred(String reason) {
        return new Ending(Outcome.DEFERRED, reason);
    }

    static Ending bounced(String reason) {
        return new Ending(Outcome.BOUNCED, reason);
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? outcome.toString() : outcome + " (" + reason + ")";
    }
}
