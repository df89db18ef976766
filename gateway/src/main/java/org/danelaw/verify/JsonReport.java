package org.danelaw.verify;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.dns.AddressText;
import org.danelaw.dnssec.Proof;
import org.danelaw.json.Json;
import org.danelaw.json.Json.Members;
import org.danelaw.json.Word;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.policy.Verdict;
import org.danelaw.tls.Evidence;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// A report as one JSON object.
public final class JsonReport {
    private final Report report;

    private JsonReport(Report report) {
        this.report = report;
    }

    public static String of(Report report) {
        return json(report).written();
    }

    public static Members json(Report report) {
        return new JsonReport(report).whole();
    }

    /// What each DANE mode would do with mail now.
    public static Members decisions(Report report) {
        return new Members()
                .with("opportunistic", decision(Forecast.of(Modes.OPPORTUNISTIC, report)))
                .with("mandatory", decision(Forecast.of(Modes.MANDATORY, report)));
    }

    private Members whole() {
        var judgement = report.judgement();
        var members = new Members()
                .with("domain", text(report.domain()))
                .with("result", Word.of(judgement.result()))
                .with("reason", judgement.reason())
                .with("mx", mx())
                .with("hosts", report.hosts().stream().map(this::host).toList())
                .with("decisions", decisions(report))
                .with("proof", proof().stream().map(JsonReport::step).toList())
                .with("milliseconds", report.took().toMillis());
        return report.detour()
                .map(detour -> members.with("route", route(detour)))
                .orElse(members);
    }

    private Members route(Detour detour) {
        return switch (detour) {
            case Detour.Discarded(var match) -> new Members().with("match", match);
            case Detour.Through(var route, var destination, var hosts) ->
                new Members()
                        .with("match", route.match())
                        .with("dane", Word.of(route.dane()))
                        .with("hosts", hosts.stream().map(this::host).toList());
        };
    }

    private Members mx() {
        return switch (report.destination()) {
            case Destination.Hosts hosts ->
                status(
                        switch (hosts.trust()) {
                            case SECURE, CONFIGURED -> "secure";
                            case INSECURE -> "insecure";
                        });
            case Destination.NullMx _ -> status("null");
            case Destination.NoSuchDomain _ -> status("nxdomain");
            case Destination.Unresolved(var trouble, var why) ->
                status(word(trouble)).with("error", why.sentence());
        };
    }

    private Members host(HostReport host) {
        return new Members()
                .with("name", text(host.finding().name()))
                .with("preference", host.finding().host().preference())
                .with("addresses", addresses(host))
                .with("tlsa", tlsa(host))
                .with(
                        "attempts",
                        host.attempts().stream().map(JsonReport::attempt).toList());
    }

    private static List<Members> addresses(HostReport host) {
        return Stream.of(AddressFamily.values())
                .flatMap(family -> addresses(family, host.finding().of(family)))
                .toList();
    }

    private static Stream<Members> addresses(AddressFamily family, AddressFinding finding) {
        return switch (finding) {
            case AddressFinding.Secure(var addresses, var proof) -> addresses(addresses, "secure");
            case AddressFinding.Insecure(var addresses, var proof) -> addresses(addresses, "insecure");
            case AddressFinding.None _ -> Stream.of();
            // No address is known, so there is none to name: the type says which look-up it was.
            case AddressFinding.Failed(var trouble, var why) ->
                Stream.of(new Members()
                        .with("ip", Optional.empty())
                        .with("status", word(trouble))
                        .with("type", family.recordType())
                        .with("error", why.sentence()));
        };
    }

    private static Stream<Members> addresses(List<InetAddress> addresses, String status) {
        return addresses.stream()
                .map(address ->
                        new Members().with("ip", AddressText.of(address)).with("status", status));
    }

    private static Members tlsa(HostReport host) {
        return switch (host.finding().tlsa()) {
            case TlsaFinding.Usable(var records, var base, var proof) -> tlsa("secure", base, records, host);
            case TlsaFinding.AllUnusable(var records, var base, var proof) -> tlsa("unusable", base, records, host);
            case TlsaFinding.Insecure(var base, var proof) -> tlsa("insecure", base, List.of(), host);
            case TlsaFinding.Absent(var why, var proof) -> noTlsa("none", why);
            case TlsaFinding.NotAsked(var why, var proof) -> noTlsa("not-asked", why);
            case TlsaFinding.Failed(var trouble, var why) -> noTlsa(word(trouble), why.sentence());
        };
    }

    private static Members tlsa(String status, Name base, List<TlsaRecord> records, HostReport host) {
        return status(status)
                .with("base", text(base))
                .with(
                        "records",
                        records.stream().map(record -> record(record, host)).toList());
    }

    private static Members noTlsa(String status, String why) {
        return status(status)
                .with("base", Optional.empty())
                .with("records", List.of())
                .with("error", why);
    }

    private static Members record(TlsaRecord record, HostReport host) {
        var standing = RecordStanding.of(record, host);
        return new Members()
                .with("usage", record.usage())
                .with("selector", record.selector())
                .with("matching", record.matchingType())
                .with("data", record.data())
                .with("usable", new Json.Flag(standing.usable()))
                .with("matched", new Json.Flag(standing.matched()))
                .with("reason", standing.reason());
    }

