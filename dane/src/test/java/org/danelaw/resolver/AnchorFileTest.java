package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.danelaw.dnssec.TrustAnchor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.utils.base64;

class AnchorFileTest {
    private static final String DS_2017 =
            ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";
    private static final String DS_2024 =
            ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16";
    // The root's key signing keys, from Debian's dns-root-data 2024071801.
    private static final String KSK_2017 = "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHl"
            + "FlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHw"
            + "VN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSV"
            + "IzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=";
    private static final String KSK_2024 = "AwEAAa96jeuknZlaeSrvyAJj6ZHv28hhOKkx3rLGXVaC6rXTsDc449/cidltpkyGwCJNnOAlF"
            + "NKF2jBosZBU5eeHspaQWOmOElZsjICMQMC3aeHbGiShvZsx4wMYSjH8e7Vrhbu6irwCzVBApESjbUdpWWmEnhathWu1jo+siFUiR"
            + "AAxm9qyJNg/wOZqqzL/dL/q8PkcRU5oUKEpUge71M3ej2/7CPqpdVwuMoTvoB+ZOT4YeGyxMvHmbrxlFzGOHOijtzN+u1TQNatX2"
            + "XBuzZNQ1K+s2CXkPIZo7s6JgZyvaBevYtxPvYLw4z9mR7K2vaF18UYH9Z9GNUUeayffKC73PYc=";

    @TempDir
    private Path directory;

    @Test
    void theBuiltInAnchorsAreTheDigestsOfTheRootsKeys() {
        assertThat(BuiltInAnchors.ROOT).containsExactly(digestOf(KSK_2017), digestOf(KSK_2024));
        assertThat(BuiltInAnchors.ROOT.stream()
                        .map(anchor -> ((TrustAnchor.Digest) anchor).ds().getFootprint()))
                .containsExactly(20326, 38696);
    }

    private static TrustAnchor digestOf(String key) {
        var dnskey = new DNSKEYRecord(Name.root, DClass.IN, 0, 257, 3, 8, base64.fromString(key));
        return new TrustAnchor.Digest(new DSRecord(Name.root, DClass.IN, 0, DNSSEC.Digest.SHA256, dnskey));
    }

    @Test
    void digestsAndKeysAreRead() throws IOException {
        assertThat(parse("; IANA", "", DS_2017, DS_2024 + " ; the next one")).isEqualTo(BuiltInAnchors.ROOT);
        assertThat(parse(". 172800 IN DNSKEY 257 3 8 " + KSK_2017))
                .singleElement()
                .isInstanceOf(TrustAnchor.Key.class);
        assertThat(parse(".\tDS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"))
                .hasSize(1);
    }

    @Test
    void aRecordMayStandOnSeveralLines() throws IOException {
        assertThat(parse(
                        ". IN DS 20326 8 2 ( ; KSK-2017",
                        "   E06D44B80B8F1D39A95C0B0D7C65D084",
                        "   58E880409BBC683457104237C7F8EC8D )",
                        DS_2024))
                .isEqualTo(BuiltInAnchors.ROOT);
    }

    @Test
    void everyProblemHasItsLine() {
        assertProblems(
                List.of(
                        DS_2017,
                        "example IN DS 1 8 2 00",
                        ". IN TXT hello",
                        "  IN DS 1 8 2 00",
                        ". IN DS 1 8",
                        ". IN DNSKEY 385 3 8 AAAA",
                        ". IN DNSKEY 1 3 8 AAAA",
                        ". IN DS 1 8 2 xyz"),
                "2: example is not fully qualified: it lacks its final dot",
                "3: neither a DS nor a DNSKEY record",
                "4: every record begins with the name of its zone",
                "5: ",
                "6: the key is revoked (RFC 5011 section 2.1)",
                "7: the key lacks the flag of a zone key (256)",
                "8: ");
    }

    @Test
    void aParenthesisThatIsNotClosedIsNamedWhereItOpens() {
        assertProblems(List.of(DS_2017, "", ". IN DS 1 8 2 (", "00", ""), "3: the parenthesis that opens here");
    }

    @Test
    void aFileWithoutAnchorsIsAProblem() {
        assertProblems(List.of("; nothing"), "1: holds no DS or DNSKEY record");
        assertProblems(List.of(), "1: holds no DS or DNSKEY record");
    }

    @Test
    void whatIsNoTextIsAProblem() throws IOException {
        Path file = directory.resolve("anchors");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> AnchorFile.read(file)).hasMessage(file + ":1: not a text file");
        assertThatThrownBy(() -> AnchorFile.read(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    private static List<TrustAnchor> parse(String... lines) throws IOException {
        return AnchorFile.parse("file", List.of(lines));
    }

    private static void assertProblems(List<String> lines, String... problems) {
        assertThatThrownBy(() -> AnchorFile.parse("file", lines)).satisfies(thrown -> {
            var told = String.valueOf(thrown.getMessage()).lines().toList();
            assertThat(told).hasSameSizeAs(problems);
            for (int i = 0; i < problems.length; i++) {
                assertThat(told.get(i)).startsWith("file:" + problems[i]);
            }
        });
    }
}
