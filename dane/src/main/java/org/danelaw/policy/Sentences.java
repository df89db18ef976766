package org.danelaw.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// What refusals say to an operator: which name and record, what is wrong, and who can mend it how.
final class Sentences {
    private Sentences() {}

    static String lookupFailed(Name name, String type, Trouble trouble, Reason why) {
        var mend = switch (trouble) {
            case BOGUS -> "The operators of the zone must repair its DNSSEC.";
            case UNAVAILABLE ->
                "If this lasts, check the resolvers here, then tell the operators of the zone's name servers.";
        };
        var failed = "The " + type + " look-up for " + text(name) + " failed: " + why.sentence();
        // A sentence that ends with an absolute name has its full stop already.
        return failed + (failed.endsWith(".") ? " " : ". ") + mend;
    }

    static String nullMx(Name domain) {
        return text(domain) + " says with a null MX record (RFC 7505) that it takes no mail: check the address.";
    }

    static String noSuchDomain(Name domain) {
        return text(domain) + " does not exist in the DNS: check the address.";
    }

    static String noHostHasAnAddress(Name domain) {
        return "No mail host of " + text(domain) + " has an A or AAAA record: the domain must publish one.";
    }

    static String onlySomeLookedAt(Name domain, Destination.Hosts destination) {
        int lookedAt = destination.hosts().size();
        return "Only the " + lookedAt + " best of the "
                + (lookedAt + destination.beyond().size()) + " mail hosts of " + text(domain) + " were looked at.";
    }

    static String noneOfTheseHasAnAddress(String onlySomeLookedAt) {
        return onlySomeLookedAt + " None of these has an A or AAAA record: the domain must publish some or drop their"
                + " MX records.";
    }

    static String noAddress(Name host) {
        return text(host) + " has no A or AAAA record: the domain must publish one or drop the MX record.";
    }

    static String noAddressOfRoute(Name host, Name domain) {
        return text(host) + ", to which the SMTP route of " + text(domain)
                + " leads, has no A or AAAA record: correct the route, or the host's records.";
    }

    static String noAddress(Name host, AddressFamily family) {
        return text(host) + " has no " + family.recordType() + " record.";
    }

    static String noAddressOf(Name host, AddressFamily required) {
        return text(host) + " has no " + required.recordType() + " record, and the destination control's ip-preference"
                + " requires one.";
    }

    static String insecureAddress(Name host, AddressFamily family) {
        return "The " + family.recordType() + " records of " + text(host) + " are not signed with DNSSEC, its "
                + family.other().recordType() + " records are: mandatory DANE goes by the latter only.";
    }

    static String insecureMx(Name domain) {
        return "The MX records of " + text(domain) + " are not signed with DNSSEC: the domain must sign its zone, or"
                + " its destination control must not say dane = mandatory.";
    }

    static String insecureHost(Name host, String why) {
        return text(host) + " cannot have secure TLSA records: " + why + ". Its operator must sign its zone with DNSSEC"
                + " and publish TLSA records.";
    }

    static String insecureTlsa(Name base) {
        return "The TLSA records of " + text(base) + " are not signed with DNSSEC: its operator must sign their zone.";
    }

    static String noTlsa(Name host, String why) {
        return text(host) + " has no TLSA record: " + why + ". Its operator must publish one, as 3 1 1 with the SHA-256"
                + " of the server's public key.";
    }

    static String allUnusable(Name base, List<TlsaRecord> records) {
        return "None of the TLSA records of " + text(base) + " can be used for SMTP (RFC 7672 section 3.1): "
                + records.stream().map(TlsaRecord::toString).collect(Collectors.joining(", "))
                + ". Its operator must publish one of usage 2 or 3, selector 0 or 1, matching type 0, 1 or 2.";
    }

    static String mismatch(Name host, List<String> reasons) {
        return "The certificate of " + text(host) + " is not the one that was required: " + String.join("; ", reasons)
                + ".";
    }

    static String startTlsNotOffered(Name host, String seen, String requiredBy) {
        return text(host) + " does not offer STARTTLS (" + seen + ") although " + requiredBy
                + ": something between here and there may strip it, or the server's TLS is off.";
    }

    static String tlsFailed(Name host, String why, String requiredBy) {
        return "The TLS handshake with " + text(host) + " failed: " + why + "; " + requiredBy + ".";
    }

    static String smtpRoute(Name domain, RouteDane route) {
        var clash = switch (route) {
            case NOT_APPLICABLE -> ", to which DANE does not apply, and its destination control says dane = mandatory";
            case FAIL -> " with dane = \"fail\", and its destination control asks for DANE";
            case ROUTE_HOST -> throw new IllegalArgumentException("such a route never makes mail wait");
        };
        return text(domain) + " has an SMTP route" + clash
                + ": give the route dane = \"route-host\", or the destination another setting.";
    }

    static String noCapableResolver(String lack) {
        return "No configured resolver can do DNSSEC (" + lack + "): nothing can be said of any destination's DANE."
                + " Repair or replace the resolvers; [dns] when-unavailable says which mail waits.";
    }

    static String loop(Name domain, Name own) {
        return "The best mail host for " + text(domain) + " is this gateway itself (" + text(own)
                + "), which has no other way to deliver: give the domain an SMTP route, or correct its MX records.";
    }

    static String loopOfRoute(Name domain, Name own) {
        return "The SMTP route of " + text(domain) + " leads to this gateway itself (" + text(own)
                + "), which has no other way to deliver: correct the route.";
    }

    static String text(Name name) {
        return name.toString(true);
    }
}
