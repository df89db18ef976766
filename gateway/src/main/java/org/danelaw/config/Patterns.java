package org.danelaw.config;

import static org.danelaw.config.Kinds.require;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.danelaw.delivery.SmtpRoutes;
import org.danelaw.dns.DomainName;
import org.danelaw.policy.MxHost;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// The small languages inside some values: whom a route is for, and where it leads.
final class Patterns {
    private static final Pattern TARGET =
            Pattern.compile("(?<host>\\[[^]]+]|[^:/\\[\\]]+)(:(?<port>[0-9]+))?(/pri=(?<priority>[0-9]{1,5}))?");

    private Patterns() {}

    static String routed(String text) {
        return text.equalsIgnoreCase(SmtpRoutes.ALL) ? SmtpRoutes.ALL : domainOrBelow(text);
    }

    static String domainOrBelow(String text) {
        return text.startsWith(".")
                ? "." + DomainName.parse(text.substring(1)).toString(true)
                : DomainName.parse(text).toString(true);
    }

    static RouteTarget target(String text) {
        return switch (text) {
            case "USEDNS" -> new RouteTarget.UseDns();
            case "/dev/null" -> new RouteTarget.Discard();
            default -> host(text);
        };
    }

    private static RouteTarget host(String text) {
        Matcher parts = TARGET.matcher(text);
        require(parts.matches(), "it is none of these");
        String host = parts.group("host");
        String port = parts.group("port");
        String priority = parts.group("priority");
        return new RouteTarget.Host(new MxHost(
                host.startsWith("[") || host.matches("[0-9.]+") ? literal(host) : DomainName.parse(host),
                priority == null ? 0 : Integer.parseInt(priority),
                port == null ? OptionalInt.empty() : OptionalInt.of(dialled(port))));
    }

    private static int dialled(String port) {
        int number = Endpoint.port(port);
        require(number > 0, "nobody listens at port 0");
        return number;
    }

    /// The address as a name that spells it ([MxHost#literal]).
    private static Name literal(String host) {
        String text = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return Name.fromString(Endpoint.address(text).getHostAddress(), Name.root);
        } catch (TextParseException impossible) {
            throw new IllegalStateException("an address is one to eight short labels", impossible);
        }
    }
}
