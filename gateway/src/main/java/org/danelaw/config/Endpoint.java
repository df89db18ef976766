package org.danelaw.config;

import static org.danelaw.config.Kinds.require;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Reads addresses with and without ports, as operators write them; names are never looked up.
public final class Endpoint {
    static final int MAX_PORT = 65_535;

    private static final Range PORTS = new Range(0, MAX_PORT);

    private Endpoint() {}

    /// Reads `192.0.2.1`, `192.0.2.1:25`, `2001:db8::1` or `[2001:db8::1]:25`.
    ///
    /// @throws IllegalArgumentException with a sentence, where the text is none of these
    public static InetSocketAddress parse(String text, int defaultPort) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            require(close > 0, "the bracket is not closed");
            String rest = text.substring(close + 1);
            require(rest.isEmpty() || rest.startsWith(":"), "only :port may stand behind the bracket");
            return new InetSocketAddress(
                    address(text.substring(1, close)), rest.isEmpty() ? defaultPort : port(rest.substring(1)));
        }
        int colon = text.indexOf(':');
        boolean bare = colon < 0 || text.indexOf(':', colon + 1) > 0;
        return bare
                ? new InetSocketAddress(address(text), defaultPort)
                : new InetSocketAddress(address(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    static int port(String text) {
        require(text.matches("[0-9]{1,5}") && PORTS.contains(Long.parseLong(text)), "a port is a number " + PORTS);
        return Integer.parseInt(text);
    }

    static InetAddress address(String text) {
        // ofLiteral never asks the DNS; it also reads forms with fewer than four numbers, which nobody means.
        require(
                text.contains(":") || text.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+"),
                "\"" + text + "\" is no address; host names are not looked up here");
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("\"" + text + "\" is no address", malformed);
        }
    }
}
