package org.danelaw.admin;

import java.io.IOException;
import org.danelaw.admin.Answer.Part;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.json.Word;
import org.danelaw.policy.Destination;
import org.danelaw.verify.DaneVerify;
import org.danelaw.verify.DaneVerify.Depth;
import org.danelaw.verify.DaneVerify.Manner;
import org.danelaw.verify.Detour;
import org.danelaw.verify.Explanation;
import org.danelaw.verify.JsonReport;
import org.danelaw.verify.Report;

/// `daneverify` and `dryrun` inside the gateway: with its resolvers, cache, trust anchors and dialer.
record DaneVerifyHere(Office office, Manual manual, boolean isDryRun) implements AdminCommand {
    private static final Option EXPLAIN =
            Option.flag("--explain", "say what is wrong, and what the other side must publish");

    static DaneVerifyHere verifying(Office office) {
        return new DaneVerifyHere(
                office,
                Manual.of("daneverify", "show whether a domain can do DANE, as this gateway sees it")
                        .taking(Operand.optional("DOMAIN", Operand.Kind.DOMAIN))
                        .with(EXPLAIN, Look.TIMEOUT)
                        .saying(
                                "With the gateway's resolvers, cache and trust anchors; its look-ups appear in its logs.",
                                "Exit status 0 yes, 1 no, 2 not known now.")
                        .example("daneverify --explain example.org", "what is wrong, and what they must publish"),
                false);
    }

    static DaneVerifyHere rehearsing(Office office) {
        return new DaneVerifyHere(
                office,
                Manual.of("dryrun", "say what each DANE Support value would do with mail for a domain now")
                        .taking(Office.DOMAIN)
                        .with(Look.TIMEOUT)
                        .saying("By the decision that deliveries are made by. Nothing is sent.")
                        .example("dryrun example.org", "is mandatory DANE safe for that destination?"),
                true);
    }

    @Override
    public Ended run(Request request, Output out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        if (out.isJson() && request.has(EXPLAIN)) {
            return out.misunderstand("--json and --explain exclude each other");
        }
        var look = Look.of(request, out);
        if (look.isEmpty()) {
            return Ended.USAGE;
        }
        var domain = look.get().domain();
        var route = office.way(domain);
        boolean isPlain = !isDryRun && !out.isJson() && !request.has(EXPLAIN);
        var manner = new Manner(
                office.settings().get().port(),
                look.get().patience(),
                office.settings().get().hostname(),
                isPlain ? Depth.VERDICT : Depth.CERTIFICATES);
        var lines = new Telling(out, isPlain);
        var report = new DaneVerify(office.means(), manner).verify(domain, route, start, lines::tell);
        lines.end();
        show(report, route, request.has(EXPLAIN), out);
        complain(report, out);
        if (isPlain) {
            // The verdict is about the domain, whose hosts this gateway's mail does not meet.
            Look.tellOfRoute(domain, route, out);
        }
        return isDryRun ? Ended.DONE : Ended.of(report.judgement().result());
    }

    private void show(Report report, SmtpRoute route, boolean explains, Output out) throws IOException {
        if (isDryRun) {
            out.show(dryRun(report, route));
        } else if (out.isJson()) {
            out.show(members(report));
        } else if (explains) {
            out.show(Answer.EMPTY.lines(Explanation.of(report)));
        }
    }

    private static Answer members(Report report) {
        return new Answer(JsonReport.json(report).members().entrySet().stream()
                .<Part>map(member -> new Part.Member(member.getKey(), member.getValue()))
                .toList());
    }

    private Answer dryRun(Report report, SmtpRoute route) {
        var domain = report.domain().toString(true);
        var control = office.settings().get().controls().of(domain);
        return Answer.EMPTY
                .fact("domain", "Domain", Value.of(domain))
                .fact("tls", "TLS Support now", Value.of(Word.of(control.tls())))
                .fact("dane", "DANE Support now", Value.of(Word.of(control.dane())))
                .fact("route", "SMTP route", Value.of(way(route)))
                .line("")
                .lines(Explanation.fates(report))
                .member("decisions", JsonReport.decisions(report));
    }

    private static String way(SmtpRoute route) {
        return switch (route) {
            case SmtpRoute.ByDns _ -> "none: by the MX records";
            case SmtpRoute.Discard(var match) -> "for " + match + ": thrown away";
            case SmtpRoute.ToHosts to -> Detour.words(to);
        };
    }

    /// That no DNSSEC is to be had is the resolvers' doing and not the domain's.
    private void complain(Report report, Output out) throws IOException {
        var status = office.resolver().status();
        if (report.destination() instanceof Destination.Unresolved
                && status.unavailable().isPresent()) {
            for (var server : status.servers().entrySet()) {
                out.complain(
                        "resolver " + server.getKey() + " " + server.getValue().sentence());
            }
        }
    }
}
