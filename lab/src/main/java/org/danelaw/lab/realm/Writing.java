package org.danelaw.lab.realm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.danelaw.lab.realm.DomainPlan.ShownHost;
import org.danelaw.lab.realm.DomainPlan.ZonePlan;
import org.danelaw.lab.world.Zone;
import org.xbill.DNS.Name;

/// Fills the gaps in zone texts:
///
/// - `mx A {address}`: a loopback address that no other name has, where the host listens;
/// - `mx A {dead}`: one where nobody listens;
/// - `_25._tcp.mx TLSA 3 1 1 {leaf}`: the association data of that part of the chain that the host shows; where the
///   owner does not tell the host, `{leaf of mx.example.}`;
/// - `_25._tcp`: the realm's port in place of 25.
final class Writing {
    private static final Pattern TLSA_GAP =
            Pattern.compile("^(\\S+)((?:\\s+\\d+)?\\s+TLSA\\s+)(\\d+) (\\d+) (\\d+) \\{(\\w+)(?: of (\\S+))?}");
    private static final Pattern ADDRESS_GAP = Pattern.compile("^(\\S+)(\\s+A\\s+)\\{(address|dead)}");
    private static final Pattern LITERAL = Pattern.compile("^(\\S+)\\s+(?:\\d+\\s+)?(?:A|AAAA)\\s+([0-9a-f.:]+)\\s*$");
    private static final String SMTP = "_25._tcp";
    private static final int LAST_OCTET = 250;

    private final int port;
    private final Certificates certificates;
    private final Map<Name, ShownHost> hosts;
    private final Map<Name, List<InetAddress>> addresses = new HashMap<>();
    private int given;

    Writing(int port, Certificates certificates, List<ShownHost> hosts) {
        this.port = port;
        this.certificates = certificates;
        this.hosts = hosts.stream().collect(Collectors.toMap(host -> absolute(host.name()), host -> host));
    }

    Zone zone(ZonePlan plan) {
        var name = absolute(plan.name());
        var text = plan.text().lines().map(line -> filled(line, name)).collect(Collectors.joining("\n", "", "\n"));
        return plan.change().to(Zone.named(name).with(text), host -> smtp() + "." + host);
    }

    List<InetAddress> addresses(Name host) {
        return addresses.getOrDefault(host, List.of());
    }

    private String filled(String line, Name zone) {
        var withAddress = ADDRESS_GAP.matcher(line).replaceFirst(match -> address(match, zone));
        var literal = LITERAL.matcher(line);
        if (literal.find()) {
            remember(relative(literal.group(1), zone), literal.group(2));
        }
        var withTlsa = TLSA_GAP.matcher(withAddress).replaceFirst(match -> tlsa(match, zone));
        return withTlsa.replace(SMTP, smtp());
    }

    private String smtp() {
        return "_" + port + "._tcp";
    }

    private String address(MatchResult match, Name zone) {
        var address = "127.20." + given / LAST_OCTET + "." + (given % LAST_OCTET + 1);
        given++;
        if (match.group(3).equals("address")) {
            remember(relative(match.group(1), zone), address);
        }
        return match.group(1) + match.group(2) + address;
    }

    private void remember(Name host, String address) {
        addresses.computeIfAbsent(host, name -> new ArrayList<>()).add(InetAddress.ofLiteral(address));
    }

    private String tlsa(MatchResult match, Name zone) {
        var part = Part.valueOf(match.group(6).toUpperCase(Locale.ROOT));
        var owner = Optional.ofNullable(match.group(7))
                .map(Writing::absolute)
                .orElseGet(() -> new Name(relative(match.group(1), zone), 2));
        var host = Optional.ofNullable(hosts.get(owner))
                .orElseThrow(() -> new IllegalArgumentException("no host " + owner + " for: " + match.group()));
        var association = certificates.association(
                part, host, Integer.parseInt(match.group(4)), Integer.parseInt(match.group(5)));
        return match.group(1) + match.group(2) + match.group(3) + " " + match.group(4) + " " + match.group(5) + " "
                + association;
    }

    static Name absolute(String name) {
        return Name.fromConstantString(name.endsWith(".") ? name : name + ".");
    }

    private static Name relative(String name, Name zone) {
        try {
            return Name.fromString(name, zone);
        } catch (org.xbill.DNS.TextParseException e) {
            throw new IllegalArgumentException(name + " is no name", e);
        }
    }
}
