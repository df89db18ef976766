package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DeliveryEvent.HeldBy;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When it is told that a destination's mail is held by DANE or by required TLS, and when it is not.
final class HeldTest {
    private static final String FIRST = "198.51.100.1";

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer peer;

    @BeforeEach
    void buildTheWorld() throws IOException {
        peer = new Peer();
        gateway = new Gateway(folder).peer(FIRST, peer);
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx.two.example")
                .host("mx.two.example", FIRST, Facts.usable("mx.two.example"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
    }

    private List<DeliveryEvent.Held> heldAfter(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            gateway.put("b@two.example");
        }
        gateway.start().awaitLog(messages, "Delayed: ");
        // It is told before the outcomes of the mail are.
        return gateway.events.stream()
                .filter(DeliveryEvent.Held.class::isInstance)
                .map(DeliveryEvent.Held.class::cast)
                .toList();
    }

    @Test
    void manyMessagesForADestinationThatFailsDaneAreTellingOnce() throws IOException {
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC).tls(Gateway::nothingMatches);
        var held = heldAfter(200);
        assertThat(held).isNotEmpty().hasSizeLessThan(20).allSatisfy(event -> {
            assertThat(event.by()).isEqualTo(HeldBy.DANE);
            assertThat(event.host()).contains("mx.two.example");
            assertThat(event.reason()).isEqualTo("server certificate not trusted");
            assertThat(event.remedy()).anyMatch(line -> line.contains("TLSA"));
        });
    }

    @Test
    void aLookUpThatFailsIsHeldByDaneOnlyWhereDaneIsOn() throws IOException {
        gateway.facts.host("mx.two.example", FIRST, Facts.failed());
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.MANDATORY);
        assertThat(heldAfter(1))
                .singleElement()
                .extracting(DeliveryEvent.Held::by, DeliveryEvent.Held::reason)
                .containsExactly(HeldBy.DANE, "TLSA lookup error");
    }

    @Test
    void requiredTlsThatIsNotOfferedIsHeldByTls() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.NONE);
        peer.reply("EHLO", "250 peer.example");
        assertThat(heldAfter(1))
                .singleElement()
                .extracting(DeliveryEvent.Held::by, DeliveryEvent.Held::host)
                .containsExactly(HeldBy.TLS, Optional.of("mx.two.example"));
    }

    @Test
    void tlsThatIsOnlyPreferredHoldsNothing() throws IOException {
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.NONE).tls(Gateway::noHandshake);
        assertThat(heldAfter(1)).isEmpty();
    }

    @Test
    void anOrdinary4xxHoldsNothing() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
        peer.reply("RCPT", "450 4.2.0 greylisted");
        assertThat(heldAfter(3)).isEmpty();
    }

    @Test
    void aGreetingOrAConnectionThatFailsHoldsNothing() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
        peer.reply("(greeting)", "421 4.3.2 not now");
        assertThat(heldAfter(1)).isEmpty();
    }

    @Test
    void thatNoResolverCanDoDnssecIsNoMatterOfADestination() throws IOException {
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.MANDATORY);
        gateway.facts.lacking("no resolver can do DNSSEC");
        assertThat(heldAfter(1)).isEmpty();
    }
}
