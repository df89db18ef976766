package org.danelaw.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.policy.TlsRequirement.Withheld;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// The one decision that delivery, `daneverify`, dry run and pages share: from the operator's rule and what
/// the DNS says to what a host must prove. Total and pure: `docs/decision-table.md` is printed from it.
public final class Decision {
    private final DestinationRule rule;
    private final Name recipientDomain;
    private final Destination.Hosts destination;
    private final HostFinding host;

    private Decision(DestinationRule rule, Name recipientDomain, Destination.Hosts destination, HostFinding host) {
        this.rule = rule;
        this.recipientDomain = recipientDomain;
        this.destination = destination;
        this.host = host;
    }

    /// What becomes of mail for a destination of which no host is known; empty where there are hosts to
    /// decide on.
    public static Optional<Conclusion> conclude(Name domain, Destination destination) {
        return switch (destination) {
            case Destination.Hosts _ -> Optional.empty();
            // RFC 7505 section 3: a null MX says that no mail is ever accepted.
            case Destination.NullMx _ -> bounced(Ground.NULL_MX, Sentences.nullMx(domain));
            // RFC 7672 section 2.1.2 speaks of failed look-ups only: a denied name has been looked up (rule
            // A2).
            case Destination.NoSuchDomain _ -> bounced(Ground.NO_SUCH_DOMAIN, Sentences.noSuchDomain(domain));
            // RFC 7672 section 2.1.2: when the MX look-up fails no host is known, so none may be tried
            // (rule A1).
            case Destination.Unresolved(var trouble, var why) ->
                Optional.of(new Conclusion.Deferred(
                        Refusal.lookupFailed(Ground.DOMAIN_LOOKUP_ERROR, domain, "MX", trouble, why)));
        };
    }

    private static Optional<Conclusion> bounced(Ground ground, String sentence) {
        return Optional.of(new Conclusion.Bounced(new Refusal(ground, sentence)));
    }

    /// What `host` must prove before it gets mail for `recipientDomain`, through whichever of its addresses.
    public static TlsRequirement require(
            DestinationRule rule, Name recipientDomain, Destination.Hosts destination, HostFinding host) {
        return new Decision(rule, recipientDomain, destination, host).requirement();
    }

    /// What `host` must prove when one of its addresses of `family` is dialled.
    public static TlsRequirement require(
            DestinationRule rule,
            Name recipientDomain,
            Destination.Hosts destination,
            HostFinding host,
            AddressFamily family) {
        return new Decision(rule, recipientDomain, destination, host).through(family);
    }

    private TlsRequirement requirement() {
        if (!host.v4().addresses().isEmpty() || !host.v6().addresses().isEmpty()) {
            return byDaneSupport();
        }
        // A failed look-up is never an absence: it is not known whether the host has addresses (rules A6,
        // A30).
        return failure(AddressFamily.IPV4).or(() -> failure(AddressFamily.IPV6)).orElseGet(this::noAddress);
    }

    private TlsRequirement noAddress() {
        return withheld(
                Ground.NO_ADDRESS,
                switch (destination.trust()) {
                    case SECURE, INSECURE -> Sentences.noAddress(host.name());
                    case CONFIGURED -> Sentences.noAddressOfRoute(host.name(), recipientDomain);
                });
    }

    private Optional<TlsRequirement> failure(AddressFamily family) {
        return host.of(family) instanceof AddressFinding.Failed(var trouble, var why)
                ? Optional.of(hostLookupError(family, trouble, why))
                : Optional.empty();
    }

    private TlsRequirement through(AddressFamily family) {
        return switch (host.of(family)) {
            case AddressFinding.Secure _ -> byDaneSupport();
            case AddressFinding.Insecure _ -> throughInsecure(family);
            case AddressFinding.None _ -> withheld(Ground.NO_ADDRESS, Sentences.noAddress(host.name(), family));
            case AddressFinding.Failed(var trouble, var why) -> hostLookupError(family, trouble, why);
        };
    }

