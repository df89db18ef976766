package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.danelaw.delivery.Dialer;
import org.danelaw.discovery.Discovery;
import org.danelaw.dns.DomainName;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.lab.mailhost.Act;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.mailhost.MailHostSettings;
import org.danelaw.lab.mailhost.Stage;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.danelaw.resolver.Resolver;
import org.danelaw.tls.Evidence;
import org.danelaw.tls.Handshake;
import org.danelaw.tls.TlsConnector;
import org.danelaw.verify.DaneVerify.Depth;
import org.danelaw.verify.DaneVerify.Manner;
import org.danelaw.verify.DaneVerify.Means;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lines and their order, with answers from a table and handshakes from a script; the hosts are real ones.
class DaneVerifyTest {
    private static final String RECORD = "3 1 1 " + "ab".repeat(32);
    private static final MailHostSettings HOST = MailHost.named("mx.example")
            .showing(Identity.of(CertificateMaker.host("mx.example").make()));

    private final FakeResolver dns = new FakeResolver();
    private final List<String> lines = new ArrayList<>();
    private TlsConnector tls = proving("TLSv1.3", "TLS_AES_256_GCM_SHA384");
    private String local = "192.0.2.99";
    private Duration timeout = Duration.ofSeconds(60);
    private Depth depth = Depth.VERDICT;

    @ParameterizedTest
    @CsvSource({
        "ietf-success, TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384, 216.71.133.161",
        "ietf-success-in-the-log, TLSv1.2, DHE-RSA-AES256-GCM-SHA384, 194.191.40.74"
    })
    void aSuccessReadsAsOperatorsKnowIt(String sample, String protocol, String cipher, String interfaceAddress)
            throws IOException {
        dns.secure("ietf.org", "MX", "0 mail.ietf.org.")
                .secure("mail.ietf.org", "A", "4.31.198.44")
                .secure("_25._tcp.mail.ietf.org", "TLSA", RECORD);
        tls = proving(protocol, cipher);
        local = interfaceAddress;

        assertThat(verify("ietf.org", HOST).judgement().result().exitStatus()).isZero();
        assertThat(lines).isEqualTo(sample(sample));
    }

    @Test
    void aBogusMxEndsTheRunAtOnce() throws IOException {
        dns.bogus("ietf.org", "MX");

        assertThat(verify("ietf.org", HOST).judgement().result().exitStatus()).isEqualTo(1);
        assertThat(lines).isEqualTo(sample("ietf-bogus"));
    }

    @Test
    void resolversThatStripDnssecMakeADomainBogusAndNothingKnown() throws IOException {
        dns.unavailable("ietf.org", "MX", ExtendedError.NOT_READY);

        assertThat(verify("ietf.org", HOST).judgement().result().exitStatus()).isEqualTo(2);
        assertThat(lines).isEqualTo(sample("ietf-bogus"));
    }

    @Test
    void anUnsignedDomainIsWalkedThroughHostByHost() throws IOException {
        dns.insecure(
                        "cisco.com",
                        "MX",
                        "10 alln-mx-01.cisco.com.",
                        "20 rcdn-mx-01.cisco.com.",
                        "30 aer-mx-01.cisco.com.")
                .insecure("alln-mx-01.cisco.com", "A", "173.37.147.230")
                .insecure("rcdn-mx-01.cisco.com", "A", "72.163.7.166")
                .insecure("aer-mx-01.cisco.com", "A", "173.38.212.150");

        assertThat(verify("cisco.com", HOST).judgement().result().exitStatus()).isEqualTo(1);
        assertThat(lines).isEqualTo(sample("cisco-insecure"));
    }

    @Test
    void anUnsignedHostIsWalkedThroughAddressByAddress() throws IOException {
        String host = "thinkbeyond-ch.mail.protection.outlook.com";
        dns.insecure("thinkbeyond.ch", "MX", "10 " + host + ".").insecure(host, "A", "104.47.9.36", "104.47.10.36");

        assertThat(verify("thinkbeyond.ch", HOST).judgement().result().exitStatus())
                .isEqualTo(1);
        assertThat(lines).isEqualTo(sample("thinkbeyond-insecure"));
    }

    @Test
    void aHostThatHasOnlyAnIpv6AddressProvesItselfThere() throws IOException {
        dns.secure("six.example", "MX", "0 mx.six.example.")
                .secure("mx.six.example", "AAAA", "2001:db8::25")
                .secure("_25._tcp.mx.six.example", "TLSA", RECORD);
        local = "2001:db8::99";

        assertThat(verify("six.example", HOST).judgement().result().exitStatus())
                .isZero();
        assertThat(lines)
                .startsWith(
                        "SECURE MX record(mx.six.example) found for six.example",
                        "SECURE AAAA record (2001:db8::25) found for MX(mx.six.example) in six.example",
                        "Connecting to 2001:db8::25 on port 25.",
                        "Connected to 2001:db8::25 from interface 2001:db8::99.",
                        "SECURE TLSA record found for MX(mx.six.example) in six.example");
    }

