package org.danelaw.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.danelaw.dns.AddressText;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Decision;
import org.danelaw.policy.Destination;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.tlsa.TlsaRecord;

/// A report for people: what is there, what is wrong and by which rule, what the other side must publish, and what
/// becomes of mail meanwhile.
public final class Explanation {
    private final Report report;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Report report) {
        this.report = report;
    }

    /// The lines, without line ends.
    public static List<String> of(Report report) {
        var explanation = new Explanation(report);
        explanation.verdict();
        explanation.whatIsThere();
        explanation.whatIsWrong();
        explanation.whatToPublish();
        report.detour().ifPresent(explanation::whichWay);
        explanation.whatBecomesOfMail();
        return explanation.lines;
    }

    private void verdict() {
        var judgement = report.judgement();
        lines.add(domain()
                + switch (judgement.result()) {
                    case SUCCESS ->
                        report.detour().isEmpty()
                                ? " can do DANE: mail under Mandatory DANE is delivered."
                                : " can do DANE, but its mail does not go by its MX records here.";
                    case FAILED -> " cannot do DANE: " + judgement.reason() + ".";
                    case UNKNOWN -> ": not known whether it can do DANE now: " + judgement.reason() + ".";
                });
    }

    private void whatIsThere() {
        heading("What is there");
        switch (report.destination()) {
            case Destination.Hosts hosts -> {
                lines.add("  MX records: " + trust(hosts.trust()));
                report.hosts().forEach(this::host);
                hosts.hosts().stream()
                        .skip(report.hosts().size())
                        .forEach(host -> lines.add(
                                "  " + host.preference() + " " + host.name().toString(true) + ": not looked at"));
                if (!hosts.beyond().isEmpty()) {
                    lines.add("  and " + hosts.beyond().size() + " more, which are too many: never looked at");
                }
            }
            case Destination.NullMx _ -> lines.add("  a null MX record: the domain takes no mail");
            case Destination.NoSuchDomain _ -> lines.add("  no such domain");
            case Destination.Unresolved(var trouble, var why) -> lines.add("  nothing that can be used: " + why);
        }
    }

    private void host(HostReport host) {
        var finding = host.finding();
        lines.add("  " + finding.host().preference() + " " + finding.name().toString(true));
        for (AddressFamily family : AddressFamily.values()) {
            addresses(family, finding.of(family));
        }
        tlsa(host);
        host.attempts().forEach(this::attempt);
    }

    private void addresses(AddressFamily family, AddressFinding finding) {
        switch (finding) {
            case AddressFinding.Secure(var addresses, var proof) ->
                addresses.forEach(address -> lines.add("     " + AddressText.of(address) + ": secure"));
            case AddressFinding.Insecure(var addresses, var proof) ->
                addresses.forEach(address -> lines.add("     " + AddressText.of(address) + ": not signed with DNSSEC"));
            case AddressFinding.None _ -> lines.add("     no " + family.recordType() + " record");
            case AddressFinding.Failed(var trouble, var why) ->
                lines.add("     " + family.recordType() + " look-up failed: " + why);
        }
    }

    private void tlsa(HostReport host) {
        switch (host.finding().tlsa()) {
            case TlsaFinding.Usable(var records, var base, var proof) ->
                records("     TLSA records of " + base.toString(true) + ": secure", records, host);
            case TlsaFinding.AllUnusable(var records, var base, var proof) ->
                records("     TLSA records of " + base.toString(true) + ": secure, none usable", records, host);
            case TlsaFinding.Insecure(var base, var proof) ->
                lines.add("     TLSA records of " + base.toString(true) + ": not signed with DNSSEC");
            case TlsaFinding.Absent(var why, var proof) -> lines.add("     no TLSA record: " + why);
            case TlsaFinding.NotAsked(var why, var proof) -> lines.add("     TLSA records not asked for: " + why);
            case TlsaFinding.Failed(var trouble, var why) -> lines.add("     TLSA look-up failed: " + why);
        }
    }

    private void records(String title, List<TlsaRecord> records, HostReport host) {
        lines.add(title);
        records.forEach(record -> lines.add("       " + record + ": " + standing(RecordStanding.of(record, host))));
    }

    private static String standing(RecordStanding standing) {
        return standing.matched()
                ? "admits the certificate"
                : standing.reason().orElse(standing.usable() ? "usable" : "unusable");
    }

    private void attempt(Attempt attempt) {
        String where = "     " + AddressText.of(attempt.address()) + " port " + attempt.port() + ": ";
        lines.add(where
                + switch (attempt.ending()) {
                    case Ending.NoConnection(var why) -> "no connection: " + why;
                    case Ending.NoSession(var why) -> "no SMTP session: " + why;
                    case Ending.NoStartTls(var seen) -> "STARTTLS not offered: " + seen;
                    case Ending.TlsFailed(var why) -> "TLS failed: " + why;
                    case Ending.Unused() -> "connected";
                    case Ending.Refused(var verdict, var evidence) -> "another certificate than the records name";
                    case Ending.Secured(var verdict, var evidence) -> evidence.protocol() + ", " + evidence.cipher();
                });
        Certificates.of(attempt.ending()).stream()
                .findFirst()
                .flatMap(Certificates::parsed)
                .ifPresent(leaf -> lines.add("       certificate of "
                        + leaf.getSubjectX500Principal().getName() + ", valid until "
                        + leaf.getNotAfter().toInstant()));
    }

    private void whatIsWrong() {
        var refusals = refusals();
        if (!refusals.isEmpty()) {
            heading("What is wrong");
            refusals.forEach(refusal -> lines.add("  - " + refusal.sentence() + " (" + rule(refusal.ground()) + ")"));
        }
    }

    /// Everything that stands between the domain and Mandatory DANE, each thing once.
    private Set<Refusal> refusals() {
        var all = new LinkedHashSet<Refusal>();
        if (!(report.destination() instanceof Destination.Hosts hosts)) {
            Decision.conclude(report.domain(), report.destination()).ifPresent(conclusion -> all.add(conclusion.why()));
            return all;
        }
        for (HostReport host : report.hosts()) {
            if (!host.proves() || hosts.trust() == MxTrust.INSECURE) {
                all.addAll(Forecast.refusals(host, report.domain(), hosts));
            }
        }
        return all;
    }

    private void whatToPublish() {
        for (HostReport host : report.hosts()) {
            if (!host.proves()) {
                host.attempts().forEach(attempt -> publish(host, attempt));
            }
        }
    }

    private void publish(HostReport host, Attempt attempt) {
        Certificates.of(attempt.ending()).stream()
                .findFirst()
                .flatMap(Certificates::endEntityKey)
                .ifPresent(record -> {
                    heading("What the operator of " + host.finding().name().toString(true) + " can publish");
                    lines.add("  _" + attempt.port() + "._tcp." + base(host) + ". IN TLSA " + record);
                    lines.add("  That is the key which " + AddressText.of(attempt.address()) + " shows now, in a zone"
                            + " signed with DNSSEC; whoever publishes it");
                    lines.add("  compares it with the server's own certificate first.");
                });
    }

    private static String base(HostReport host) {
        return switch (host.finding().tlsa()) {
            case TlsaFinding.Usable(var records, var base, var proof) -> base.toString(true);
            case TlsaFinding.AllUnusable(var records, var base, var proof) -> base.toString(true);
            case TlsaFinding.Insecure(var base, var proof) -> base.toString(true);
            case TlsaFinding.Absent absent -> host.finding().name().toString(true);
            case TlsaFinding.NotAsked notAsked -> host.finding().name().toString(true);
            case TlsaFinding.Failed failed -> host.finding().name().toString(true);
        };
    }

    private void whichWay(Detour detour) {
        heading("Which way mail goes here");
        switch (detour) {
            case Detour.Discarded(var match) -> lines.add("  thrown away, by the SMTP route for " + match);
            case Detour.Through(var route, var destination, var hosts) -> {
                lines.add("  by " + Detour.words(route));
                hosts.forEach(this::host);
            }
        }
    }

    private void whatBecomesOfMail() {
        heading("What becomes of mail now");
        lines.addAll(fates(report));
    }

    /// What each DANE mode would do with mail now, a line each.
    public static List<String> fates(Report report) {
        return List.of(
                "  DANE Support opportunistic: " + fate(Forecast.of(Modes.OPPORTUNISTIC, report)),
                "  DANE Support mandatory:     " + fate(Forecast.of(Modes.MANDATORY, report)));
    }

    private static String fate(Forecast forecast) {
        String what = switch (forecast.outcome()) {
            case DELIVER_AUTHENTICATED -> "delivered over an authenticated connection";
            case DELIVER_INSECURE_MX -> "delivered to a host that proved itself, behind insecure MX records";
            case DELIVER_ENCRYPTED -> "delivered over an encrypted connection";
            case BY_TLS_SETTING -> "delivered as TLS Support says, without DANE";
            case DEFER -> "waits in the queue";
            case BOUNCE -> "bounces";
            case DISCARD -> "thrown away, as the SMTP route says";
        };
        return Optional.of(forecast.reason())
                .filter(reason -> !reason.isEmpty())
                .map(reason -> what + " (" + reason + ")")
                .orElse(what);
    }

    private static String rule(Refusal.Ground ground) {
        return switch (ground) {
            case CERTIFICATE_NOT_TRUSTED -> "RFC 7672 section 3, RFC 7671 section 5";
            case STARTTLS_NOT_OFFERED, TLS_FAILED -> "RFC 7672 section 2.2";
            case NO_USABLE_TLSA -> "RFC 7672 sections 2.2 and 3.1";
            case NO_TLSA -> "RFC 7672 sections 2.2 and 6";
            case WITHOUT_DNSSEC -> "RFC 7672 sections 2.2.1 and 2.2.2";
            case DOMAIN_LOOKUP_ERROR, TLSA_LOOKUP_ERROR, HOST_LOOKUP_ERROR, NO_CAPABLE_RESOLVER ->
                "RFC 7672 section 2.1.2";
            case NO_CONNECTION,
                    SESSION_BROKEN,
                    OTHER_ADDRESS_FAMILY,
                    TOO_MANY_HOSTS,
                    NO_ADDRESS,
                    NO_SUCH_DOMAIN,
                    LOOP -> "RFC 5321 section 5.1";
            case NULL_MX -> "RFC 7505";
            case SMTP_ROUTE -> "RFC 7672 section 2.2";
        };
    }

    private static String trust(MxTrust trust) {
        return switch (trust) {
            case SECURE -> "secure";
            case INSECURE -> "not signed with DNSSEC";
            case CONFIGURED -> "none asked for: the host is configured";
        };
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private String domain() {
        return report.domain().toString(true);
    }
}
