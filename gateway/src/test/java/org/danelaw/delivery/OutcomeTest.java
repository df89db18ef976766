package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.policy.WhenUnavailable;
import org.danelaw.queue.Mail;
import org.danelaw.queue.NewMessage;
import org.danelaw.smtp.Envelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How one attempt ends, for everything that the DNS, a host and its TLS may do.
final class OutcomeTest {
    private static final String FIRST = "198.51.100.1";
    private static final String SECOND = "198.51.100.2";

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer first;
    private Peer second;

    @BeforeEach
    void buildTheWorld() throws IOException {
        first = new Peer();
        second = new Peer();
        gateway = new Gateway(folder)
                .rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .peer(FIRST, first)
                .peer(SECOND, second);
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx1.two.example", "mx2.two.example")
                .host("mx1.two.example", FIRST, Facts.usable("mx1.two.example"))
                .host("mx2.two.example", SECOND, Facts.usable("mx2.two.example"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void aProvenHostGetsTheMessageAndTheLogSaysSoToTheLetter() throws IOException {
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished MID " + mid + " done", "DCID 1 close");

        assertThat(first.taken())
                .containsExactly(new Peer.Taken(
                        List.of("b@two.example"),
                        new String(Gateway.CONTENT, java.nio.charset.StandardCharsets.US_ASCII),
                        0,
                        true));
        assertThat(gateway.log())
                .filteredOn(line -> !line.startsWith("Message finished"))
                .containsExactly(
                        "New SMTP DCID 1 interface 127.0.0.1 address 198.51.100.1 port 25",
                        "DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 for two.example",
                        "DCID 1 DANE success for two.example mx mx1.two.example reason TLSA 3 1 1 at depth 0 base"
                                + " mx1.two.example group x25519 mx secure address secure tlsa secure",
                        "Delivery start DCID 1 MID " + mid + " to RID [0]",
                        "Message done DCID 1 MID " + mid + " to RID [0]",
                        "MID " + mid + " RID [0] Response '2.0.0 taken'",
                        "DCID 1 close");
        gateway.awaitEmptySpool();
    }

    @Test
    void aProvenHostWithAnIpv6AddressAloneGetsTheMessageOverIpv6() throws IOException {
        var ipv6 = "2001:db8::25";
        gateway.facts
                .mx("six.example", MxTrust.SECURE, "mx.six.example")
                .host(
                        "mx.six.example",
                        new AddressFinding.None(Facts.PROOF),
                        new AddressFinding.Secure(List.of(InetAddress.ofLiteral(ipv6)), Facts.PROOF),
                        Facts.usable("mx.six.example"));
        try (var sixth = new Peer(InetAddress.ofLiteral("::1"))) {
            gateway.peer(ipv6, sixth);
            var mid = gateway.put("b@six.example");
            gateway.start().awaitLog("Message finished MID " + mid + " done", "DCID 1 close");

            assertThat(sixth.taken()).hasSize(1);
        }
        assertThat(gateway.log())
                .anyMatch(line -> line.matches("New SMTP DCID 1 interface [0:]+1 address 2001:db8:[0:]+25 port 25"))
                .anyMatch(line -> line.startsWith("DCID 1 DANE success for six.example mx mx.six.example"));
    }

    /// RFC 3461 section 5.2.2: the last host on the way that knows of DSN is the one that tells.
    @Test
    void aSenderWhoAsksForItHearsThatAHostWithoutDsnTookTheMessage() throws IOException {
        var mid = gateway.put(asking("b@two.example"));
        gateway.start().awaitLog("was generated for relay notice of MID " + mid, "Message finished MID " + mid);
    }

    @Test
    void whereTheHostKnowsOfDsnItIsTheOneThatTells() throws IOException {
        first.reply("EHLO", "250-peer.example\r\n250-STARTTLS\r\n250 DSN");
        gateway.put(asking("b@two.example"));
        gateway.start().awaitLog("Message finished", "DCID 1 close");

        assertThat(gateway.log()).noneMatch(line -> line.contains("generated"));
    }

    private static NewMessage asking(String recipient) {
        var plain = Mail.to(recipient);
        var asks = new Envelope.Recipient(Mail.address(recipient), Optional.of("SUCCESS,FAILURE"), Optional.empty());
        return new NewMessage(
                new Envelope(plain.envelope().sender(), List.of(asks), Envelope.Needs.NONE, Envelope.Dsn.NONE),
                plain.policy(),
                plain.dane(),
                plain.bounceProfile(),
                plain.received(),
                "test");
    }

    @Test
    @Rule("B14")
    void behindAnInsecureMxTheProofCountsButTheLineWithForIsNotWritten() throws IOException {
        gateway.facts.mx("two.example", MxTrust.INSECURE, "mx1.two.example");
        gateway.put("b@two.example");
        gateway.start().awaitLog("DCID 1 close");

        assertThat(gateway.log())
                .contains("DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384")
                .anyMatch(line -> line.startsWith("DCID 1 DANE insecure-mx for two.example mx mx1.two.example reason"))
                .noneMatch(line -> line.matches(".*TLS success.*for.*"));
    }

    @Test
    @Rule("A1")
    void aFailedMxLookupMakesNoConnectionAndDefers() throws IOException {
        gateway.facts.destination("two.example", new Destination.Unresolved(Trouble.BOGUS, Facts.TROUBLE));
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0 MID " + mid + " to RID 0 - 4.4.3 - domain lookup error ('000'");

        assertThat(gateway.log()).contains("DCID 0 DANE failed for two.example mx - reason domain lookup error");
        assertThat(first.connections() + second.connections()).isZero();
        assertThat(gateway.facts.asked()).isEmpty();
        assertThat(gateway.spool().read(mid)).isPresent();
    }

    @Test
    @Rule("A2")
    void aDomainThatDoesNotExistBouncesAtOnce() throws IOException {
        var mid = gateway.put("b@nowhere.example");
        gateway.facts
                .destination("one.example", new Destination.NullMx(Facts.PROOF))
                .destination("example.org", new Destination.NullMx(Facts.PROOF));
        gateway.start().awaitLog("Bounced: DCID 0 MID " + mid + " to RID 0 - 5.1.2 - no such domain ('000'");
    }

    @Test
    @Rule("A3")
    void aNullMxBouncesAtOnceAndNoHostIsLookedUp() throws IOException {
        gateway.facts
                .destination("two.example", new Destination.NullMx(Facts.PROOF))
                .destination("example.org", new Destination.NullMx(Facts.PROOF));
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Bounced: DCID 0 MID " + mid + " to RID 0 - 5.1.10");

        assertThat(gateway.facts.asked()).isEmpty();
    }

    @Test
    @Rule("A6")
    void aHostWhoseAddressLookupFailsIsPassedOverForTheNext() throws IOException {
        gateway.facts.host(
                "mx1.two.example", new AddressFinding.Failed(Trouble.UNAVAILABLE, Facts.TROUBLE), Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(second.taken()).hasSize(1);
        assertThat(gateway.log())
                .contains("DCID 0 DANE failed for two.example mx mx1.two.example reason host lookup error");
    }

    @Test
    @Rule("A8")
    void aHostWhoseTlsaLookupFailsIsPassedOverForTheNext() throws IOException {
        gateway.facts.host("mx1.two.example", FIRST, Facts.failed());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.connections()).isZero();
        assertThat(second.taken()).hasSize(1);
    }

    @Test
    @Rule("A8")
    void whereEveryTlsaLookupFailsTheMailWaitsAndNoHostIsDialled() throws IOException {
        gateway.facts.host("mx1.two.example", FIRST, Facts.failed()).host("mx2.two.example", SECOND, Facts.failed());
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0 MID " + mid + " to RID 0 - 4.4.3 - TLSA lookup error");

        assertThat(first.connections() + second.connections()).isZero();
    }

    @Test
    @Rule("A16")
    void whileNoResolverCanDoDnssecDestinationsWithDaneWait() throws IOException {
        gateway.facts.lacking("192.0.2.53 strips signatures");
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0", "no DNSSEC-capable resolver", "192.0.2.53 strips signatures");

        assertThat(first.connections()).isZero();
    }

    @Test
    @Rule("A16")
    void whileNoResolverCanDoDnssecDestinationsWithoutDaneFlow() throws IOException {
        gateway.facts.lacking("192.0.2.53 strips signatures").host("mx1.two.example", FIRST, Facts.none());
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.NONE).put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.taken()).hasSize(1);
        assertThat(gateway.log()).anyMatch(line -> line.endsWith("reason destination controls"));
    }

    @Test
    @Rule("A16")
    void underDegradeMailGoesOnAndEachDeliverySaysThatDaneWasOff() throws IOException {
        gateway.facts.lacking("192.0.2.53 strips signatures").host("mx1.two.example", FIRST, Facts.none());
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.MANDATORY)
                .whenUnavailable(WhenUnavailable.DEGRADE)
                .put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.taken()).hasSize(1);
        assertThat(gateway.log())
                .contains("DCID 1 DANE off for two.example mx mx1.two.example reason no DNSSEC-capable resolver");
    }

