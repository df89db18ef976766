package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.SignedSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.RRSIGRecord;

/// The signed examples that RFCs print, made by nobody here.
class RfcExamplesTest {
    private static final Instant IN_2004 = Instant.parse("2004-04-20T00:00:00Z");
    private static final Instant IN_2010 = Instant.parse("2010-08-20T00:00:00Z");
    private static final Instant IN_2015 = Instant.parse("2015-08-10T00:00:00Z");
    private static final Instant IN_2029 = Instant.parse("2029-01-01T00:00:00Z");

    /// RFC 4035 appendix A: key 38519 signs the zone, key 9465 the keys.
    private static final String RFC4035_KEYS = """
            example. 3600 IN DNSKEY 256 3 5 (
                AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl9
                4C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ== )
            example. 3600 IN DNSKEY 257 3 5 (
                AQOeX7+baTmvpVHb2CcLnL1dMRWbuscRvHXlLnXwDzvqp4tZVKp1sZMepFb8MvxhhW3y/0QZsyCjczGJ1qk8vJe52iOh
                InKROVLRwxGpMfzPRLMlGybr51bOV/1se0ODacj3DomyB4QB5gKTYot/K9alk5/j8vfd4jWCWD+E1Sze0Q== )
            """;

    private static final String RFC4035_DNSKEY_SIGNATURE = """
            example. 3600 IN RRSIG DNSKEY 5 1 3600 20040509183619 20040409183619 9465 example. (
                ZxgauAuIj+k1YoVEOSlZfx41fcmKzTFHoweZxYnz99JVQZJ33wFS0Q0jcP7VXKkaElXk9nYJXevO/7nAbo88iWsMkSpS
                R6jWzYYKwfrBI/L9hjYmyVO9m6FjQ7uwM4dCP/bIuV/DKqOAK9NYNC3AHfvCV1Tp4VKDqxqG7R5tTVM= )
            """;

    private static final List<String> RFC4035_SETS = List.of("""
                    example. 3600 IN SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
                    example. 3600 IN RRSIG SOA 5 1 3600 20040509183619 20040409183619 38519 example. (
                        ONx0k36rcjaxYtcNgq6iQnpNV5+drqYAsC9h7TSJaHCqbhE67Sr6aH2xDUGcqQWu/n0UVzrFvkgO9ebarZ0GWDKcuwlM
                        6eNB5SiX2K74l5LWDA7S/Un/IbtDq4Ay8NMNLQI7Dw7n4p8/rjkBjV7j86HyQgM5e7+miRAz8V01b0I= )
                    """, """
                    example. 3600 IN NS ns2.example.
                    example. 3600 IN NS ns1.example.
                    example. 3600 IN RRSIG NS 5 1 3600 20040509183619 20040409183619 38519 example. (
                        gl13F00f2U0R+SWiXXLHwsMY+qStYy5k6zfdEuivWc+wd1fmbNCyql0Tk7lHTX6UOxc8AgNf4ISFve8XqF4q+o9qlnqI
                        zmppU3LiNeKT4FZ8RO5urFOvoMRTbQxW3U0hXWuggE4g3ZpsHv480HjMeRaZB/FRPGfJPajngcq6Kwg= )
                    """, """
                    example. 3600 IN MX 1 XX.example.
                    example. 3600 IN RRSIG MX 5 1 3600 20040509183619 20040409183619 38519 example. (
                        HyDHYVT5KHSZ7HtO/vypumPmSZQrcOP3tzWB2qaKkHVPfau/DgLgS/IKENkYOGL95G4N+NzEVyNU8dcTOckT+ChPcGeV
                        jguQ7a3Ao9Z/ZkUO6gmmUW4b89rz1PUxW4jzUxj66PTwoVtUU/iMW6OISukd1EQt7a0kygkg+PEDxdI= )
                    """, """
                    example. 3600 IN NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
                    example. 3600 IN RRSIG NSEC 5 1 3600 20040509183619 20040409183619 38519 example. (
                        O0k558jHhyrC97ISHnislm4kLMW48C7U7cBmFTfhke5iVqNRVTB1STLMpgpbDIC9hcryoO0VZ9ME5xPzUEhbvGnHd5sf
                        zgFVeGxr5Nyyq4tWSDBgIBiLQUv1ivy29vhXy7WgR62dPrZ0PWvmjfFJ5arXf4nPxp/kEowGgBRzY/U= )
                    """, """
                    a.example. 3600 IN DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
                    a.example. 3600 IN RRSIG DS 5 2 3600 20040509183619 20040409183619 38519 example. (
                        oXIKit/QtdG64J/CB+Gi8dOvnwRvqrto1AdQoRkAN15FP3iZ7suB7gvTBmXzCjL7XUgQVcoHkdhyCuzp8W9qJHgRUSwK
                        KkczSyuL64nhgjuDEML8l9wlWVsl7PR2VnZduM9bLyBhaaPmRKX/Fm+v6ccF2EGNLRiY08kdkz+XHHo= )
                    """, """
                    AI.example. 3600 IN HINFO "KLH-10" "ITS"
                    ai.example. 3600 IN RRSIG HINFO 5 2 3600 20040509183619 20040409183619 38519 example. (
                        Iq/RGCbBdKzcYzlGE4ovbr5YcB+ezxbZ9W0le/7WqyvhOO9J16HxhhL7VY/IKmTUY0GGdcfhZEOCkf4lEykZF9NPok1/
                        R/fWrtzNp8jobuY7AZEcZadp1WdDF3jc2/ndCa5XZhLKD3JzOsBwFvL8sqlS5QS6FY/ijFEDnI4RkZA= )
                    """, """
                    ai.example. 3600 IN AAAA 2001:db8::f00:baa9
                    ai.example. 3600 IN RRSIG AAAA 5 2 3600 20040509183619 20040409183619 38519 example. (
                        nLcpFuXdT35AcE+EoafOUkl69KB+/e56XmFKkewXG2IadYLKAOBIoR5+VoQV3XgTcofTJNsh1rnF6Eav2zpZB3byI6yo
                        2bwY8MNkr4A7cL9TcMmDwV/hWFKsbGBsj8xSCN/caEL2CWY/5XP2sZM6QjBBLmukH30+w1z3h8PUP2o= )
                    """, """
                    a.z.w.example. 3600 IN MX 1 ai.example.
                    a.z.w.example. 3600 IN RRSIG MX 5 2 3600 20040509183619 20040409183619 38519 example. (
                        OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQ
                        TVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI= )
                    """, """
                    x.y.w.example. 3600 IN NSEC xx.example. MX RRSIG NSEC
                    x.y.w.example. 3600 IN RRSIG NSEC 5 4 3600 20040509183619 20040409183619 38519 example. (
                        OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7E34o5lmb6CWSSSpgxw098kNUFnHcQf/LzY2z
                        qRomubrNQhJTiDTXa0ArunJQCzPjOYq5t0SLjm6qp6McJI1AP5VrQoKqJDCLnoAlcPOPKAm/jJkn3jk= )
                    """);

