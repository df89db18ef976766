package org.danelaw.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:0db8:0:0:0:0:0:1, 2001:db8::1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1"
    })
    void addressesAreWrittenTheOneWayOfTheirRfc(String given, String written) {
        assertThat(AddressText.of(InetAddress.ofLiteral(given))).isEqualTo(written);
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameAddress() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] octets = new byte[16];
            for (int octet = 0; octet < octets.length; octet++) {
                octets[octet] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
            }
            octets[0] = 0x20;
            var address = InetAddress.getByAddress(octets);
            assertThat(InetAddress.ofLiteral(AddressText.of(address)))
                    .as("seed %d", seed)
                    .isEqualTo(address);
        }
    }
}
