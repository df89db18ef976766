package org.danelaw.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.json.Word;
import org.danelaw.policy.MxHost;
import org.danelaw.verify.DaneVerify.Depth;
import org.danelaw.verify.DaneVerify.Manner;
import org.danelaw.verify.TlsVerify;
import org.xbill.DNS.Name;

/// `tlsverify` inside the gateway: with its resolvers, dialer and trusted authorities.
record TlsVerifyHere(Office office) implements AdminCommand {
    private static final Pattern HOST = Pattern.compile("(?<name>[^:]+)(?::(?<port>[0-9]{1,5}))?");
    private static final int MAX_PORT = 65_535;

    @Override
    public Manual manual() {
        return Manual.of("tlsverify", "show whether a domain's mail hosts have certificates that Required-Verify takes")
                .taking(Operand.optional("DOMAIN", Operand.Kind.DOMAIN), Operand.optional("HOST", Operand.Kind.FREE))
                .with(Look.TIMEOUT)
                .saying(
                        "With the authorities of [tls] ca-file, and by the decision that deliveries are made by, without"
                                + " DANE. HOST, as NAME or NAME:PORT, is looked at in place of the hosts of the domain's"
                                + " SMTP route or MX records.",
                        "Exit status 0 yes, 1 no, 2 not known now.")
                .example("tlsverify example.org", "is Required-Verify safe for that destination?")
                .example("tlsverify example.org mx.example.net:2525", "would it be through this host?");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var look = Look.of(request, out);
        if (look.isEmpty()) {
            return Ended.USAGE;
        }
        var domain = look.get().domain();
        var through = request.operand(1);
        var host = through.flatMap(TlsVerifyHere::host);
        if (through.isPresent() && host.isEmpty()) {
            return out.misunderstand("\"" + through.get() + "\" is no host, nor a host with a port");
        }
        var settings = office.settings().get();
        var manner = new Manner(settings.port(), look.get().patience(), settings.hostname(), Depth.VERDICT);
        var lines = new Telling(out, !out.isJson());
        var outcome =
                new TlsVerify(office.means(), manner).verify(domain, through(domain, host, out), start, lines::tell);
        lines.end();
        if (out.isJson()) {
            out.show(Answer.EMPTY
                    .fact("domain", "Domain", Value.of(domain.toString(true)))
                    .fact("result", "Result", Value.of(Word.of(outcome.result())))
                    .table("reasons", List.of(Column.of("reason", "Reason")), rows(outcome.reasons())));
        }
        return Ended.of(outcome.result());
    }

    /// The hosts that mail for `domain` goes to whatever its MX records say, if any: `named` by the operator now, or
    /// by a route.
    private List<MxHost> through(Name domain, Optional<MxHost> named, Output out) throws IOException {
        if (named.isPresent()) {
            return List.of(named.get());
        }
        var way = office.way(domain);
        Look.tellOfRoute(domain, way, out);
        return way instanceof SmtpRoute.ToHosts route ? route.hosts() : List.of();
    }

    private static Rows rows(List<String> reasons) {
        return Rows.of(reasons.stream().map(Value::of).map(List::of).toList());
    }

    private static Optional<MxHost> host(String text) {
        var matcher = HOST.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var port = matcher.group("port") == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(matcher.group("port")));
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > MAX_PORT)) {
            return Optional.empty();
        }
        return Office.name(matcher.group("name")).map(name -> new MxHost(name, 0, port));
    }
}
