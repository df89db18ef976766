package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "10.0.0.0/7, 11.255.255.255, true",
        "10.0.0.0/7, 12.0.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::8/125, 2001:db8::f, true",
        "2001:db8::8/125, 2001:db8::10, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "::1, ::1, true",
    })
    void aNetworkHoldsTheAddressesBehindItsPrefix(String network, String client, boolean held) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(client)))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1/33",
                "192.0.2.1/",
                "192.0.2.1/-1",
                "192.0.2.1/a",
                "2001:db8::/129",
                "2001:db8",
                "/24",
                "192.0.2.0/24/24",
                "1"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1/24, 192.0.2.0/24", "2001:db8::1/32, 2001:db8::/32"})
    void bitsBehindThePrefixAreAMistakeWithASuggestion(String text, String suggestion) {
        assertThatThrownBy(() -> Network.parse(text)).hasMessageContaining("did you mean " + suggestion + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "192.0.2.0/24", "0.0.0.0/0", "2001:db8::1", "2001:db8::/32", "::/0"})
    void aNetworkIsShownAsItWasWritten(String text) {
        assertThat(Network.parse(text)).hasToString(text);
    }
}