    @Test
    void aBogusFamilyIsSaidAndTheOtherIsTried() throws IOException {
        dns.secure("half.example", "MX", "0 mx.half.example.")
                .bogus("mx.half.example", "A")
                .secure("mx.half.example", "AAAA", "2001:db8::25")
                .secure("_25._tcp.mx.half.example", "TLSA", RECORD);

        assertThat(verify("half.example", HOST).judgement().result().exitStatus())
                .isZero();
        assertThat(lines)
                .startsWith(
                        "SECURE MX record(mx.half.example) found for half.example",
                        "BOGUS A record found for MX(mx.half.example) in half.example",
                        "SECURE AAAA record (2001:db8::25) found for MX(mx.half.example) in half.example");
    }

    @Test
    void anotherCertificateLeadsToTheNextAddressAndTheNextHost() throws IOException {
        dns.secure("example.org", "MX", "10 mx1.example.org.", "20 mx2.example.org.")
                .secure("mx1.example.org", "A", "192.0.2.1")
                .secure("mx1.example.org", "AAAA", "2001:db8::1")
                .secure("_25._tcp.mx1.example.org", "TLSA", RECORD)
                .secure("mx2.example.org", "A", "192.0.2.2");
        tls = refusing();

        assertThat(verify("example.org", HOST).judgement().result().exitStatus())
                .isEqualTo(1);
        assertThat(lines)
                .containsExactly(
                        "SECURE MX record(mx1.example.org) found for example.org",
                        "SECURE A record (192.0.2.1) found for MX(mx1.example.org) in example.org",
                        "Connecting to 192.0.2.1 on port 25.",
                        "Connected to 192.0.2.1 from interface 192.0.2.99.",
                        "SECURE TLSA record found for MX(mx1.example.org) in example.org",
                        "Checking TLS connection.",
                        "TLS connection established: protocol TLSv1.3, cipher TLS_AES_256_GCM_SHA384.",
                        "Certificate verification failed: the server's key is another",
                        "Trying next AAAA record (2001:db8::1) for MX(mx1.example.org) in example.org",
                        "SECURE AAAA record (2001:db8::1) found for MX(mx1.example.org) in example.org",
                        "Connecting to 2001:db8::1 on port 25.",
                        "Connected to 2001:db8::1 from interface 192.0.2.99.",
                        "SECURE TLSA record found for MX(mx1.example.org) in example.org",
                        "Checking TLS connection.",
                        "TLS connection established: protocol TLSv1.3, cipher TLS_AES_256_GCM_SHA384.",
                        "Certificate verification failed: the server's key is another",
                        "Trying next MX record in example.org",
                        "SECURE MX record(mx2.example.org) found for example.org",
                        "SECURE A record (192.0.2.2) found for MX(mx2.example.org) in example.org",
                        "Connecting to 192.0.2.2 on port 25.",
                        "Connected to 192.0.2.2 from interface 192.0.2.99.",
                        "NO TLSA record found for MX(mx2.example.org) in example.org",
                        "DANE FAILED for example.org",
                        "DANE verification completed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secure   | 3 1 1 00      | UNUSABLE TLSA record found for MX(mx.a.example) in a.example | 1",
                "insecure | 3 1 1 00      | INSECURE TLSA record found for MX(mx.a.example) in a.example | 1",
                "bogus    | -             | BOGUS TLSA record found for MX(mx.a.example) in a.example    | 1",
                "failed   | -             | Lookup of TLSA for _25._tcp.mx.a.example failed: 192.0.2.53 answered SERVFAIL | 2",
                "none     | -             | NO TLSA record found for MX(mx.a.example) in a.example       | 1"
            })
    void whateverTheTlsaLookUpComesToHasItsLine(String kind, String record, String line, int exitStatus)
            throws IOException {
        dns.secure("a.example", "MX", "0 mx.a.example.").secure("mx.a.example", "A", "192.0.2.1");
        String name = "_25._tcp.mx.a.example";
        switch (kind) {
            case "secure" -> dns.secure(name, "TLSA", record);
            case "insecure" -> dns.insecure(name, "TLSA", record);
            case "bogus" -> dns.bogus(name, "TLSA");
            case "failed" -> dns.unavailable(name, "TLSA");
            default -> assertThat(kind).isEqualTo("none");
        }

        assertThat(verify("a.example", HOST).judgement().result().exitStatus()).isEqualTo(exitStatus);
        assertThat(lines)
                .containsSubsequence(
                        "Connected to 192.0.2.1 from interface 192.0.2.99.",
                        line,
                        "DANE FAILED for a.example",
                        "DANE verification completed.");
    }