    private static Members attempt(Attempt attempt) {
        var evidence = Certificates.evidence(attempt.ending());
        return new Members()
                .with("ip", AddressText.of(attempt.address()))
                .with("port", attempt.port())
                .with("protocol", evidence.map(Evidence::protocol).filter(protocol -> !protocol.isEmpty()))
                .with("cipher", evidence.map(Evidence::cipher).filter(cipher -> !cipher.isEmpty()))
                .with(
                        "certificates",
                        Certificates.of(attempt.ending()).stream()
                                .map(JsonReport::certificate)
                                .toList())
                .with("error", error(attempt.ending()));
    }

    private static Members certificate(byte[] der) {
        var readable = Certificates.parsed(der);
        return new Members()
                .with(
                        "subject",
                        readable.map(each -> each.getSubjectX500Principal().getName()))
                .with(
                        "issuer",
                        readable.map(each -> each.getIssuerX500Principal().getName()))
                .with(
                        "notBefore",
                        readable.map(each -> each.getNotBefore().toInstant().toString()))
                .with(
                        "notAfter",
                        readable.map(each -> each.getNotAfter().toInstant().toString()))
                .with("sha256", Certificates.fingerprint(der))
                .with("tlsa", Certificates.endEntityKey(der).map(TlsaRecord::toString))
                .with("der", Base64.getEncoder().encodeToString(der));
    }

    private static Optional<String> error(Ending ending) {
        return switch (ending) {
            case Ending.NoConnection(var why) -> Optional.of(why);
            case Ending.NoSession(var why) -> Optional.of(why);
            case Ending.NoStartTls(var seen) -> Optional.of("STARTTLS not offered: " + seen);
            case Ending.TlsFailed(var why) -> Optional.of(why);
            case Ending.Refused(Verdict.Mismatched(var reasons), var evidence) ->
                Optional.of(String.join("; ", reasons));
            case Ending.Secured secured -> Optional.empty();
            case Ending.Unused _ -> Optional.empty();
        };
    }

    private static Members decision(Forecast forecast) {
        return new Members().with("outcome", Word.of(forecast.outcome())).with("reason", forecast.reason());
    }

    /// Everything that was proved on the way, each step once.
    private List<Proof.Step> proof() {
        var proofs = new ArrayList<Proof>();
        destinationProof(report.destination()).ifPresent(proofs::add);
        report.hosts().forEach(host -> {
            addressProof(host.finding().v4()).ifPresent(proofs::add);
            addressProof(host.finding().v6()).ifPresent(proofs::add);
            tlsaProof(host.finding().tlsa()).ifPresent(proofs::add);
        });
        return proofs.stream().reduce(Proof::and).map(Proof::steps).orElse(List.of());
    }

    private static Optional<Proof> destinationProof(Destination destination) {
        return switch (destination) {
            case Destination.Hosts hosts -> Optional.of(hosts.proof());
            case Destination.NullMx(var proof) -> Optional.of(proof);
            case Destination.NoSuchDomain(var proof) -> Optional.of(proof);
            case Destination.Unresolved unresolved -> Optional.empty();
        };
    }

    private static Optional<Proof> addressProof(AddressFinding finding) {
        return switch (finding) {
            case AddressFinding.Secure(var addresses, var proof) -> Optional.of(proof);
            case AddressFinding.Insecure(var addresses, var proof) -> Optional.of(proof);
            case AddressFinding.None(var proof) -> Optional.of(proof);
            case AddressFinding.Failed failed -> Optional.empty();
        };
    }

    private static Optional<Proof> tlsaProof(TlsaFinding finding) {
        return switch (finding) {
            case TlsaFinding.Usable(var records, var base, var proof) -> Optional.of(proof);
            case TlsaFinding.AllUnusable(var records, var base, var proof) -> Optional.of(proof);
            case TlsaFinding.Insecure(var base, var proof) -> Optional.of(proof);
            case TlsaFinding.Absent(var why, var proof) -> Optional.of(proof);
            case TlsaFinding.NotAsked(var why, var proof) -> Optional.of(proof);
            case TlsaFinding.Failed failed -> Optional.empty();
        };
    }

    private static Members step(Proof.Step step) {
        return switch (step) {
            case Proof.Step.Anchored(var zone, var tag, var algorithm) ->
                step("anchored")
                        .with("zone", zone.toString())
                        .with("keyTag", tag)
                        .with("algorithm", algorithm);
            case Proof.Step.Delegated(var zone, var tag, var algorithm, var digest) ->
                step("delegated")
                        .with("zone", zone.toString())
                        .with("keyTag", tag)
                        .with("algorithm", algorithm)
                        .with("digestType", digest);
            case Proof.Step.Signed(var owner, var type, var signer, var tag, var algorithm, var from, var until) ->
                step("signed")
                        .with("owner", owner.toString())
                        .with("type", Type.string(type))
                        .with("signer", signer.toString())
                        .with("keyTag", tag)
                        .with("algorithm", algorithm)
                        .with("inception", from.toString())
                        .with("expiration", until.toString());
            case Proof.Step.Denied(var name, var type, var zone, var how) ->
                step("denied")
                        .with("name", name.toString())
                        .with("type", Type.string(type))
                        .with("zone", zone.toString())
                        .with("how", how);
            case Proof.Step.NotDenied(var name, var type, var zone, var why) ->
                step("not-denied")
                        .with("name", name.toString())
                        .with("type", Type.string(type))
                        .with("zone", zone.toString())
                        .with("why", why);
            case Proof.Step.Unsigned(var zone, var why) ->
                step("unsigned").with("zone", zone.toString()).with("why", why);
        };
    }

    private static Members step(String kind) {
        return new Members().with("step", kind);
    }

    private static Members status(String status) {
        return new Members().with("status", status);
    }

    private static String word(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Name name) {
        return name.toString(true);
    }
}
