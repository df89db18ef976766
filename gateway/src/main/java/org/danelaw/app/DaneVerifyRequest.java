package org.danelaw.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.Option;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.Endpoint;
import org.danelaw.config.SystemName;
import org.danelaw.config.SystemResolvers;
import org.danelaw.delivery.SmtpRoutes;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;

/// What is asked of `danelaw daneverify`, read from its arguments and, where one is named, the configuration.
///
/// @param hostname what is said in EHLO
/// @param routes which mail does not go by its MX records
record DaneVerifyRequest(DnsSettings dns, int port, Duration timeout, Form form, String hostname, SmtpRoutes routes) {
    static final Option CONFIG =
            Option.with("--config", "FILE", "take resolvers, trust anchor, port and SMTP routes from a configuration");
    static final Option RESOLVER =
            Option.with("--resolver", "IP[:PORT]", "ask this resolver (may be given more than once)");
    static final Option TRUST_ANCHOR =
            Option.with("--trust-anchor", "FILE", "DS or DNSKEY records in place of the IANA root's");
    static final Option PORT = Option.with("--port", "N", "the port that mail hosts listen on (25)");
    static final Option TIMEOUT = Option.with("--timeout", "SECONDS", "bound for the whole run (30)");
    static final Option JSON = Option.flag("--json", "print all that was found as one JSON object");
    static final Option EXPLAIN = Option.flag("--explain", "say what is wrong, and what the other side must publish");
    static final List<Option> OPTIONS = List.of(CONFIG, RESOLVER, TRUST_ANCHOR, PORT, TIMEOUT, JSON, EXPLAIN);

    /// Nobody waits longer for one domain.
    static final int MAX_TIMEOUT_SECONDS = 3_600;

    private static final int DEFAULT_TIMEOUT_SECONDS = 30;
    private static final int DEFAULT_PORT = 25;
    private static final int DNS_PORT = 53;

    enum Form {
        LINES,
        JSON,
        EXPLANATION
    }

    /// What came of the arguments.
    sealed interface Reading {
        record Asked(DaneVerifyRequest request) implements Reading {}

        /// Lines that say why not, and the exit status.
        record Refused(List<String> lines, int exitStatus) implements Reading {
            public Refused {
                lines = List.copyOf(lines);
            }
        }
    }

    static Reading read(Arguments arguments) {
        if (arguments.has(JSON) && arguments.has(EXPLAIN)) {
            return misunderstood("--json and --explain exclude each other");
        }
        return arguments
                .last(CONFIG)
                .map(file -> configured(Path.of(file), arguments))
                .orElseGet(() -> over(
                        new DaneVerifyRequest(
                                DnsSettings.of(SystemResolvers.of(SystemResolvers.FILE)),
                                DEFAULT_PORT,
                                Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS),
                                form(arguments),
                                SystemName.current(),
                                SmtpRoutes.NONE),
                        arguments));
    }

    private static Reading configured(Path file, Arguments arguments) {
        return switch (ConfigFile.read(file)) {
            case ConfigFile.Reading.Valid(var settings, var notes) ->
                over(
                        new DaneVerifyRequest(
                                settings.dns(),
                                settings.delivery().port(),
                                Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS),
                                form(arguments),
                                settings.delivery().hostname(),
                                settings.delivery().routes()),
                        arguments);
            case ConfigFile.Reading.Invalid(var problems) ->
                new Reading.Refused(
                        problems.stream().map(problem -> problem.in(file)).toList(), ExitStatus.CONFIG);
        };
    }

    /// What the options say counts more than what was there before.
    private static Reading over(DaneVerifyRequest before, Arguments arguments) {
        try {
            var servers = servers(arguments);
            var dns = servers.isEmpty() ? before.dns : asking(servers, before.dns);
            var anchored = arguments
                    .last(TRUST_ANCHOR)
                    .map(file -> dns.withTrustAnchors(Path.of(file)))
                    .orElse(dns);
            return new Reading.Asked(new DaneVerifyRequest(
                    anchored,
                    arguments.last(PORT).map(text -> number(PORT, text, 65_535)).orElse(before.port),
                    arguments
                            .last(TIMEOUT)
                            .map(text -> Duration.ofSeconds(number(TIMEOUT, text, MAX_TIMEOUT_SECONDS)))
                            .orElse(before.timeout),
                    before.form,
                    before.hostname,
                    before.routes));
        } catch (IllegalArgumentException unfit) {
            return misunderstood(String.valueOf(unfit.getMessage()));
        }
    }

    private static List<DnsServer> servers(Arguments arguments) {
        return arguments.all(RESOLVER).stream()
                .map(text -> new DnsServer(Endpoint.parse(text, DNS_PORT), 0))
                .toList();
    }

    private static DnsSettings asking(List<DnsServer> servers, DnsSettings before) {
        var settings = DnsSettings.of(servers).withValidation(before.validation());
        return before.trustAnchors().map(settings::withTrustAnchors).orElse(settings);
    }

    private static int number(Option option, String text, int most) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(option.name() + " takes a number from 1 to " + most + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Form form(Arguments arguments) {
        if (arguments.has(JSON)) {
            return Form.JSON;
        }
        return arguments.has(EXPLAIN) ? Form.EXPLANATION : Form.LINES;
    }

    private static Reading misunderstood(String why) {
        return new Reading.Refused(List.of("danelaw: daneverify: " + why), ExitStatus.USAGE);
    }
}