    @Test
    void aHostThatOffersNoStarttlsFails() throws IOException {
        able();

        assertThat(verify("a.example", MailHost.named("mx.a.example"))
                        .judgement()
                        .result()
                        .exitStatus())
                .isEqualTo(1);
        assertThat(lines)
                .containsSubsequence(
                        "SECURE TLSA record found for MX(mx.a.example) in a.example",
                        "STARTTLS not offered by 192.0.2.1",
                        "DANE FAILED for a.example")
                .doesNotContain("Checking TLS connection.");
    }

    @Test
    void aHostThatRefusesStarttlsFails() throws IOException {
        able();

        verify("a.example", HOST.at(Stage.STARTTLS, Act.say("454 TLS not available")));
        assertThat(lines).containsSubsequence("Checking TLS connection.", "STARTTLS not offered by 192.0.2.1");
    }

    @Test
    void aHostThatIsBusyLeavesItUnknown() throws IOException {
        able();

        assertThat(verify("a.example", HOST.at(Stage.GREETING, Act.sayAndDrop("421 too busy")))
                        .judgement())
                .isEqualTo(new Judgement(Judgement.Result.UNKNOWN, "connection lost"));
        assertThat(lines).contains("Connection to 192.0.2.1 on port 25 failed: greeted with 421 too busy");
    }

    @Test
    void aHandshakeThatFailsIsSaidWithItsReason() throws IOException {
        able();
        tls = (plain, requirement) -> new Handshake.Failed("the peer sent an alert: handshake_failure");

        assertThat(verify("a.example", HOST).judgement().result().exitStatus()).isEqualTo(1);
        assertThat(lines).contains("TLS connection failed: the peer sent an alert: handshake_failure");
    }

    @Test
    void whatAPeerSaysMakesNoLinesOfItsOwn() throws IOException {
        able();
        tls = (plain, requirement) -> new Handshake.Failed("x\r\nDANE SUCCESS for a.example\u001b[2J");

        verify("a.example", HOST);
        assertThat(lines).contains("TLS connection failed: x  DANE SUCCESS for a.example [2J");
    }

    @Test
    void noRouteToAHostIsALineAndLeavesItUnknown() throws IOException {
        able();
        Dialer unreachable = (remote, source, patience) -> {
            throw new ConnectException("Network is unreachable");
        };

        assertThat(verify("a.example", dns, unreachable).judgement().result().exitStatus())
                .isEqualTo(2);
        assertThat(lines)
                .containsExactly(
                        "SECURE MX record(mx.a.example) found for a.example",
                        "SECURE A record (192.0.2.1) found for MX(mx.a.example) in a.example",
                        "Connecting to 192.0.2.1 on port 25.",
                        "Connection to 192.0.2.1 on port 25 failed: Network is unreachable",
                        "DANE FAILED for a.example",
                        "DANE verification completed.");
    }

    @Test
    void aHostThatProvesItselfBehindAnInsecureMxStillFails() throws IOException {
        dns.insecure("a.example", "MX", "0 mx.a.example.")
                .secure("mx.a.example", "A", "192.0.2.1")
                .secure("_25._tcp.mx.a.example", "TLSA", RECORD);

        assertThat(verify("a.example", HOST).judgement())
                .isEqualTo(new Judgement(Judgement.Result.FAILED, "destination without DNSSEC"));
        assertThat(lines)
                .endsWith(
                        "Certificate verification successful",
                        "TLS connection succeeded a.example.",
                        "DANE FAILED for a.example",
                        "DANE verification completed.");
    }

    @Test
    void aDomainWithoutMxIsItsOwnHost() throws IOException {
        dns.secure("solo.example", "A", "192.0.2.1").secure("_25._tcp.solo.example", "TLSA", RECORD);

        assertThat(verify("solo.example", HOST).judgement().result().exitStatus())
                .isZero();
        assertThat(lines).startsWith("SECURE MX record(solo.example) found for solo.example");
    }

