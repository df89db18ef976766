package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.MX;

import java.util.List;
import java.util.stream.Stream;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.Refusal.Ground;
import org.junit.jupiter.api.Test;

class ConclusionTest {
    @Test
    @Rule("A30")
    void aMessageBouncesWhenNoHostHasAnAddress() {
        assertThat(conclude(Ground.NO_ADDRESS, Ground.NO_ADDRESS))
                .isInstanceOf(Conclusion.Bounced.class)
                .satisfies(conclusion -> {
                    assertThat(conclusion.why().status()).isEqualTo("5.4.4");
                    assertThat(conclusion.why().sentence()).contains("No mail host of example.org");
                });
    }

    @Test
    @Rule("A30")
    void oneFailedLookupAmongHostsWithoutAddressesDefers() {
        assertThat(conclude(Ground.NO_ADDRESS, Ground.HOST_LOOKUP_ERROR))
                .isInstanceOf(Conclusion.Deferred.class)
                .satisfies(conclusion -> assertThat(conclusion.why().status()).isEqualTo("4.4.3"));
    }

    @Test
    @Rule("A30")
    void hostsThatWereNeverLookedAtDeferWhateverTheOthersLack() {
        assertThat(conclude(oneOfThreeHosts(), Ground.NO_ADDRESS))
                .isEqualTo(new Conclusion.Deferred(new Refusal(
                        Ground.TOO_MANY_HOSTS,
                        "Only the 1 best of the 3 mail hosts of example.org were looked at. None of these has an A or"
                                + " AAAA record: the domain must publish some or drop their MX records.")));
    }

    @Test
    void everyDeferralTellsOfHostsThatWereNeverLookedAt() {
        assertThat(conclude(oneOfThreeHosts(), Ground.NO_ADDRESS, Ground.NO_TLSA))
                .isEqualTo(new Conclusion.Deferred(new Refusal(
                        Ground.NO_TLSA, "host 0 Only the 1 best of the 3 mail hosts of example.org were looked at.")));
    }

    @Test
    @Rule({"D13", "D14"})
    void whateverElseHostsRefuseWithTheMessageStays() {
        Stream.of(Ground.values())
                .filter(ground -> ground.status().startsWith("4"))
                .forEach(ground -> assertThat(conclude(ground, Ground.NO_ADDRESS))
                        .as("%s", ground)
                        .isInstanceOf(Conclusion.Deferred.class));
    }

    @Test
    @Rule("D14")
    void aMismatchIsToldRatherThanAHostThatCouldNotBeReached() {
        var mismatch = Refusal.mismatch(MX, new Verdict.Mismatched(List.of("no record admits the key aa11")));
        var conclusion = Conclusion.of(
                DOMAIN, Facts.destination(MxTrust.SECURE), List.of(refusal(Ground.NO_CONNECTION, 1), mismatch));
        assertThat(conclusion.why()).isEqualTo(mismatch);
        assertThat(conclusion.why().status()).isEqualTo("4.7.5");
        assertThat(conclusion.why().sentence()).contains("mx.example.net", "aa11");
    }

    @Test
    void amongEqualsTheBetterHostsRefusalIsTold() {
        var first = refusal(Ground.NO_TLSA, 1);
        assertThat(Conclusion.of(
                                DOMAIN,
                                Facts.destination(MxTrust.SECURE),
                                List.of(refusal(Ground.NO_CONNECTION, 0), first, refusal(Ground.NO_TLSA, 2)))
                        .why())
                .isEqualTo(first);
    }

    @Test
    void nothingIsConcludedFromNothing() {
        assertThatThrownBy(() -> Conclusion.of(DOMAIN, Facts.destination(MxTrust.SECURE), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTwoGroundsShareAReason() {
        assertThat(Stream.of(Ground.values()).map(Ground::reason)).doesNotHaveDuplicates();
    }

    private static Conclusion conclude(Ground... grounds) {
        return conclude(Facts.destination(MxTrust.SECURE), grounds);
    }

    private static Conclusion conclude(Destination.Hosts destination, Ground... grounds) {
        return Conclusion.of(
                DOMAIN,
                destination,
                Stream.of(grounds).map(ground -> refusal(ground, 0)).toList());
    }

    private static Destination.Hosts oneOfThreeHosts() {
        var all = Facts.destination(MxTrust.SECURE);
        var worse =
                List.of(new MxHost(Facts.name("mx2.example.net"), 20), new MxHost(Facts.name("mx3.example.net"), 20));
        return new Destination.Hosts(all.nextHop(), all.trust(), all.hosts(), worse, all.proof());
    }

    private static Refusal refusal(Ground ground, int host) {
        return new Refusal(ground, "host " + host);
    }
}