    /// RFC 7672 section 2.2.2 chooses the TLSA base domain from a secure address look-up and does not say
    /// what holds for the other family where only one is secure. Here the records so found bind the host,
    /// whichever address is dialled: what a certificate proves does not hang on the address, and a forged
    /// AAAA record must not be a way around the TLSA records that a secure A record led to. Under mandatory
    /// DANE such an address is no way to the host at all, because there the status counts of the very
    /// address used (rule A14, table row M6).
    private TlsRequirement throughInsecure(AddressFamily family) {
        var onlyTheOtherIsSecure = host.of(family.other()) instanceof AddressFinding.Secure;
        return rule.dane() == DaneSupport.MANDATORY && onlyTheOtherIsSecure
                ? withheld(Ground.WITHOUT_DNSSEC, Sentences.insecureAddress(host.name(), family))
                : byDaneSupport();
    }

    private TlsRequirement byDaneSupport() {
        return switch (rule.dane()) {
            case NONE -> byTlsSupport();
            case OPPORTUNISTIC -> opportunistic();
            case MANDATORY -> mandatory();
        };
    }

    /// Table rows M1 to M15: all but proven secure records is withheld, never bounced (rule E9).
    private TlsRequirement mandatory() {
        return switch (destination.trust()) {
            case INSECURE -> withheld(Ground.WITHOUT_DNSSEC, Sentences.insecureMx(recipientDomain));
            case SECURE, CONFIGURED ->
                switch (host.tlsa()) {
                    case TlsaFinding.Usable(var records, var base, var proof) -> dane(records, base);
                    case TlsaFinding.AllUnusable(var records, var base, var proof) ->
                        withheld(Ground.NO_USABLE_TLSA, Sentences.allUnusable(base, records));
                    case TlsaFinding.Absent(var why, var proof) ->
                        withheld(Ground.NO_TLSA, Sentences.noTlsa(host.name(), why));
                    case TlsaFinding.Insecure(var base, var proof) ->
                        withheld(Ground.WITHOUT_DNSSEC, Sentences.insecureTlsa(base));
                    case TlsaFinding.NotAsked(var why, var proof) ->
                        withheld(Ground.WITHOUT_DNSSEC, Sentences.insecureHost(host.name(), why));
                    case TlsaFinding.Failed(var trouble, var why) -> tlsaLookupError(trouble, why);
                };
        };
    }

    /// Table rows O1 to O15.
    private TlsRequirement opportunistic() {
        return switch (destination.trust()) {
            case SECURE, CONFIGURED -> opportunistic(InsecureMx.DANE);
            // RFC 7672 section 2.2.1: records behind an insecure MX may be used, since they still keep out
            // all who cannot forge the MX; how far is the operator's choice (rule B14).
            case INSECURE -> opportunistic(rule.insecureMx());
        };
    }

    private TlsRequirement opportunistic(InsecureMx use) {
        return switch (host.tlsa()) {
            case TlsaFinding.Usable(var records, var base, var proof) ->
                switch (use) {
                    case DANE -> dane(records, base);
                    case ENCRYPT -> encryptedAtLeast(base);
                    case MAY -> byTlsSupport();
                };
            // RFC 7672 section 2.2: records that are secure but unusable still promise STARTTLS (rules B5,
            // C4).
            case TlsaFinding.AllUnusable(var records, var base, var proof) ->
                switch (use) {
                    case DANE, ENCRYPT -> encryptedAtLeast(base);
                    case MAY -> byTlsSupport();
                };
            // RFC 7672 section 2.1.2: an error at the TLSA records must not turn DANE off (rule A8).
            case TlsaFinding.Failed(var trouble, var why) ->
                switch (use) {
                    case DANE -> tlsaLookupError(trouble, why);
                    case ENCRYPT, MAY -> byTlsSupport();
                };
            // RFC 7672 section 2.2: no secure records, no DANE; what TLS does is as it would be without it.
            case TlsaFinding.Absent _ -> byTlsSupport();
            case TlsaFinding.Insecure _ -> byTlsSupport();
            case TlsaFinding.NotAsked _ -> byTlsSupport();
        };
    }

