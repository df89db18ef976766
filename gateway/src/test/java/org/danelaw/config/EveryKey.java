package org.danelaw.config;

/// A document with every table and key of the schema, each with a value that fits.
final class EveryKey {
    private EveryKey() {}

    static String document() {
        return """
                [node]
                hostname = "gw.example.org"
                data-directory = "/var/lib/danelaw"

                [dns]
                timeouts-seconds = [5, 10]
                when-unavailable = "defer-mandatory"
                sha1 = "insecure"
                nsec3-iterations = 50

                [[dns.resolver]]
                address = "192.0.2.53"
                priority = 0

                [[dns.resolver]]
                address = "[2001:db8::53]:5353"
                priority = 1

                [[listener]]
                name = "inside"
                address = "127.0.0.1:0"
                bounce-profile = "quick"

                [[listener.sender-group]]
                name = "own"
                networks = ["127.0.0.0/8", "::1", "app.example.org", ".lan.example.org", "ALL"]
                policy = "relay"

                [mail-flow-policy.relay]
                action = "relay"
                dane = true
                tls = "preferred"
                auth = "none"
                max-message-bytes = 10485760
                max-recipients = 100
                max-messages = 10
                max-connections = 10
                rate-per-minute = 100
                sender-rate-per-minute = 50
                client-ipv4-prefix = 24
                client-ipv6-prefix = 64

                [[recipient-access]]
                match = "user@example.org"
                action = "reject"
                reply = "no longer here"

                [[smtp-route]]
                domain = ".inside.example"
                to = ["relay.example:2525/pri=5", "[192.0.2.1]"]
                dane = "route-host"

                [destination-controls.default]
                tls = "preferred"
                dane = "opportunistic"
                ip-preference = "ipv4-preferred"
                concurrent-connections = 5
                messages-per-connection = 5
                recipients = 100
                recipients-minutes = 10
                limit-by = "mx-address"
                bounce-profile = "default"

                [destination-controls.".bank.example"]
                tls = "required-verify-hosted-domain"
                dane = "mandatory"

                [bounce-profile.quick]
                max-retries = 2
                max-queue-seconds = 100
                initial-retry-seconds = 60
                max-retry-seconds = 60
                delay-notice-seconds = 80

                [delivery]
                port = 2525
                source-address = "192.0.2.25"
                insecure-mx = "encrypt"
                max-connections = 10
                retry-jitter-percent = 0
                cleartext-after-failed-tls = false

                [[log]]
                name = "mail_logs"
                level = "info"
                file = "mail.log"
                format = "text"
                max-megabytes = 10
                roll-over = "daily"
                files = 4
                enabled = true

                [alerts]
                mail-to = ["postmaster@example.org"]
                webhook = "https://alerts.example.org/danelaw"
                least-severity = "critical"
                patience-seconds = 60
                interval-seconds = 600
                reminder-seconds = 7200

                [admin]
                socket = "control.sock"

                [web]
                address = "127.0.0.1:8443"

                [metrics]
                address = "127.0.0.1:9025"
                """;
    }
}
