package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.RouteDane;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.queue.Mail;
import org.danelaw.queue.NewMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail that takes an SMTP route: which way it goes, what DANE means there, and what never happens.
final class RouteTest {
    private static final String MX = "198.51.100.1";
    private static final String RELAY = "198.51.100.2";
    private static final String BACKUP = "198.51.100.3";

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer mx;
    private Peer relay;
    private Peer backup;

    @BeforeEach
    void buildTheWorld() throws IOException {
        mx = new Peer();
        relay = new Peer();
        backup = new Peer();
        gateway = new Gateway(folder)
                .rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .peer(MX, mx)
                .peer(RELAY, relay)
                .peer(BACKUP, backup);
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx.two.example")
                .host("mx.two.example", MX, Facts.usable("mx.two.example"))
                .host("relay.example", RELAY, Facts.usable("relay.example"))
                .host("backup.example", BACKUP, Facts.usable("backup.example"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        for (var peer : List.of(mx, relay, backup)) {
            peer.close();
        }
    }

    @Test
    void routedMailGoesToTheRoutesHostAtItsPortAndNoMxIsAskedFor() throws IOException {
        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example", 0, 2525)));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(relay.taken()).hasSize(1);
        assertThat(gateway.dialled).containsExactly(new InetSocketAddress(RELAY, 2525));
        assertThat(gateway.facts.domainsAsked()).isEmpty();
    }

    @Test
    void whereDaneIsNotApplicableOpportunisticMailGoesByTlsSupportAloneAndTheLogSaysWhy() throws IOException {
        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(gateway.log())
                .contains(
                        "DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384",
                        "DCID 1 DANE off for two.example mx relay.example reason SMTP route");
    }

    @Test
    void whereDaneIsNotApplicableMandatoryMailWaitsForTheReasonSmtpRoute() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY)
                .routes(to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example")));
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0 MID " + mid + " to RID 0 - 4.7.0 - SMTP route ('000'");

        assertThat(gateway.log()).contains("DCID 0 DANE failed for two.example mx - reason SMTP route");
        assertThat(gateway.dialled).isEmpty();
    }

    @Test
    @Rule("B15")
    void underRouteHostTheRoutesHostProvesItselfByItsOwnTlsaRecords() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY)
                .routes(to("two.example", RouteDane.ROUTE_HOST, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(relay.taken()).hasSize(1);
        assertThat(gateway.log())
                .contains(
                        "DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 for two.example",
                        "DCID 1 DANE success for two.example mx relay.example reason TLSA 3 1 1 at depth 0 base"
                                + " relay.example group x25519 mx configured address secure tlsa secure");
    }

    @Test
    @Rule("B15")
    void underRouteHostAHostThatProvesSomethingElseGetsNothing() throws IOException {
        gateway.tls(Gateway::nothingMatches).routes(to("two.example", RouteDane.ROUTE_HOST, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 1", "- 4.7.5 - server certificate not trusted");

        assertThat(relay.taken()).isEmpty();
    }

    @Test
    @Rule("B15")
    void underRouteHostInsecureAddressesFallBackOrUnderMandatoryWait() throws IOException {
        gateway.facts.host(
                "relay.example",
                new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(RELAY)), Facts.PROOF),
                new TlsaFinding.NotAsked("its addresses are not signed with DNSSEC"));
        gateway.routes(to("two.example", RouteDane.ROUTE_HOST, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start()
                .awaitLog(
                        "Message finished",
                        "DCID 1 DANE fallback for two.example mx relay.example reason destination without DNSSEC");

        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY)
                .routes(to("two.example", RouteDane.ROUTE_HOST, host("relay.example")));
        gateway.put("b@two.example");
        gateway.awaitLog("Delayed: DCID 0", "- 4.7.0 - destination without DNSSEC");
        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void aRouteThatFailsDaneHoldsOpportunisticMailToo() throws IOException {
        gateway.routes(to("two.example", RouteDane.FAIL, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0", "- 4.7.0 - SMTP route");

        assertThat(gateway.dialled).isEmpty();
    }

    @Test
    void mailWithoutDaneTakesARouteThatFailsDane() throws IOException {
        gateway.routes(to("two.example", RouteDane.FAIL, host("relay.example")));
        gateway.put(new NewMessage(
                Mail.to("b@two.example").envelope(), "ACCEPTED", false, "default", Mail.RECEIVED, "test"));
        gateway.start().awaitLog("Message finished");

        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void aRoutesHostsAreTriedByPriorityAndWhenAllFailTheMxIsNotTried() throws IOException {
        gateway.routes(to(
                "two.example", RouteDane.NOT_APPLICABLE, host("relay.example", 0, 25), host("backup.example", 10, 25)));
        relay.reply("(greeting)", "421 4.3.2 not now");
        backup.reply("(greeting)", "421 4.3.2 not now");
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID");

        assertThat(gateway.dialled)
                .containsExactly(new InetSocketAddress(RELAY, 25), new InetSocketAddress(BACKUP, 25));
        assertThat(gateway.facts.domainsAsked()).isEmpty();
        assertThat(mx.connections()).isZero();
    }

    @Test
    void aRoutesHostIsNotLookedForInTheTableOfRoutesAgain() throws IOException {
        gateway.routes(
                to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example")),
                to("relay.example", RouteDane.NOT_APPLICABLE, host("backup.example")),
                new SmtpRoute.Discard("ALL"));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(relay.taken()).hasSize(1);
        assertThat(backup.connections()).isZero();
    }

    @Test
    void whatGoesByTheDnsHasDaneWhateverAWiderRouteSays() throws IOException {
        gateway.routes(new SmtpRoute.ByDns("two.example"), to("ALL", RouteDane.FAIL, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished", "DCID 1 DANE success for two.example mx mx.two.example");

        assertThat(mx.taken()).hasSize(1);
        assertThat(relay.connections()).isZero();
    }

    @Test
    void mailThatARouteThrowsAwayIsGoneWithALineForEachMessageAndNoConnection() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY).routes(new SmtpRoute.Discard(".example"));
        var mids = Stream.of(gateway.put("b@two.example", "c@two.example"), gateway.put("d@two.example"))
                .toList();
        gateway.start().awaitLog(2, "Message finished");

        assertThat(gateway.log())
                .contains(
                        "MID " + mids.get(0)
                                + " RID [0, 1] for two.example thrown away: the SMTP route for .example leads to"
                                + " /dev/null",
                        "MID " + mids.get(1)
                                + " RID [0] for two.example thrown away: the SMTP route for .example leads to"
                                + " /dev/null")
                .noneMatch(line -> line.startsWith("Bounced") || line.contains("DANE"));
        assertThat(gateway.dialled).isEmpty();
        gateway.awaitEmptySpool();
        assertThat(gateway.deliveries().destination("two.example").orElseThrow().activeRecipients())
                .isZero();
    }

    @Test
    void reportsTakeRoutesToo() throws IOException {
        gateway.routes(
                to("example.org", RouteDane.NOT_APPLICABLE, host("relay.example")), new SmtpRoute.ByDns("two.example"));
        mx.reply("RCPT", "550 5.1.1 nobody");
        gateway.put("b@two.example");
        gateway.start().awaitLog("was generated for bounce").awaitLog(2, "Message finished");

        assertThat(relay.taken()).singleElement().satisfies(report -> {
            assertThat(report.recipients()).containsExactly("sender@example.org");
            assertThat(report.content()).contains("multipart/report");
        });
    }

    @Test
    void anAddressLiteralTakesTheRouteForAll() throws IOException {
        gateway.routes(to("ALL", RouteDane.NOT_APPLICABLE, host("relay.example")));
        gateway.put("b@[203.0.113.7]");
        gateway.start().awaitLog("Message finished");

        assertThat(relay.taken()).extracting(Peer.Taken::recipients).containsExactly(List.of("b@[203.0.113.7]"));
    }

    @Test
    void aRouteMayLeadToAnAddressWhichIsNotLookedUp() throws IOException {
        gateway.facts.host(
                RELAY,
                new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(RELAY)), Facts.PROOF),
                new TlsaFinding.NotAsked("an address"));
        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host(RELAY)));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    @Rule("B17")
    void aRouteToThisGatewayItselfKeepsTheMailUntilItIsCorrected() throws IOException {
        gateway.facts.host("self.example", "192.0.2.99", Facts.none());
        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host("self.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0", "- 4.4.6 - mail loops back to this host", "correct the route");
        assertThat(gateway.dialled).isEmpty();

        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example")));
        gateway.later(Duration.ofSeconds(61)).awaitLog("Message finished");
        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void aRoutesHostWithoutAnAddressKeepsTheMailToo() throws IOException {
        gateway.facts.host("relay.example", new AddressFinding.None(Facts.PROOF), Facts.none());
        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0", "- 4.4.4 - no address", "SMTP route of two.example");

        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    @Rule("E14")
    void aRouteThatChangesWhileMailWaitsCountsAtTheNextAttempt() throws IOException {
        gateway.routes(to("two.example", RouteDane.FAIL, host("relay.example")));
        gateway.put("b@two.example");
        gateway.start().awaitLog("- 4.7.0 - SMTP route");

        gateway.routes();
        gateway.later(Duration.ofSeconds(61)).awaitLog("Message finished");
        assertThat(mx.taken()).hasSize(1);
        assertThat(gateway.log())
                .containsSubsequence(
                        "DCID 0 DANE failed for two.example mx - reason SMTP route",
                        "DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 for two.example");
    }

    @Test
    @Rule({"D17", "E14"})
    void anOpenConnectionIsNotUsedForMailThatARouteNowTakesElsewhere() throws IOException {
        gateway.put("first@two.example");
        gateway.start().awaitLog("Message finished");
        gateway.routes(to("two.example", RouteDane.NOT_APPLICABLE, host("relay.example")));
        gateway.put("second@two.example");
        gateway.awaitLog(2, "Message finished");

        assertThat(mx.taken()).hasSize(1);
        assertThat(relay.taken()).extracting(Peer.Taken::recipients).containsExactly(List.of("second@two.example"));
    }

    private static SmtpRoute to(String match, RouteDane dane, MxHost... hosts) {
        return new SmtpRoute.ToHosts(match, List.of(hosts), dane);
    }

    private static MxHost host(String name) {
        return new MxHost(Names.of(name), 0);
    }

    private static MxHost host(String name, int priority, int port) {
        return new MxHost(Names.of(name), priority, OptionalInt.of(port));
    }
}
