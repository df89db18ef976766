package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.danelaw.dns.RecordSet;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// The responses of RFC 5155 appendix B, from a zone whose NSEC3 spans are all opted out; none of it was made here.
class Rfc5155ExamplesTest {
    private static final Instant NOW = Instant.parse("2012-01-01T00:00:00Z");
    private static final String DATES = " 3600 20150420235959 20051021000000 40430 example. ";

    /// Key 40430, an RSA key of 512 bits.
    private static final String KEY = """
            example. 3600 IN DNSKEY 256 3 7 (
                AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LUsAD0QPWU+wzt89epO6tHzkMBVDkC7qphQO2hTY4hHn9npWFRw5BYubE= )
            """;

    private static final String APEX = nsec3(
            "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom",
            "2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM",
            "OSgWSm26B+cS+dDL8b5QrWr/dEWhtCsKlwKLIBHYH6blRxK9rC0bMJPwQ4mLIuw85H2EY762BOCXJZMnpuwhpA==");
    private static final String NS1 = nsec3(
            "2t7b4g4vsa5smi47k61mv5bv1a22bojr",
            "2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG",
            "OmBvJ1Vgg1hCKMXHFiNeIYHK9XVW0iLDLwJN4TFoNxZuP03gAXEI634YwOc4YBNITrj413iqNI6mRk/r1dOSUw==");
    private static final String A = nsec3(
            "35mthgpgcu1qg68fab165klnsnk3dpvl",
            "b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG",
            "g6jPUUpduAJKRljUsN8gB4UagAX0NxY9shwQAynzo8EUWH+z6hEIBlUTPGj15eZll6VhQqgZXtAIR3chwgW+SA==");
    private static final String X_W = nsec3(
            "b4um86eghhds6nea196smvmlo4ors995",
            "gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG",
            "ZkPG3M32lmoHM6pa3D6gZFGB/rhL//Bs3Omh5u4m/CUiwtblEVOaAKKZd7S959OeiX43aLX3pOv0TSTyiTxIZg==");
    private static final String Y_W = nsec3(
            "ji6neoaepv8b5o6k4ev33abha8ht9fgc",
            "k8udemvp1j2f7eg6jebps17vp3n8i58h",
            "gPkFp1s2QDQ6wQzcg1uSebZ61W33rUBDcTj72F3kQ490fEdp7k1BUIfbcZtPbX3YCpE+sIt0MpzVSKfTwx4uYA==");
    private static final String W = nsec3(
            "k8udemvp1j2f7eg6jebps17vp3n8i58h",
            "kohar7mbb8dc2ce8a9qvl8hon4k53uhi",
            "FtXGbvF0+wf8iWkyo73enAuVx03klN+pILBKS6qCcftVtfH4yVzsEZquJ27NHR7ruxJWDNMtOtx7w9WfcIg62A==");
    private static final String NS2 = nsec3(
            "q04jkcevqvmu85r014c7dkba38o0ji5r",
            "r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG",
            "hV5I89b+4FHJDATp09g4bbN0R1F845CaXpL3ZxlMKimoPAyqletMlEWwLfFia7sdpSzn+ZlNNlkxWcLsIlMmUg==");
    private static final String WILDCARD_W = nsec3(
            "r53bq7cc2uvmubfu5ocmm6pers9tk9en",
            "t644ebqk9bibcna874givr6joj62mlhv MX RRSIG",
            "aupviViruXs4bDg9rCbezzBMf9h1ZlDvbW/CZFKulIGXXLj8B/fsDJarXVDA9bnUoRhEbKp+HF1FWKW7RIJdtQ==");

    private static String nsec3(String hash, String rdata, String signature) {
        return hash + ".example. 3600 IN NSEC3 1 1 12 aabbccdd " + rdata + "\n" + hash
                + ".example. 3600 IN RRSIG NSEC3 7 2" + DATES + signature + "\n";
    }

    private static SignedReply reply(String name, String type, String answer, String... authority) {
        RecordSet keys = Text.set(KEY).set();
        var zone = new ZoneTrust.Signed(
                keys.owner(),
                ZoneKeys.of(keys.owner(), keys.as(DNSKEYRecord.class), Crypto.fastest()),
                new Proof(List.of(), Instant.MAX));
        return new SignedReply(
                zone,
                Text.reply(name, type, answer, String.join("", authority)),
                ValidationSettings.DEFAULT,
                NOW,
                new Budget());
    }

