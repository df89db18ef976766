package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.dns.Answer;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.TrustAnchor;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DSRecord;

/// Trust anchors of zones below the root: what is below them is judged by them, and by nobody above.
class AnchorsBelowTheRootTest {
    private static final Internet INTERNET = Internet.at(
            Look.NOW,
            Zone.named("dane.example").with("www A 127.0.0.2"),
            Zone.named("island.example").island().with("www A 127.0.0.3"),
            Zone.named("dane.elsewhere").with("www A 127.0.0.4"));

    @Test
    void namesBelowTheOnlyAnchorAreSecure() {
        var onlyExample = validator(INTERNET, INTERNET.zone("example.").ds());

        assertThat(onlyExample.validate(Look.question("www.dane.example", "A"))).isInstanceOf(Validated.Secure.class);
        assertThat(onlyExample.validate(Look.question("nx.example", "A"))).isInstanceOf(Validated.Secure.class);
    }

    /// RFC 4033 section 5: without an anchor above them they are indeterminate, which is no answer (rule A1).
    @Test
    void namesOutsideTheOnlyAnchorCannotBeJudged() {
        var onlyExample = validator(INTERNET, INTERNET.zone("example.").ds());

        for (String name : List.of("www.dane.elsewhere", "elsewhere", ".")) {
            assertThat(onlyExample.validate(Look.question(name, "A")))
                    .as(name)
                    .isEqualTo(new Validated.Unavailable<Answer>(
                            new Reason("no trust anchor covers this name", ExtendedError.DNSSEC_INDETERMINATE)));
        }
    }

    @Test
    void anAnchorMakesAnIslandOfSecuritySecure() {
        // The lab's keys hang on the zone's name: these are the island's, for which its parent has no DS.
        var island = Zone.named("island.example").sign(Look.NOW).ds();

        assertThat(validator(INTERNET, INTERNET.anchors()).validate(Look.question("www.island.example", "A")))
                .isInstanceOf(Validated.Insecure.class);
        assertThat(validator(INTERNET, both(INTERNET.anchors(), island))
                        .validate(Look.question("www.island.example", "A")))
                .isInstanceOf(Validated.Secure.class);
    }

    @Test
    void theZoneAboveAnAnchorHasNoSayBelowIt() {
        // The parent answers for the zone itself, with signatures of its own that hold.
        var usurped = Internet.at(Look.NOW, Zone.named("example").with("www.dane A 127.0.0.66"));
        var question = Look.question("www.dane.example", "A");

        assertThat(validator(usurped, usurped.anchors()).validate(question)).isInstanceOf(Validated.Secure.class);
        assertThat(validator(
                                usurped,
                                both(
                                        usurped.anchors(),
                                        INTERNET.zone("dane.example.").ds()))
                        .validate(question))
                .isEqualTo(new Validated.Bogus<Answer>(
                        new Reason("no keys came for dane.example.", ExtendedError.DNSKEY_MISSING)));
    }

    private static List<DSRecord> both(List<DSRecord> some, List<DSRecord> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static Validator validator(Internet internet, List<DSRecord> anchors) {
        var clock = InstantSource.fixed(Look.NOW);
        List<TrustAnchor> trusted =
                anchors.stream().<TrustAnchor>map(TrustAnchor.Digest::new).toList();
        return new Validator(
                new LabUpstream(internet),
                new Equipment(() -> trusted, new Zones(clock), clock, ValidationSettings.DEFAULT, Crypto.fastest()),
                ResolverEvents.NONE);
    }
}
