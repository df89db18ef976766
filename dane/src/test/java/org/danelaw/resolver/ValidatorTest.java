package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One question at a time against a small internet, well made and broken.
class ValidatorTest {
    private static final String RECORDS = """
            @              MX    10 mail
            mail           A     127.0.0.2
            mail           AAAA  ::1
            _25._tcp.mail  TLSA  3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
            alias          CNAME mail
            out            CNAME www.elsewhere.example.
            away           CNAME www.unsigned.example.
            lost           CNAME nowhere
            *.wild         MX    10 mail
            deep.below.wild A    127.0.0.3
            *.cwild        CNAME mail
            a.b.c          A     127.0.0.4
            old            DNAME new
            www.new        A     127.0.0.5
            """;

    static Zone dane() {
        return Zone.named("dane.example").with(RECORDS);
    }

    private static Look look(Zone dane) {
        return Look.into(
                dane,
                Zone.named("elsewhere.example").with("www A 127.0.0.7"),
                Zone.named("unsigned.example").unsigned().with("www A 127.0.0.6\nback CNAME mail.dane.example."),
                Zone.named("island.example").island().with("www A 127.0.0.8"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dane.example               | MX     | SECURE FOUND
            mail.dane.example          | A      | SECURE FOUND
            mail.dane.example          | AAAA   | SECURE FOUND
            _25._tcp.mail.dane.example | TLSA   | SECURE FOUND
            dane.example               | DNSKEY | SECURE FOUND
            dane.example               | DS     | SECURE FOUND
            dane.example               | SOA    | SECURE FOUND
            alias.dane.example         | A      | SECURE FOUND
            alias.dane.example         | CNAME  | SECURE FOUND
            alias.dane.example         | TXT    | SECURE NODATA
            lost.dane.example          | A      | SECURE NXDOMAIN
            out.dane.example           | A      | SECURE FOUND
            away.dane.example          | A      | INSECURE FOUND
            mail.dane.example          | TXT    | SECURE NODATA
            mail.dane.example          | DS     | SECURE NODATA
            b.c.dane.example           | A      | SECURE NODATA
            _tcp.mail.dane.example     | TLSA   | SECURE NODATA
            nx.dane.example            | A      | SECURE NXDOMAIN
            x.y.nx.dane.example        | A      | SECURE NXDOMAIN
            foo.wild.dane.example      | MX     | SECURE FOUND
            a.foo.wild.dane.example    | MX     | SECURE FOUND
            foo.wild.dane.example      | A      | SECURE NODATA
            x.below.wild.dane.example  | MX     | SECURE NXDOMAIN
            *.wild.dane.example        | MX     | SECURE FOUND
            foo.cwild.dane.example     | A      | SECURE FOUND
            foo.cwild.dane.example     | CNAME  | SECURE FOUND
            www.old.dane.example       | A      | SECURE FOUND
            www.old.dane.example       | CNAME  | SECURE FOUND
            nx.old.dane.example        | A      | SECURE NXDOMAIN
            old.dane.example           | DNAME  | SECURE FOUND
            www.unsigned.example       | A      | INSECURE FOUND
            www.unsigned.example       | TXT    | INSECURE NODATA
            nx.unsigned.example        | A      | INSECURE NXDOMAIN
            back.unsigned.example      | A      | INSECURE FOUND
            unsigned.example           | DS     | SECURE NODATA
            www.island.example         | A      | INSECURE FOUND
            .                          | DNSKEY | SECURE FOUND
            .                          | DS     | SECURE NODATA
            nx                         | A      | SECURE NXDOMAIN
            """)
    void aWellMadeInternetIsJudgedAsItIs(String name, String type, String expected) {
        assertThat(look(dane()).at(name, type)).as("under NSEC").isEqualTo(expected);
        assertThat(look(dane().nsec3(3, "aabbccdd")).at(name, type))
                .as("under NSEC3")
                .isEqualTo(expected);
    }

    /// The registry's own wildcard is as good as any: what certificates may not do, zones may.
    @Test
    @Rule("A20")
    void aWildcardRightBelowATopLevelDomainMakesSecureNames() {
        var registry = Zone.named("example").with("*  MX 10 mail.registry.example.");
        assertThat(Look.into(registry).at("anybody.example", "MX")).isEqualTo("SECURE FOUND");
        assertThat(Look.into(registry.nsec3(3, "aabbccdd")).at("anybody.example", "MX"))
                .isEqualTo("SECURE FOUND");
    }

    @Test
    void aColdSignedDomainCostsSixQueriesOnceItsParentIsKnown() {
        var look = look(dane());
        look.at("elsewhere.example", "SOA");
        look.asked().clear();

        look.at("dane.example", "MX");
        look.at("mail.dane.example", "A");
        look.at("mail.dane.example", "AAAA");
        look.at("_25._tcp.mail.dane.example", "TLSA");

        assertThat(look.asked())
                .containsExactly(
                        "dane.example. MX",
                        "dane.example. DS",
                        "dane.example. DNSKEY",
                        "mail.dane.example. A",
                        "mail.dane.example. AAAA",
                        "_25._tcp.mail.dane.example. TLSA");
    }

    @Test
    void anUnsignedDomainCostsOneQueryMoreThanItsAnswers() {
        var look = look(dane());
        look.at("elsewhere.example", "SOA");
        look.asked().clear();

        look.at("www.unsigned.example", "A");
        look.at("www.unsigned.example", "AAAA");

        assertThat(look.asked())
                .containsExactly("www.unsigned.example. A", "unsigned.example. DS", "www.unsigned.example. AAAA");
    }
}