    private static Validated<Denial> absence(String name, String type, String... authority) {
        return reply(name, type, "", authority).absence(Name.fromConstantString(name), Type.value(type));
    }

    private static void needsEach(Function<String[], Validated<Denial>> question, String... authority) {
        for (String missing : authority) {
            String[] others =
                    Arrays.stream(authority).filter(it -> !it.equals(missing)).toArray(String[]::new);
            assertThat(question.apply(others))
                    .as("without " + missing.lines().collect(Collectors.joining(" ")))
                    .isInstanceOf(Validated.Bogus.class);
        }
    }

    @Rule("A25")
    @Test
    void nameError() {
        // B.1; section 9.2: the span over the next closer name is opted out.
        assertThat(absence("a.c.x.w.example.", "A", APEX, X_W, A)).isInstanceOf(Validated.Insecure.class);
        needsEach(authority -> absence("a.c.x.w.example.", "A", authority), APEX, X_W);
    }

    @Test
    void noData() {
        // B.2
        assertThat(absence("ns1.example.", "MX", NS1)).isInstanceOf(Validated.Secure.class);
        assertThat(absence("ns1.example.", "A", NS1)).isInstanceOf(Validated.Bogus.class);
        needsEach(authority -> absence("ns1.example.", "MX", authority), NS1);
    }

    @Test
    void noDataAtAnEmptyName() {
        // B.2.1
        assertThat(absence("y.w.example.", "A", Y_W)).isInstanceOf(Validated.Secure.class);
        needsEach(authority -> absence("y.w.example.", "A", authority), Y_W);
    }

    @Rule("A25")
    @Test
    void aReferralToAnUnsignedZoneInAnOptedOutSpan() {
        // B.3
        var c = Name.fromConstantString("c.example.");
        Function<String[], Validated<Denial>> question =
                authority -> reply("mc.c.example.", "MX", "", authority).delegation(c);
        assertThat(question.apply(new String[] {A, APEX})).isInstanceOf(Validated.Insecure.class);
        needsEach(question, A, APEX);
    }

    @Rule({"A20", "A25"})
    @Test
    void wildcardExpansion() {
        // B.4
        String answer = "a.z.w.example. 3600 IN MX 1 ai.example.\na.z.w.example. 3600 IN RRSIG MX 7 2" + DATES
                + "CikebjQwGQPwijVcxgcZcSJKtfynugtlBiKb9FcBTrmOoyQ4InoWVudhCWsh/URX3lc4WRUMivEBP6+4KS3ldA==";
        var set = Text.set(answer);
        assertThat(reply("a.z.w.example.", "MX", answer, NS2).set(set)).isInstanceOf(Validated.Insecure.class);
        assertThat(reply("a.z.w.example.", "MX", answer).set(set)).isInstanceOf(Validated.Bogus.class);
        assertThat(reply("a.z.w.example.", "MX", answer, NS1).set(set)).isInstanceOf(Validated.Bogus.class);
    }

    @Rule("A25")
    @Test
    void wildcardNoData() {
        // B.5
        assertThat(absence("a.z.w.example.", "AAAA", W, NS2, WILDCARD_W)).isInstanceOf(Validated.Insecure.class);
        needsEach(authority -> absence("a.z.w.example.", "AAAA", authority), W, NS2);
    }

    @Rule("A28")
    @Test
    void theChildsApexDoesNotDenyItsDs() {
        // B.6: the child's servers say NODATA; as the parent's word that is nothing.
        assertThat(absence("example.", "DS", APEX)).isInstanceOf(Validated.Bogus.class);
        assertThat(absence("example.", "TXT", APEX)).isInstanceOf(Validated.Secure.class);
    }

    @Test
    void hashesAreThoseOfAppendixA() {
        var hashes = new Nsec3Hashes(new byte[] {(byte) 0xaa, (byte) 0xbb, (byte) 0xcc, (byte) 0xdd}, 12, new Budget());
        var apex = Nsec3.of(Name.fromConstantString("example."), (org.xbill.DNS.NSEC3Record)
                        Text.records(APEX).getFirst())
                .orElseThrow();
        assertThat(apex.isAt(hashes.of(Name.fromConstantString("example.")).orElseThrow()))
                .isTrue();
        assertThat(apex.isAt(hashes.of(Name.fromConstantString("EXAMPLE.")).orElseThrow()))
                .isTrue();
        assertThat(apex.isAt(hashes.of(Name.fromConstantString("a.example.")).orElseThrow()))
                .isFalse();
    }
}
