package org.danelaw.delivery;

import org.danelaw.lab.nameserver.NameServer;

/// The configuration of a gateway in a process of its own that relays for this machine, in clear text, to one host.
final class PlainRelay {
    /// What waits is tried again soon, and never given up.
    static final String WITHOUT_PATIENCE = """
            [bounce-profile.default]
            initial-retry-seconds = 1
            max-retry-seconds = 1
            max-retries = 1000000
            """;

    private PlainRelay() {}

    /// @param listener its port, 0 for any
    static String configuration(String hostname, int listener, Peer sink, NameServer dns) {
        return """
                [node]
                hostname = "%s"
                data-directory = "data"
                [dns]
                trust-anchor = "anchors"
                [[dns.resolver]]
                address = "127.0.0.1:%d"
                [[listener]]
                name = "in"
                address = "127.0.0.1:%d"
                [[listener.sender-group]]
                name = "loopback"
                networks = ["127.0.0.0/8"]
                policy = "out"
                [mail-flow-policy.out]
                action = "relay"
                max-messages = 1000000
                [destination-controls.default]
                tls = "none"
                dane = "none"
                [delivery]
                port = %d
                """.formatted(hostname, dns.address().getPort(), listener, sink.port());
    }
}