    static Stream<Arguments> rfc4035() {
        return RFC4035_SETS.stream().map(set -> example(RFC4035_KEYS, set, IN_2004));
    }

    /// RFC 5702 section 6, RFC 6605 section 6, RFC 8080 section 6 (with errata 4935).
    static Stream<Arguments> others() {
        return Stream.of(
                example("""
                        example.net. 3600 IN DNSKEY 256 3 8 (
                            AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=
                            )
                        """, """
                        www.example.net. 3600 IN A 192.0.2.91
                        www.example.net. 3600 IN RRSIG A 8 3 3600 20300101000000 20000101000000 9033 example.net. (
                            kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg== )
                        """, IN_2029),
                example("""
                        example.net. 3600 IN DNSKEY 256 3 10 (
                            AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7
                            cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL )
                        """, """
                        www.example.net. 3600 IN A 192.0.2.91
                        www.example.net. 3600 IN RRSIG A 10 3 3600 20300101000000 20000101000000 3740 example.net. (
                            tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm
                            /zpq+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw= )
                        """, IN_2029),
                example("""
                        example.net. 3600 IN DNSKEY 257 3 13 (
                            GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA== )
                        """, """
                        www.example.net. 3600 IN A 192.0.2.1
                        www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 20100812100439 55648 example.net. (
                            qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw== )
                        """, IN_2010),
                example("""
                        example.net. 3600 IN DNSKEY 257 3 14 (
                            xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX4
                            5NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40 )
                        """, """
                        www.example.net. 3600 IN A 192.0.2.1
                        www.example.net. 3600 IN RRSIG A 14 3 3600 20100909102025 20100812102025 10771 example.net. (
                            /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSS
                            Pdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm )
                        """, IN_2010),
                example("""
                        example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
                        """, """
                        example.com. 3600 IN MX 10 mail.example.com.
                        example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com. (
                            oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg== )
                        """, IN_2015),
                example("""
                        example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=
                        """, """
                        example.com. 3600 IN MX 10 mail.example.com.
                        example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 35217 example.com. (
                            zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg== )
                        """, IN_2015),
                example("""
                        example.com. 3600 IN DNSKEY 257 3 16 (
                            3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA )
                        """, """
                        example.com. 3600 IN MX 10 mail.example.com.
                        example.com. 3600 IN RRSIG MX 16 2 3600 1440021600 1438207200 9713 example.com. (
                            3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+G
                            j7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA )
                        """, IN_2015));
    }

