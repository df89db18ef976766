package org.danelaw.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.lab.judges.DnsjavaJudge;
import org.danelaw.lab.judges.Ruling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What comes back for each kind of question, under NSEC, NSEC3 and opt-out; dnsjava's validator must find it proven.
class AuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ZONE = """
            @            MX    10 mail
            mail         A     127.0.0.2
            mail         AAAA  ::1
            _25._tcp.mail TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
            alias        CNAME mail
            out          CNAME www.elsewhere.example.
            lost         CNAME nowhere
            *.wild       MX    10 mail
            deep.below.wild A  127.0.0.3
            *.cwild      CNAME mail
            a.b.c        A     127.0.0.4
            old          DNAME new
            www.new      A     127.0.0.5
            unsigned     NS    ns.unsigned
            ns.unsigned  A     127.0.0.1
            """;

    /// Question, response code, types of the answer section, types of the authority section: under NSEC and under
    /// NSEC3.
    private static final List<String> QUESTIONS = List.of(
            "dane.example            MX    NOERROR  | MX                | -                  | -",
            "mail.dane.example       A     NOERROR  | A                 | -                  | -",
            "dane.example            DNSKEY NOERROR | DNSKEY            | -                  | -",
            "_25._tcp.mail.dane.example TLSA NOERROR | TLSA             | -                  | -",
            "alias.dane.example      AAAA  NOERROR  | CNAME AAAA        | -                  | -",
            "alias.dane.example      CNAME NOERROR  | CNAME             | -                  | -",
            "out.dane.example        A     NOERROR  | CNAME A           | -                  | -",
            "lost.dane.example       A     NXDOMAIN | CNAME             | SOA NSEC           | SOA NSEC3",
            "alias.dane.example      TXT   NOERROR  | CNAME             | SOA NSEC           | SOA NSEC3",
            "mail.dane.example       TXT   NOERROR  | -                 | SOA NSEC           | SOA NSEC3",
            "mail.dane.example       DS    NOERROR  | -                 | SOA NSEC           | SOA NSEC3",
            "b.c.dane.example        A     NOERROR  | -                 | SOA NSEC           | SOA NSEC3",
            "_tcp.mail.dane.example  TLSA  NOERROR  | -                 | SOA NSEC           | SOA NSEC3",
            "nx.dane.example         A     NXDOMAIN | -                 | SOA NSEC           | SOA NSEC3",
            "x.y.nx.dane.example     A     NXDOMAIN | -                 | SOA NSEC           | SOA NSEC3",
            "_25._tcp.alias.dane.example TLSA NXDOMAIN | -              | SOA NSEC           | SOA NSEC3",
            "foo.wild.dane.example   MX    NOERROR  | MX                | NSEC               | NSEC3",
            "a.foo.wild.dane.example MX    NOERROR  | MX                | NSEC               | NSEC3",
            "foo.wild.dane.example   A     NOERROR  | -                 | SOA NSEC           | SOA NSEC3",
            "x.below.wild.dane.example MX  NXDOMAIN | -                 | SOA NSEC           | SOA NSEC3",
            "foo.cwild.dane.example  A     NOERROR  | CNAME A           | NSEC               | NSEC3",
            "*.wild.dane.example     MX    NOERROR  | MX                | -                  | -",
            "www.old.dane.example    A     NOERROR  | DNAME CNAME A     | -                  | -",
            "old.dane.example        DNAME NOERROR  | DNAME             | -                  | -",
            "nx.old.dane.example     A     NXDOMAIN | DNAME CNAME       | SOA NSEC           | SOA NSEC3",
            "dane.example            DS    NOERROR  | DS                | -                  | -",
            "unsigned.dane.example   DS    NOERROR  | -                 | SOA NSEC           | SOA NSEC3",
            "www.unsigned.dane.example A   NOERROR  | A                 | -                  | -",
            "nx.unsigned.dane.example A    NXDOMAIN | -                 | SOA                | SOA",
            "www.island.example      A     NOERROR  | A                 | -                  | -",
            ".                       DNSKEY NOERROR | DNSKEY            | -                  | -",
            "nx                      A     NXDOMAIN | -                 | SOA NSEC           | SOA NSEC");

    private static final Internet NSEC = internet(Zone.named("dane.example").with(ZONE));
    private static final Internet NSEC3 =
            internet(Zone.named("dane.example").with(ZONE).nsec3(3, "aabbccdd"));

    private static Internet internet(Zone dane) {
        return Internet.at(
                NOW,
                dane,
                Zone.named("unsigned.dane.example").unsigned().with("www A 127.0.0.6"),
                Zone.named("elsewhere.example").with("www A 127.0.0.7"),
                Zone.named("island.example").island().with("www A 127.0.0.8"));
    }

    static Stream<String> questions() {
        return QUESTIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void nsecZonesAnswerAsRfc4035Says(String row) {
        check(row, NSEC, 2);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void nsec3ZonesAnswerAsRfc5155Says(String row) {
        check(row, NSEC3, 3);
    }

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmSignsWhatOthersCanCheck(Algorithm algorithm) {
        var judge =
                new DnsjavaJudge(internet(Zone.named("dane.example").with(ZONE).signedWith(algorithm)), NOW);
        assertThat(judge.on("mail.dane.example", "A")).isEqualTo(Ruling.SECURE);
        assertThat(judge.on("nx.dane.example", "A")).isEqualTo(Ruling.SECURE);
    }

    private static void check(String row, Internet internet, int column) {
        var cells = row.split("\\|", -1);
        var question = cells[0].trim().split(" +", -1);
        var answer = internet.answer(question[0], question[1]);
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(question[2]);
        assertThat(types(answer, Section.ANSWER)).as("answer").isEqualTo(cells[1].trim());
        assertThat(types(answer, Section.AUTHORITY)).as("authority").isEqualTo(cells[column].trim());
        assertThat(new DnsjavaJudge(internet, NOW).on(question[0], question[1]))
                .isEqualTo(ruling(question[0], question[1]));
    }

    static Ruling ruling(String name, String type) {
        return name.contains("island") || (name.contains("unsigned") && !type.equals("DS"))
                ? Ruling.INSECURE
                : Ruling.SECURE;
    }

    private static String types(Message message, int section) {
        var types = message.getSection(section).stream()
                .map(Record::getType)
                .filter(type -> type != Type.RRSIG)
                .map(Type::string)
                .distinct()
                .toList();
        return types.isEmpty() ? "-" : String.join(" ", types);
    }
}
