package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.world.Damage.denial;
import static org.danelaw.lab.world.Damage.denialOf;
import static org.danelaw.lab.world.Damage.recordsOf;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signaturesOf;

import java.util.List;
import org.danelaw.dns.Answer;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.dnssec.ValidationSettings.Sha1;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Denials under NSEC and NSEC3, complete and with a piece missing.
class AbsenceTest {
    /// How the zone denies.
    enum Kind {
        NSEC,
        NSEC3;

        Zone dane() {
            var zone = Zone.named("dane.example").with("""
                    @               A     127.0.0.1
                    mail            A     127.0.0.2
                    a.b.c           A     127.0.0.4
                    *.wild          MX    10 mail
                    deep.below.wild A     127.0.0.3
                    unsigned        NS    ns.unsigned
                    ns.unsigned     A     127.0.0.1
                    """);
            return this == NSEC ? zone : zone.nsec3(2, "c0ffee");
        }

        Look but(Damage... damages) {
            return Look.into(dane().but(damages));
        }
    }

    @Rule("A4")
    @ParameterizedTest
    @EnumSource
    void noMxIsSecureWithItsProofAndBogusWithout(Kind kind) {
        assertThat(kind.but().at("dane.example", "MX")).isEqualTo("SECURE NODATA");
        assertThat(kind.but(denial().isMissing()).at("dane.example", "MX")).isEqualTo("BOGUS");
        assertThat(kind.but(denial().isWithoutSignature()).at("dane.example", "MX"))
                .isEqualTo("BOGUS");
        assertThat(kind.but(denial().isCorrupted()).at("dane.example", "MX")).isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("@").claimsType("MX")).at("dane.example", "MX"))
                .isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("@").claimsType("CNAME")).at("dane.example", "MX"))
                .as("a CNAME would have been the answer (RFC 6840 section 4.3)")
                .isEqualTo("BOGUS");
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatIsThereCannotBeSaidToBeGone(Kind kind) {
        assertThat(kind.but(recordsOf("mail", "A").areGone()).at("mail.dane.example", "A"))
                .isEqualTo("BOGUS");
    }

    @Rule("A11")
    @ParameterizedTest
    @EnumSource
    void theRcodeSaysNothingThatTheRecordsDoNotProve(Kind kind) {
        assertThat(kind.but(serversThat(say(Rcode.NXDOMAIN))).at("mail.dane.example", "TXT"))
                .isEqualTo("SECURE NODATA");
        assertThat(kind.but(serversThat(say(Rcode.NOERROR))).at("nx.dane.example", "TXT"))
                .isEqualTo("SECURE NXDOMAIN");
    }

    @Rule("A11")
    @ParameterizedTest
    @EnumSource
    void aDenialWithAPieceMissingIsBogus(Kind kind) {
        assertThat(kind.but().at("nx.dane.example", "A")).isEqualTo("SECURE NXDOMAIN");
        assertThat(kind.but(denialOf("nx").isMissing()).at("nx.dane.example", "A"))
                .as("without what covers the name (the next closer one)")
                .isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("*").isMissing()).at("nx.dane.example", "A"))
                .as("without what covers the wildcard")
                .isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("nx").spansTooLittle()).at("nx.dane.example", "A"))
                .as("with a span that ends before the name")
                .isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("nx").isCorrupted()).at("nx.dane.example", "A"))
                .isEqualTo("BOGUS");
    }

    @Rule("A11")
    @Test
    void anNsec3DenialWithoutItsClosestEncloserIsBogus() {
        assertThat(Kind.NSEC3.but(denialOf("@").isMissing()).at("nx.dane.example", "A"))
                .isEqualTo("BOGUS");
    }

    @ParameterizedTest
    @EnumSource
    void emptyNamesBetweenOthersExist(Kind kind) {
        assertThat(kind.but().at("b.c.dane.example", "A")).isEqualTo("SECURE NODATA");
        assertThat(kind.but().at("c.dane.example", "MX")).isEqualTo("SECURE NODATA");
        assertThat(kind.but(denialOf("c").isMissing()).at("c.dane.example", "MX"))
                .isEqualTo("BOGUS");
    }

    @Rule("A20")
    @ParameterizedTest
    @EnumSource
    void aWildcardsRecordsNeedTheProofThatNothingIsNearer(Kind kind) {
        assertThat(kind.but().at("foo.wild.dane.example", "MX")).isEqualTo("SECURE FOUND");
        assertThat(kind.but(denialOf("foo.wild").isMissing()).at("foo.wild.dane.example", "MX"))
                .isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("foo.wild").isCorrupted()).at("foo.wild.dane.example", "MX"))
                .isEqualTo("BOGUS");
        assertThat(kind.but(signaturesOf("mail", "A").countLabels(2)).at("mail.dane.example", "A"))
                .as("a signature that claims a wildcard where there is none")
                .isEqualTo("BOGUS");
        assertThat(kind.but().at("foo.wild.dane.example", "TXT")).isEqualTo("SECURE NODATA");
        assertThat(kind.but(denialOf("*.wild").isMissing()).at("foo.wild.dane.example", "TXT"))
                .isEqualTo("BOGUS");
        assertThat(kind.but(denialOf("*.wild").claimsType("TXT")).at("foo.wild.dane.example", "TXT"))
                .isEqualTo("BOGUS");
    }

    @Rule("A18")
    @Test
    void moreIterationsThanTheLimitAreInsecureOnceTheirSignaturesHold() {
        assertThat(nxWithIterations(100, ValidationSettings.DEFAULT)).isEqualTo("SECURE NXDOMAIN");
        assertThat(nxWithIterations(101, ValidationSettings.DEFAULT)).isEqualTo("INSECURE NXDOMAIN");
        assertThat(nxWithIterations(11, new ValidationSettings(Sha1.ACCEPT, 10)))
                .isEqualTo("INSECURE NXDOMAIN");
        assertThat(nxWithIterations(1, new ValidationSettings(Sha1.ACCEPT, 0))).isEqualTo("INSECURE NXDOMAIN");
        assertThat(nxWithIterations(0, new ValidationSettings(Sha1.ACCEPT, 0))).isEqualTo("SECURE NXDOMAIN");
    }

    @Rule("A18")
    @Test
    void iterationsThatWereChangedAfterSigningAreBogus() {
        assertThat(Kind.NSEC3.but(denial().isChangedToIterations(150)).at("nx.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(Kind.NSEC3.but(denial().isChangedToIterations(5)).at("nx.dane.example", "A"))
                .isEqualTo("BOGUS");
    }

    @Rule("A18")
    @Test
    void tooManyIterationsAreNoExcuseForASignatureThatDoesNotHold() {
        var zone = Kind.NSEC.dane().nsec3(150, "c0ffee");
        assertThat(Look.into(zone).at("nx.dane.example", "A")).isEqualTo("INSECURE NXDOMAIN");
        assertThat(Look.into(zone.but(denialOf("nx").isChangedToIterations(49))).at("nx.dane.example", "A"))
                .as("RFC 9276 section 3.2: each record of the reply is to be checked")
                .isEqualTo("BOGUS");
        assertThat(Look.into(zone.but(denialOf("nx").isWithoutSignature())).at("nx.dane.example", "A"))
                .isEqualTo("BOGUS");
    }

    @Rule("A18")
    @Test
    void aZoneWithTooManyIterationsStillHasSecureRecords() {
        var zone = Zone.named("dane.example").with("mail A 127.0.0.2").nsec3(200, "");
        assertThat(Look.into(zone).at("mail.dane.example", "A")).isEqualTo("SECURE FOUND");
    }

    @Rule("A25")
    @Test
    void aDenialThatRestsOnAnOptedOutSpanIsInsecure() {
        var zone = Kind.NSEC.dane().optOut();
        assertThat(Look.into(zone).at("nx.dane.example", "A")).isEqualTo("INSECURE NXDOMAIN");
        assertThat(Look.into(zone).at("_25._tcp.mail.dane.example", "TLSA")).isEqualTo("INSECURE NXDOMAIN");
        assertThat(Look.into(zone).at("mail.dane.example", "TXT"))
                .as("a record at the name itself needs no span")
                .isEqualTo("SECURE NODATA");
        assertThat(Look.into(zone).at("foo.wild.dane.example", "MX"))
                .as("a nearer name may be hidden in the span")
                .isEqualTo("INSECURE FOUND");
        assertThat(Look.into(Kind.NSEC3.dane()).at("nx.dane.example", "A")).isEqualTo("SECURE NXDOMAIN");
        assertThat(Look.into(Kind.NSEC3.dane().but(denial().isChangedInOptOut()))
                        .at("nx.dane.example", "A"))
                .as("the flag is signed")
                .isEqualTo("BOGUS");
    }

    @Rule("A11")
    @Test
    void aNameInAnOptedOutSpanIsNotGoneWhileAWildcardMayMakeIt() {
        var zone = Kind.NSEC.dane().optOut();
        assertThat(Look.into(zone.but(denialOf("*").isMissing())).at("nx.dane.example", "A"))
                .as("RFC 5155 section 8.4: the wildcard is to be denied too")
                .isEqualTo("BOGUS");
        assertThat(Look.into(zone.but(denialOf("*.wild").isMissing())).at("foo.wild.dane.example", "TXT"))
                .as("an answer of NODATA may be that of an empty name above an unsigned delegation")
                .isEqualTo("INSECURE NODATA");
        for (var spoilt : List.of(
                denialOf("*.wild").isWithoutSignature(), denialOf("*.wild").isCorrupted())) {
            assertThat(Look.into(zone.but(spoilt)).at("foo.wild.dane.example", "TXT"))
                    .as("the reply has more, and that %s", spoilt)
                    .isEqualTo("BOGUS");
        }
        assertThat(Look.into(zone.but(denialOf("*.wild").claimsType("TXT"))).at("foo.wild.dane.example", "TXT"))
                .as("the wildcard is there, with the type")
                .isEqualTo("BOGUS");
    }

    @Test
    void anEmptyNameAboveADelegationThatIsOptedOutHasNoRecordOfItsOwn() {
        var child = Zone.named("www.empty.dane.example").unsigned().with("@ A 127.0.0.6");
        assertThat(Look.into(Kind.NSEC.dane().optOut(), child).at("empty.dane.example", "A"))
                .isEqualTo("INSECURE NODATA");
    }

    @ParameterizedTest
    @EnumSource
    void anUnsignedDelegationNeedsItsProof(Kind kind) {
        var child = Zone.named("unsigned.dane.example").unsigned().with("www A 127.0.0.6");
        assertThat(Look.into(kind.dane(), child).at("www.unsigned.dane.example", "A"))
                .isEqualTo("INSECURE FOUND");
        assertThat(Look.into(kind.dane().but(denialOf("unsigned").isMissing()), child)
                        .at("www.unsigned.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(Look.into(kind.dane().but(denialOf("unsigned").claimsType("DS")), child)
                        .at("www.unsigned.dane.example", "A"))
                .isEqualTo("BOGUS");
        assertThat(Look.into(kind.dane().but(denialOf("unsigned").concealsType("NS")), child)
                        .at("www.unsigned.dane.example", "A"))
                .as("no delegation, so the records must be signed")
                .isEqualTo("BOGUS");
    }

    @Test
    void anUnsignedDelegationInAnOptedOutSpanIsInsecure() {
        var child = Zone.named("unsigned.dane.example").unsigned().with("www A 127.0.0.6");
        assertThat(Look.into(Kind.NSEC.dane().optOut(), child).at("www.unsigned.dane.example", "A"))
                .isEqualTo("INSECURE FOUND");
    }

    @ParameterizedTest
    @EnumSource
    void aDenialIsKeptNoLongerThanItsSoaSays(Kind kind) {
        var zone = kind.dane().with("@ 3600 SOA ns admin 1 3600 600 86400 42");
        var answer = (Validated.Secure<Answer>) Look.into(zone).answer("nx.dane.example", "A");
        assertThat(answer.proof().validUntil()).isEqualTo(Look.NOW.plusSeconds(42));
        var insecure = Look.into(Zone.named("dane.example").unsigned().with("@ 3600 SOA ns admin 1 3600 600 86400 42"));
        assertThat(((Validated.Insecure<Answer>) insecure.answer("nx.dane.example", "A"))
                        .proof()
                        .validUntil())
                .isEqualTo(Look.NOW.plusSeconds(42));
    }

    @Rule("A22")
    @ParameterizedTest
    @EnumSource
    void aDenialWithoutItsSoaIsKeptNoLongerThanItsOwnRecords(Kind kind) {
        var zone = kind.dane()
                .with("@ 3600 SOA ns admin 1 3600 600 86400 42")
                .but(serversThat((query, usual) -> usual.map(AbsenceTest::withoutSoa)));
        var answer = (Validated.Secure<Answer>) Look.into(zone).answer("nx.dane.example", "A");
        assertThat(answer.proof().validUntil()).isEqualTo(Look.NOW.plusSeconds(42));
    }

    @Test
    void anSoaFromElsewhereMakesADenialNoLessSigned() {
        var elsewhere = Zone.named("unsigned.example").unsigned();
        var zone = Kind.NSEC
                .dane()
                .but(serversThat((query, usual) -> usual.map(
                        message -> isTxt(message) ? deniedBy(Zone.named("unsigned.example"), message) : message)));
        assertThat(Look.into(zone, elsewhere).at("mail.dane.example", "TXT")).isEqualTo("BOGUS");
    }

    private static String nxWithIterations(int iterations, ValidationSettings settings) {
        var zone = Zone.named("dane.example").with("mail A 127.0.0.2").nsec3(iterations, "ab");
        return Look.with(settings, zone).at("nx.dane.example", "A");
    }

    private static Conduct say(int rcode) {
        return (query, usual) -> usual.map(message -> isTxt(message) ? withRcode(message, rcode) : message);
    }

    private static boolean isTxt(Message message) {
        return message.getSection(Section.QUESTION).getFirst().getType() == Type.TXT;
    }

    private static Message withoutSoa(Message message) {
        var changed = message.clone();
        message.getSection(Section.AUTHORITY).stream()
                .filter(record -> record.getType() == Type.SOA)
                .forEach(soa -> changed.removeRecord(soa, Section.AUTHORITY));
        return changed;
    }

    private static Message deniedBy(Zone zone, Message message) {
        var changed = message.clone();
        changed.removeAllRecords(Section.AUTHORITY);
        changed.addRecord(
                new SOARecord(zone.name(), DClass.IN, 3600, zone.name(), zone.name(), 1, 2, 3, 4, 5),
                Section.AUTHORITY);
        return changed;
    }

    private static Message withRcode(Message message, int rcode) {
        var changed = message.clone();
        changed.getHeader().setRcode(rcode);
        return changed;
    }
}