    private static Arguments example(String keys, String set, Instant now) {
        return Arguments.of(keys, set, now);
    }

    @ParameterizedTest
    @MethodSource({"rfc4035", "others"})
    void theirSignaturesHoldWithAndWithoutNativeCode(String keys, String text, Instant now) {
        SignedSet set = Text.set(text);
        for (Crypto crypto : List.of(Crypto.fastest(), Crypto.portable(), Crypto.soonest())) {
            assertThat(check(set, keys, now, crypto)).isInstanceOf(Checked.Verified.class);
            assertThat(check(damaged(set), keys, now, crypto)).isInstanceOf(Checked.Failed.class);
        }
    }

    private static Checked check(SignedSet set, String keys, Instant now, Crypto crypto) {
        return new Signatures(keys(keys, crypto), now, new Budget()).check(set);
    }

    private static SignedSet damaged(SignedSet set) {
        RRSIGRecord good = set.signatures().getFirst();
        byte[] octets = good.getSignature().clone();
        octets[octets.length / 2] ^= 1;
        var bad = new RRSIGRecord(
                good.getName(),
                good.getDClass(),
                good.getTTL(),
                good.getTypeCovered(),
                good.getAlgorithm(),
                good.getOrigTTL(),
                good.getExpire(),
                good.getTimeSigned(),
                good.getFootprint(),
                good.getSigner(),
                octets);
        return new SignedSet(set.set(), List.of(bad));
    }

    private static ZoneKeys keys(String text, Crypto crypto) {
        RecordSet keys = Text.set(text).set();
        return ZoneKeys.of(keys.owner(), keys.as(DNSKEYRecord.class), crypto);
    }

    /// The DS records that RFC 4034 section 5.4, RFC 4509 section 2.3, RFC 6605 section 6 and RFC 8080 section 6 print.
    static Stream<Arguments> delegations() {
        return Stream.of(
                Arguments.of("""
                        dskey.example.com. 86400 IN DNSKEY 256 3 5 (
                            AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAph
                            XdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw== )
                        """, "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"),
                Arguments.of("""
                        dskey.example.com. 86400 IN DNSKEY 256 3 5 (
                            AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAph
                            XdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw== )
                        """, "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"),
                Arguments.of("""
                        example.net. 3600 IN DNSKEY 257 3 13 (
                            GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA== )
                        """, "55648 13 2 B4C8C1FE2E7477127B27115656AD6256F424625BF5C1E2770CE6D6E37DF61D17"),
                Arguments.of("""
                        example.net. 3600 IN DNSKEY 257 3 14 (
                            xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX4
                            5NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40 )
                        """, """
                        10771 14 4 72D7B62976CE06438E9C0BF319013CF801F09ECC84B8D7E9495F27E305C6A9B0563A9B5F4D288405C3008A94\
                        6DF983D6"""),
                Arguments.of("""
                        example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
                        """, "3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b"));
    }

    @ParameterizedTest
    @MethodSource("delegations")
    void theirDsRecordsAdmitTheirKeys(String text, String dsText) {
        var key = (DNSKEYRecord) Text.records(text).getFirst();
        var ds = Text.record(key.getName() + " 3600 IN DS " + dsText, DSRecord.class);
        assertThat(key.getFootprint()).isEqualTo(ds.getFootprint());
        assertThat(DsDigest.of(ds).orElseThrow().over(key)).isEqualTo(ds.getDigest());
    }

    @ParameterizedTest
    @MethodSource("rfc4035Keys")
    void theirKeysLeadOnFromAnAnchorThatSignedThem(String anchor, boolean isAdmitted) {
        var anchors = List.<TrustAnchor>of(new TrustAnchor.Key(Text.record(anchor, DNSKEYRecord.class)));
        var dnskeys = Text.set(RFC4035_KEYS + RFC4035_DNSKEY_SIGNATURE);
        var finding = EntryPoints.anchored(dnskeys.set().owner(), anchors)
                .admit(dnskeys, IN_2004, new Budget(), Crypto.fastest());
        assertThat(finding instanceof KeysFinding.Trusted).isEqualTo(isAdmitted);
    }

    static Stream<Arguments> rfc4035Keys() {
        var keys = Text.records(RFC4035_KEYS);
        return Stream.of(
                Arguments.of(keys.getLast().toString(), true),
                // It is in the set, and did not sign it.
                Arguments.of(keys.getFirst().toString(), false));
    }
}