    @Test
    @Rule("A16")
    void underDeferMandatoryOpportunisticDestinationsFlowAndMandatoryOnesWait() throws IOException {
        gateway.facts.lacking("192.0.2.53 strips signatures").host("mx1.two.example", FIRST, Facts.none());
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .whenUnavailable(WhenUnavailable.DEFER_MANDATORY)
                .put("b@two.example");
        gateway.start().awaitLog("DANE off for two.example", "no DNSSEC-capable resolver");
        gateway.awaitLog("Message finished");
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.MANDATORY)
                .whenUnavailable(WhenUnavailable.DEFER_MANDATORY)
                .put("c@two.example");
        gateway.awaitLog("Delayed: DCID 0", "no DNSSEC-capable resolver");

        assertThat(first.taken()).hasSize(1);
    }

    @Test
    @Rule("A30")
    void aDomainWhoseHostsHaveNoAddressBounces() throws IOException {
        gateway.facts
                .host("mx1.two.example", new AddressFinding.None(Facts.PROOF), Facts.none())
                .host("mx2.two.example", new AddressFinding.None(Facts.PROOF), Facts.none())
                .destination("example.org", new Destination.NullMx(Facts.PROOF));
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Bounced: DCID 0 MID " + mid + " to RID 0 - 5.4.4");
    }

    @Test
    @Rule("A30")
    void aDomainWithMoreHostsThanAreLookedAtWaitsAndIsToldHowMany() throws IOException {
        var best = List.of(new MxHost(Names.of("mx1.two.example"), 10));
        var worse = List.of(new MxHost(Names.of("mx2.two.example"), 20), new MxHost(Names.of("mx3.two.example"), 20));
        var domain = Names.of("two.example");
        gateway.facts
                .destination(
                        "two.example",
                        new Destination.Hosts(new NextHop(domain, domain), MxTrust.SECURE, best, worse, Facts.PROOF))
                .host("mx1.two.example", new AddressFinding.None(Facts.PROOF), Facts.none());
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0 MID " + mid + " to RID 0 - 4.4.4 - too many mail hosts");

        assertThat(gateway.facts.asked()).containsExactly("mx1.two.example");
    }

    @Test
    @Rule({"A30", "A6"})
    void oneFailedLookupAmongHostsWithoutAddressDefers() throws IOException {
        gateway.facts
                .host("mx1.two.example", new AddressFinding.None(Facts.PROOF), Facts.none())
                .host("mx2.two.example", new AddressFinding.Failed(Trouble.BOGUS, Facts.TROUBLE), Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0");

        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    @Rule("B12")
    void theOrderOfTheMxIsKeptWhateverHasTlsaRecords() throws IOException {
        gateway.facts.host("mx1.two.example", FIRST, Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.taken()).hasSize(1);
        assertThat(second.connections()).isZero();
        assertThat(gateway.log())
                .contains("DCID 1 DANE fallback for two.example mx mx1.two.example reason no TLSA record");
    }

    @Test
    @Rule({"B13", "E9"})
    void mandatoryPassesOverAHostWithoutTlsaRecords() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
        gateway.facts.host("mx1.two.example", FIRST, Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.connections()).isZero();
        assertThat(second.taken()).hasSize(1);
        assertThat(gateway.log())
                .contains("DCID 0 DANE failed for two.example mx mx1.two.example reason no TLSA record");
    }

    @Test
    @Rule("E9")
    void mandatoryWithoutAnyTlsaRecordWaitsWith4_7_0() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
        gateway.facts.host("mx1.two.example", FIRST, Facts.none()).host("mx2.two.example", SECOND, Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 0", "- 4.7.0 - no TLSA record");

        assertThat(first.connections() + second.connections()).isZero();
    }

    @Test
    @Rule("B17")
    void aBackupMxDropsItselfAndWorseHostsByName() throws IOException {
        gateway.facts.mx("two.example", MxTrust.SECURE, "mx1.two.example", "gw.example", "mx2.two.example");
        first.reply("RCPT", "450 4.2.0 later");
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 1", "450");

        assertThat(second.connections()).isZero();
        assertThat(gateway.facts.asked()).containsOnly("mx1.two.example");
    }

    @Test
    @Rule("B17")
    void aBackupMxDropsItselfAndWorseHostsByAddress() throws IOException {
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx1.two.example", "other.example", "mx2.two.example")
                .host("other.example", "192.0.2.99", Facts.none());
        first.reply("RCPT", "450 4.2.0 later");
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 1", "450");

        assertThat(second.connections()).isZero();
    }

    @Test
    @Rule("B17")
    void theBestMxIsNeverSentToItself() throws IOException {
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "gw.example", "mx2.two.example")
                .destination("example.org", new Destination.NullMx(Facts.PROOF));
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("Bounced: DCID 0 MID " + mid + " to RID 0 - 5.4.6");

        assertThat(second.connections()).isZero();
    }

    @Test
    @Rule("B17")
    void anotherPortOfOurOwnAddressIsAnotherServer() throws IOException {
        gateway.settings(gateway.altered()
                .ownListeners(new InetSocketAddress(FIRST, 2525))
                .settings());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.taken()).hasSize(1);
    }

    @Test
    @Rule("D13")
    void aHostThatDoesNotOfferStartTlsIsPassedOverAndNothingIsSentInClear() throws IOException {
        first.reply("EHLO", "250 peer.example");
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.heard()).noneMatch(line -> line.startsWith("MAIL"));
        assertThat(second.taken()).hasSize(1);
        assertThat(gateway.log())
                .anyMatch(line -> line.startsWith("DCID 1 TLS failed: STARTTLS not offered"))
                .contains("DCID 1 DANE failed for two.example mx mx1.two.example reason STARTTLS not offered");
    }

    @Test
    @Rule("D13")
    void startTlsAnsweredWith454Or5xxOrNoHandshakeOrAnUnusableRecordDefersAndNeverBounces() throws IOException {
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx1.two.example")
                .mx("three.example", MxTrust.SECURE, "mx2.two.example")
                .host(
                        "mx2.two.example",
                        SECOND,
                        new TlsaFinding.AllUnusable(
                                List.of(new org.danelaw.tlsa.TlsaRecord(1, 1, 1, "ab")),
                                Names.of("mx2.two.example"),
                                Facts.PROOF));
        first.reply("STARTTLS", "454 4.7.0 no TLS now");
        second.reply("STARTTLS", "554 5.7.0 never");
        var mid = gateway.put("b@two.example");
        var other = gateway.put("b@three.example");
        gateway.start()
                .awaitLog(
                        "MID " + mid + " to RID 0 - 4.7.4 - STARTTLS not offered",
                        "MID " + other + " to RID 0 - 4.7.4 - STARTTLS not offered");

        assertThat(first.heard()).noneMatch(line -> line.startsWith("MAIL"));
        assertThat(second.heard()).noneMatch(line -> line.startsWith("MAIL"));
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    @Rule("D13")
    void aFailedHandshakeIsPassedOverAndDeferred() throws IOException {
        gateway.tls(Gateway::noHandshake);
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("MID " + mid + " to RID 0 - 4.7.5 - TLS handshake failed");

        assertThat(first.connections()).isEqualTo(1);
        assertThat(second.connections()).isEqualTo(1);
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    @Rule("D14")
    void aCertificateThatMatchesNothingIsPassedOverThenDeferredWith4_7_5() throws IOException {
        gateway.tls(Gateway::nothingMatches);
        var mid = gateway.put("b@two.example");
        gateway.start().awaitLog("MID " + mid + " to RID 0 - 4.7.5 - server certificate not trusted");

        assertThat(first.heard()).noneMatch(line -> line.startsWith("MAIL"));
        assertThat(second.heard()).noneMatch(line -> line.startsWith("MAIL"));
        assertThat(gateway.log())
                .contains(
                        "DCID 1 TLS failed: no record admits the certificate",
                        "DCID 1 DANE failed for two.example mx mx1.two.example reason server certificate not trusted",
                        "DCID 2 DANE failed for two.example mx mx2.two.example reason server certificate not trusted");
    }

    @Test
    void aHostThatIsNotThereIsPassedOver() throws IOException {
        gateway.facts.host("mx1.two.example", "198.51.100.77", Facts.usable("mx1.two.example"));
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(second.taken()).hasSize(1);
        assertThat(gateway.log())
                .contains("Connection Error: DCID 1 domain: two.example IP: 198.51.100.77 port: 25"
                        + " details: Connection refused interface: any reason: network error");
    }

    @Test
    void aGreetingThatRefusesForGoodMeansTheNextHostAndInTheEndADeferral() throws IOException {
        first.reply("(greeting)", "554 5.7.1 go away");
        second.reply("EHLO", "550 5.7.1 you too").reply("HELO", "550 5.7.1 you too");
        var mid = gateway.put("b@two.example");
        gateway.start()
                .awaitLog("MID " + mid + " to RID 0 - 4.7.1 - host takes no mail now ('554', ['5.7.1 go away'])");

        assertThat(second.connections()).isEqualTo(1);
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    void eachRecipientGetsTheOutcomeOfItsOwnReply() throws IOException {
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx1.two.example")
                .mx("example.org", MxTrust.SECURE, "mx2.two.example");
        first.reply("RCPT TO:<later@", "450 4.2.1 later").reply("RCPT TO:<never@", "550 5.1.1 no such user");
        var mid = gateway.put("good@two.example", "later@two.example", "never@two.example");
        gateway.start()
                .awaitLog(
                        "Message done DCID 1 MID " + mid + " to RID [0]",
                        "Delayed: DCID 1 MID " + mid + " to RID 1 - 4.2.1 - recipient refused ('450', ['4.2.1 later'])",
                        "Bounced: DCID 1 MID " + mid
                                + " to RID 2 - 5.1.1 - recipient refused ('550', ['5.1.1 no such user'])",
                        "was generated for bounce of MID " + mid);

        gateway.awaitLog("Message finished");
        assertThat(second.taken()).hasSize(1);
        assertThat(second.taken().getFirst().content())
                .contains("never@two.example")
                .doesNotContain("later@");
        assertThat(gateway.spool().read(mid).orElseThrow().states()).hasSize(1);
    }

    @Test
    void aRecipientThatOneHostDefersIsOfferedToTheNext() throws IOException {
        first.reply("RCPT TO:<later@", "450 4.2.1 later");
        gateway.put("good@two.example", "later@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(first.taken()).extracting(Peer.Taken::recipients).containsExactly(List.of("good@two.example"));
        assertThat(second.taken()).extracting(Peer.Taken::recipients).containsExactly(List.of("later@two.example"));
    }

    @Test
    void aMessageThatTwoHostsDeferWaits() throws IOException {
        var third = new Peer();
        gateway.peer("198.51.100.3", third)
                .facts
                .mx("two.example", MxTrust.SECURE, "mx1.two.example", "mx2.two.example", "mx3.two.example")
                .host("mx3.two.example", "198.51.100.3", Facts.none());
        first.reply("(dot)", "451 4.3.0 disk full");
        second.reply("MAIL", "421 4.3.2 closing");
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 2", "4.3.2 - sender refused ('421'");

        assertThat(third.connections()).isZero();
        third.close();
    }

    @Test
    void tooManyRecipientsSaidWith552IsNoBounce() throws IOException {
        gateway.facts.mx("two.example", MxTrust.SECURE, "mx1.two.example");
        first.reply("RCPT TO:<late@", "552 5.5.3 too many");
        var mid = gateway.put("early@two.example", "late@two.example");
        gateway.start().awaitLog("Delayed: DCID 1 MID " + mid + " to RID 1 - 4.5.3");

        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    void whatOneHostCannotCarryIsTakenToTheNext() throws IOException {
        first.reply("EHLO", "250-peer.example\r\n250 STARTTLS");
        var eightBit = Mail.to("b@two.example");
        var envelope = eightBit.envelope();
        gateway.put(new NewMessage(
                new org.danelaw.smtp.Envelope(
                        envelope.sender(),
                        envelope.recipients(),
                        new org.danelaw.smtp.Envelope.Needs(true, false),
                        envelope.dsn()),
                "RELAYED",
                true,
                "default",
                Mail.RECEIVED,
                "test"));
        gateway.start().awaitLog("Message finished");

        assertThat(second.taken()).hasSize(1);
    }

    @Test
    void mailUnderAPolicyWithoutDaneIsDeliveredByTlsSupportAndTheLogNamesThePolicy() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
        gateway.facts.host("mx1.two.example", FIRST, Facts.none());
        var message = Mail.to("b@two.example");
        gateway.put(new NewMessage(message.envelope(), "ACCEPTED", false, "default", Mail.RECEIVED, "test"));
        gateway.start().awaitLog("Message finished");

        assertThat(gateway.log())
                .contains("DCID 1 DANE off for two.example mx mx1.two.example reason policy ACCEPTED")
                .noneMatch(line -> line.matches(".*TLS success.*for.*"));
    }

    @Test
    @Rule("E13")
    void recipientsOfTwoPoliciesNeverShareAConnection() throws IOException {
        gateway.facts.mx("two.example", MxTrust.SECURE, "mx1.two.example");
        for (var i = 0; i < 5; i++) {
            gateway.put(new NewMessage(
                    Mail.to("x@two.example").envelope(), "ACCEPTED", false, "default", Mail.RECEIVED, "test"));
            gateway.put("y@two.example");
        }
        gateway.start().awaitLog(10, "Message finished");

        var connectionsOfX =
                first.taken().stream().filter(taken -> taken.recipients().contains("x@two.example"));
        var connectionsOfY =
                first.taken().stream().filter(taken -> taken.recipients().contains("y@two.example"));
        assertThat(connectionsOfX.map(Peer.Taken::connection).toList())
                .hasSize(5)
                .doesNotContainAnyElementsOf(
                        connectionsOfY.map(Peer.Taken::connection).toList());
    }

    @Test
    void tlsThatFailsWhereItIsOnlyPreferredGoesInClearTextAtTheNextAttempt() throws IOException {
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.NONE).tls(Gateway::noHandshake);
        gateway.facts
                .mx("two.example", MxTrust.INSECURE, "mx1.two.example")
                .host("mx1.two.example", FIRST, Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID 1", "DCID 1 TLS failed: handshake_failure");
        assertThat(first.taken()).isEmpty();

        gateway.later(java.time.Duration.ofSeconds(61)).awaitLog("Message finished");
        assertThat(first.taken()).hasSize(1);
    }

    @Test
    void anAddressLiteralIsDialledWithoutAnMxLookup() throws IOException {
        gateway.facts.host(
                FIRST,
                new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(FIRST)), Facts.PROOF),
                new TlsaFinding.NotAsked("address literal"));
        gateway.put("b@[198.51.100.1]");
        gateway.start().awaitLog("Message finished");

        assertThat(first.taken()).extracting(Peer.Taken::recipients).containsExactly(List.of("b@[198.51.100.1]"));
    }
}
