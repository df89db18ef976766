package org.danelaw.app;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.Option;
import org.danelaw.delivery.Dialer;
import org.danelaw.discovery.Discovery;
import org.danelaw.dns.DomainName;
import org.danelaw.dns.FailureText;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.Destination;
import org.danelaw.resolver.Capability;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.ResolverEvents;
import org.danelaw.verify.DaneVerify;
import org.danelaw.verify.DaneVerify.Depth;
import org.danelaw.verify.DaneVerify.Manner;
import org.danelaw.verify.DaneVerify.Means;
import org.danelaw.verify.Detour;
import org.danelaw.verify.Explanation;
import org.danelaw.verify.JsonReport;
import org.danelaw.verify.Report;
import org.xbill.DNS.Name;

/// `danelaw daneverify`: whether a domain can do DANE.
final class DaneVerifyCommand implements Command {
    @Override
    public String name() {
        return "daneverify";
    }

    @Override
    public String operands() {
        return "[DOMAIN]";
    }

    @Override
    public String purpose() {
        return "show whether a domain can do DANE: exit 0 yes, 1 no, 2 not known now";
    }

    @Override
    public List<Option> options() {
        return DaneVerifyRequest.OPTIONS;
    }

    @Override
    public int run(Arguments arguments, Console console) {
        if (arguments.operands().size() > 1) {
            console.complain("daneverify: one domain at a time");
            return ExitStatus.USAGE;
        }
        return switch (DaneVerifyRequest.read(arguments)) {
            case DaneVerifyRequest.Reading.Refused(var lines, var exitStatus) -> {
                lines.forEach(console.err()::println);
                yield exitStatus;
            }
            case DaneVerifyRequest.Reading.Asked(var request) -> {
                var given = arguments.operands().stream().findFirst().or(() -> console.ask("[]> "));
                yield domain(given, console)
                        .map(domain -> verify(domain, request, console))
                        .orElse(ExitStatus.USAGE);
            }
        };
    }

    private static Optional<Name> domain(Optional<String> given, Console console) {
        String text = given.map(String::strip).orElse("");
        try {
            return Optional.of(DomainName.parse(text));
        } catch (IllegalArgumentException none) {
            console.complain("daneverify: "
                    + (text.isEmpty() ? "no domain given" : "\"" + text + "\" is no domain: " + none.getMessage()));
            return Optional.empty();
        }
    }

    private static int verify(Name domain, DaneVerifyRequest request, Console console) {
        // The time-out is the whole run's, so it counts from here: silent resolvers take their part of it.
        long start = System.nanoTime();
        var dns = request.dns().withCrypto(Crypto.soonest());
        try (var _ = Interruption.says("daneverify: interrupted before anything was decided", console);
                var resolver = DnsResolver.start(dns, ResolverEvents.NONE, request.timeout())) {
            var depth = request.form() == DaneVerifyRequest.Form.LINES ? Depth.VERDICT : Depth.CERTIFICATES;
            var manner = new Manner(request.port(), request.timeout(), request.hostname(), depth);
            var means = new Means(
                    new Discovery(resolver),
                    Dialer::tcp,
                    OutgoingTls.daneOnly(),
                    reason -> isStripped(reason, resolver));
            var way = request.routes().way(domain.toString(true).toLowerCase(Locale.ROOT));
            var report = new DaneVerify(means, manner).verify(domain, way, start, line -> {
                if (request.form() == DaneVerifyRequest.Form.LINES) {
                    console.out().println(line);
                }
            });
            print(report, request.form(), console);
            complainOfResolvers(report, resolver, console);
            if (request.form() == DaneVerifyRequest.Form.LINES) {
                Detour.note(domain, way).map(note -> "daneverify: " + note).ifPresent(console::complain);
            }
            return report.judgement().result().exitStatus();
        } catch (IOException unusable) {
            FailureText.of(unusable).lines().forEach(console::complain);
            return ExitStatus.CONFIG;
        }
    }

    private static void print(Report report, DaneVerifyRequest.Form form, Console console) {
        switch (form) {
            case LINES -> console.out().flush();
            case JSON -> console.out().println(JsonReport.of(report));
            case EXPLANATION -> Explanation.of(report).forEach(console.out()::println);
        }
    }

    /// A resolver that answers and leaves out what DNSSEC needs; one that does not answer is another matter.
    static boolean isStripped(Reason reason, DnsResolver resolver) {
        return DnsResolver.isNoCapableServer(reason)
                && resolver.status().servers().values().stream().anyMatch(Capability.Lacking.class::isInstance);
    }

    private static void complainOfResolvers(Report report, DnsResolver resolver, Console console) {
        if (report.destination() instanceof Destination.Unresolved
                && resolver.unavailable().isPresent()) {
            resolver.status()
                    .servers()
                    .forEach((server, capability) ->
                            console.complain("resolver " + server + " " + capability.sentence()));
        }
    }
}