    private TlsRequirement dane(List<TlsaRecord> records, Name base) {
        return new TlsRequirement.Dane(records, referenceNames(base), base, destination.trust());
    }

    /// RFC 7672 section 3.2.2: the names that a DANE-TA chain may carry (rule D10).
    private List<Name> referenceNames(Name base) {
        var nextHop = destination.nextHop();
        var names = switch (destination.trust()) {
            // The next hop's own name counts only where secure MX records lead from it to the host; without
            // MX records, the host is the next hop, and its alias is a name only if it is the base domain.
            case SECURE ->
                isNextHop()
                        ? Stream.of(base, nextHop.original())
                        : Stream.of(base, nextHop.original(), nextHop.expanded());
            case INSECURE, CONFIGURED -> Stream.of(base, host.name());
        };
        return names.distinct().toList();
    }

    private boolean isNextHop() {
        return host.name().equals(destination.nextHop().original());
    }

    private TlsRequirement hostLookupError(AddressFamily family, Trouble trouble, Reason why) {
        return new Withheld(
                Refusal.lookupFailed(Ground.HOST_LOOKUP_ERROR, host.name(), family.recordType(), trouble, why));
    }

    private TlsRequirement tlsaLookupError(Trouble trouble, Reason why) {
        return new Withheld(Refusal.lookupFailed(Ground.TLSA_LOOKUP_ERROR, host.name(), "TLSA", trouble, why));
    }

    /// What the TLS Support setting says by itself.
    private TlsRequirement byTlsSupport() {
        var sni = host.name();
        return switch (rule.tls()) {
            case NONE -> new TlsRequirement.Never();
            case PREFERRED -> new TlsRequirement.IfOffered(new Check.Nothing(), sni);
            case REQUIRED -> new TlsRequirement.Encrypted(new Check.Nothing(), sni);
            case PREFERRED_VERIFY -> new TlsRequirement.IfOffered(new Check.ReportOnly(hostNames()), sni);
            case REQUIRED_VERIFY -> new TlsRequirement.Pkix(hostNames(), sni);
            case REQUIRED_VERIFY_HOSTED_DOMAIN -> new TlsRequirement.Pkix(hostedNames(), sni);
        };
    }

    /// No clear text, and no less than the TLS Support setting asks.
    private TlsRequirement encryptedAtLeast(Name sni) {
        return switch (rule.tls()) {
            case NONE, PREFERRED, REQUIRED -> new TlsRequirement.Encrypted(new Check.Nothing(), sni);
            case PREFERRED_VERIFY -> new TlsRequirement.Encrypted(new Check.ReportOnly(hostNames()), sni);
            case REQUIRED_VERIFY -> new TlsRequirement.Pkix(hostNames(), sni);
            case REQUIRED_VERIFY_HOSTED_DOMAIN -> new TlsRequirement.Pkix(hostedNames(), sni);
        };
    }

    /// The names that a certificate may carry under the Verify settings: the host's, however it was
    /// learned, because few certificates carry their customers' names.
    private List<Name> hostNames() {
        return Stream.of(recipientDomain, host.name()).distinct().toList();
    }

    /// The names under Required-Verify Hosted Domain: the host's only where its name was learned securely
    /// (RFC 9525 section 6.1).
    private List<Name> hostedNames() {
        return switch (destination.trust()) {
            case SECURE, CONFIGURED -> hostNames();
            case INSECURE -> List.of(recipientDomain);
        };
    }

    private static TlsRequirement withheld(Ground ground, String sentence) {
        return new Withheld(new Refusal(ground, sentence));
    }
}