    @Test
    void whereMailCannotGoIsOneLine() throws IOException {
        dns.secure("null.example", "MX", "0 .")
                .noSuchName("nowhere.example", "MX")
                .unavailable("lame.example", "MX");

        assertThat(verify("null.example", HOST).judgement().result().exitStatus())
                .isEqualTo(1);
        assertThat(verify("nowhere.example", HOST).judgement().result().exitStatus())
                .isEqualTo(1);
        assertThat(verify("empty.example", HOST).judgement().result().exitStatus())
                .isEqualTo(1);
        assertThat(verify("lame.example", HOST).judgement().result().exitStatus())
                .isEqualTo(2);
        assertThat(lines)
                .containsSubsequence(
                        "NULL MX record found for null.example",
                        "NO MX or address record found for nowhere.example",
                        "NO MX or address record found for empty.example",
                        "Lookup of MX for lame.example failed: 192.0.2.53 answered SERVFAIL");
    }

    @Test
    void certificatesOfHostsWithoutRecordsAreLookedAtOnlyWhereTheyAreWanted() throws IOException {
        dns.secure("a.example", "MX", "0 mx.a.example.").secure("mx.a.example", "A", "192.0.2.1");
        assertThat(verify("a.example", HOST).hosts().getFirst().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.ending()).isInstanceOf(Ending.Unused.class));

        depth = Depth.CERTIFICATES;
        lines.clear();
        assertThat(verify("a.example", HOST).hosts().getFirst().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.ending()).isInstanceOf(Ending.Secured.class));
        assertThat(lines).doesNotContain("Checking TLS connection.");
    }

    @Test
    void aSilentResolverLeavesItUnknownWhenTheTimeIsOver() throws IOException {
        timeout = Duration.ofMillis(200);
        var never = new CountDownLatch(1);
        Resolver silent = question -> {
            try {
                never.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            return dns.resolve(question);
        };

        assertThat(verify("a.example", silent, (remote, source, patience) -> new Socket())
                        .judgement()
                        .result()
                        .exitStatus())
                .isEqualTo(2);
        assertThat(lines)
                .containsExactly(
                        "Lookup of MX for a.example failed: not known within the 0 s of --timeout",
                        "DANE FAILED for a.example",
                        "DANE verification completed.");
    }

    @Test
    void aSilentHostLeavesItUnknownWhenTheTimeIsOver() throws IOException {
        able();
        timeout = Duration.ofSeconds(1);
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var report = verify("a.example", dns, to(silent.getLocalPort()));

            assertThat(report.judgement()).isEqualTo(new Judgement(Judgement.Result.UNKNOWN, "connection lost"));
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("Connection to 192.0.2.1 on port 25 failed: "))
                    .endsWith("DANE FAILED for a.example", "DANE verification completed.");
        }
    }

    private void able() {
        dns.secure("a.example", "MX", "0 mx.a.example.")
                .secure("mx.a.example", "A", "192.0.2.1")
                .secure("_25._tcp.mx.a.example", "TLSA", RECORD);
    }

    private Report verify(String domain, MailHostSettings settings) throws IOException {
        try (var host = settings.start()) {
            return verify(domain, dns, to(host.port()));
        }
    }

    private Report verify(String domain, Resolver resolver, Dialer dialer) {
        var means = new Means(new Discovery(resolver), dialer, tls, reason -> reason.code() == ExtendedError.NOT_READY);
        return new DaneVerify(means, new Manner(25, timeout, "gw.example.org", depth))
                .verify(DomainName.parse(domain), lines::add);
    }

    /// Leads every address to one port of loopback.
    private Dialer to(int port) {
        return (remote, source, patience) -> {
            var socket = new Socket() {
                @Override
                public InetAddress getLocalAddress() {
                    return InetAddress.ofLiteral(local);
                }
            };
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.toIntExact(patience.toMillis()));
            return socket;
        };
    }

    private static TlsConnector proving(String protocol, String cipher) {
        return (plain, requirement) -> new Handshake.Secured(
                plain,
                requirement instanceof TlsRequirement.Dane dane
                        ? new Verdict.Matched(dane.records().getFirst(), 0, Optional.empty())
                        : new Verdict.Unchecked(""),
                new Evidence(protocol, cipher, "", DomainName.parse("mx.example"), List.of()));
    }

    private static TlsConnector refusing() {
        return (plain, requirement) -> {
            try {
                plain.close();
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
            return new Handshake.Refused(
                    new Verdict.Mismatched(List.of("the server's key is another")),
                    new Evidence("TLSv1.3", "TLS_AES_256_GCM_SHA384", "", DomainName.parse("mx.example"), List.of()));
        };
    }

    private static List<String> sample(String name) throws IOException {
        try (var in = DaneVerifyTest.class.getResourceAsStream("samples/" + name + ".txt")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
