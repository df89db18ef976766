package org.danelaw.lab.realm;

import static org.danelaw.lab.realm.DomainPlan.domain;
import static org.danelaw.lab.realm.Ending.AUTHENTICATED;
import static org.danelaw.lab.realm.Ending.CLEAR;
import static org.danelaw.lab.realm.Ending.ENCRYPTED;
import static org.danelaw.lab.realm.Ending.INSECURE_MX;
import static org.danelaw.lab.realm.Ending.NO_TLSA;
import static org.danelaw.lab.realm.Ending.NO_USABLE_TLSA;
import static org.danelaw.lab.realm.Ending.WITHOUT_DNSSEC;
import static org.danelaw.lab.realm.Showing.NO_STARTTLS;
import static org.danelaw.lab.realm.Showing.SELF_SIGNED;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.serversThat;

import java.util.List;
import java.util.stream.Stream;
import org.danelaw.lab.world.Misconduct;

/// Domains without DANE, or with less than it takes, for reasons that are no fault: opportunistic DANE delivers,
/// mandatory
/// DANE waits.
final class FallbackDomains {
    private static final String WITHOUT_TLSA = """
            @  MX 10 mx
            mx A  {address}
            """;

    private static final String WITH_TLSA = WITHOUT_TLSA + "_25._tcp.mx TLSA 3 1 1 {leaf}\n";

    private FallbackDomains() {}

    static List<DomainPlan> all() {
        return Stream.of(withoutTlsa(), withoutDnssec(), withoutUsableRecords(), partly())
                .flatMap(List::stream)
                .toList();
    }

    private static List<DomainPlan> withoutTlsa() {
        return List.of(
                domain("no-tlsa.danelaw", "Signed, with STARTTLS, and a proof that there are no TLSA records.")
                        .zone(WITHOUT_TLSA)
                        .host("mx", SELF_SIGNED)
                        .rules("A9")
                        .ends(ENCRYPTED, NO_TLSA),
                domain("no-tlsa-no-starttls.danelaw", "Signed, and the host knows no STARTTLS: clear text, as ever.")
                        .zone(WITHOUT_TLSA)
                        .host("mx", NO_STARTTLS)
                        .rules("A9")
                        .ends(CLEAR, NO_TLSA),
                domain("no-tlsa.mercia", "The same proof with NSEC3.")
                        .zone(WITHOUT_TLSA, zone -> zone.nsec3(2, "ab"))
                        .host("mx", SELF_SIGNED)
                        .rules("A9")
                        .ends(ENCRYPTED, NO_TLSA),
                domain("tlsa-in-opt-out-span.danelaw", "The denial rests on an opt-out span: insecure, so no records.")
                        .zone(WITHOUT_TLSA, zone -> zone.optOut())
                        .host("mx", SELF_SIGNED)
                        .rules("A25", "A10")
                        .ends(ENCRYPTED, NO_TLSA),
                domain("too-many-iterations.danelaw", "NSEC3 with 500 iterations: a well signed denial, but insecure.")
                        .zone(WITHOUT_TLSA, zone -> zone.nsec3(500, ""))
                        .host("mx", SELF_SIGNED)
                        .rules("A18")
                        .ends(ENCRYPTED, NO_TLSA),
                domain(
                                "middle-alias.danelaw",
                                "TLSA records at a name in the middle of an alias chain are never looked at.")
                        .zone("""
                                @              MX    10 mx
                                mx             CNAME middle
                                middle         CNAME target
                                target         A     {address}
                                _25._tcp.middle TLSA 3 1 1 {another of target.middle-alias.danelaw.}
                                """)
                        .host("target", SELF_SIGNED)
                        .rules("B7")
                        .ends(ENCRYPTED, NO_TLSA));
    }

    private static List<DomainPlan> withoutDnssec() {
        return List.of(
                domain("unsigned.danelaw", "Not signed, as its parent proves; TLSA records there count for nothing.")
                        .zone(WITH_TLSA, zone -> zone.unsigned())
                        .host("mx", SELF_SIGNED)
                        .rules("A7")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("unsigned.wessex", "Not signed, in the opt-out span of its parent.")
                        .zone(WITHOUT_TLSA, zone -> zone.unsigned())
                        .host("mx", SELF_SIGNED)
                        .rules("A25")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("unsigned-hoster.frisia", "A whole top-level domain that is not signed.")
                        .zone("@ MX 10 mail\nmail A {address}\n", zone -> zone.unsigned())
                        .host("mail", SELF_SIGNED)
                        .rules("A7")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("unsigned-clear.frisia", "Neither DNSSEC nor STARTTLS.")
                        .zone(WITHOUT_TLSA, zone -> zone.unsigned())
                        .host("mx", NO_STARTTLS)
                        .ends(CLEAR, WITHOUT_DNSSEC),
                domain("island.danelaw", "Signed, but nobody vouches for its keys.")
                        .zone(WITH_TLSA, zone -> zone.island())
                        .host("mx", SELF_SIGNED)
                        .rules("A17")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("no-mx.frisia", "No MX, and no proof, for nothing is signed: the domain is its own host.")
                        .zone("@ A {address}\n", zone -> zone.unsigned())
                        .host("@", SELF_SIGNED)
                        .rules("A5")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("unknown-ds-algorithm.danelaw", "DS records of an algorithm that nobody knows: as if unsigned.")
                        .zone(WITH_TLSA, zone -> zone.but(ds().haveAnUnknownAlgorithm()))
                        .host("mx", SELF_SIGNED)
                        .rules("A17")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("unknown-ds-digest.danelaw", "DS records with a digest that nobody knows: as if unsigned.")
                        .zone(WITH_TLSA, zone -> zone.but(ds().haveAnUnknownDigest()))
                        .host("mx", SELF_SIGNED)
                        .rules("A17")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain("hosted-outside.danelaw", "Signed, at a host without DNSSEC whose servers choke on TLSA.")
                        .zone("@ MX 10 mail.choking-hoster.frisia.")
                        .zone(
                                "choking-hoster.frisia",
                                "mail A {address}",
                                zone -> zone.unsigned()
                                        .but(serversThat(Misconduct.forType("TLSA", Misconduct.servfail()))))
                        .hostNamed("mail.choking-hoster.frisia", SELF_SIGNED)
                        .rules("A7")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC));
    }

    private static List<DomainPlan> withoutUsableRecords() {
        return List.of(
                domain("all-unusable.danelaw", "Only a record of usage 1: STARTTLS is promised, and nothing else.")
                        .zone(WITH_TLSA.replace("3 1 1", "1 0 1"))
                        .host("mx", SELF_SIGNED)
                        .rules("C1", "C4")
                        .ends(ENCRYPTED, NO_USABLE_TLSA),
                domain("malformed-tlsa.danelaw", "A digest of the wrong length.")
                        .zone(WITHOUT_TLSA + "_25._tcp.mx TLSA 3 1 1 00112233")
                        .host("mx", SELF_SIGNED)
                        .rules("C2", "C4")
                        .ends(ENCRYPTED, NO_USABLE_TLSA),
                domain(
                                "unusable-at-target.danelaw",
                                "The alias's target has unusable records: the alias's are not used.")
                        .zone("""
                                @               MX    10 mx
                                mx              CNAME target
                                target          A     {address}
                                _25._tcp.mx     TLSA  3 1 1 {leaf of target.unusable-at-target.danelaw.}
                                _25._tcp.target TLSA  0 0 1 {leaf}
                                """)
                        .host("target", SELF_SIGNED)
                        .rules("B5")
                        .ends(ENCRYPTED, NO_USABLE_TLSA),
                domain("tlsa-alias-out.danelaw", "The TLSA records' name is an alias into a zone without DNSSEC.")
                        .zone(WITHOUT_TLSA + "_25._tcp.mx CNAME tlsa.tlsa-hoster.frisia.")
                        .zone(
                                "tlsa-hoster.frisia",
                                "tlsa TLSA 3 1 1 {leaf of mx.tlsa-alias-out.danelaw.}",
                                zone -> zone.unsigned())
                        .host("mx", SELF_SIGNED)
                        .rules("A10", "B8")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC));
    }

    private static List<DomainPlan> partly() {
        return List.of(
                domain(
                                "insecure-mx.frisia",
                                "The MX is insecure, the host in it secure and with matching TLSA records.")
                        .zone("@ MX 10 mail.hoster.danelaw.", zone -> zone.unsigned())
                        .rules("B14")
                        .ends(INSECURE_MX, WITHOUT_DNSSEC),
                domain(
                                "alias.unsigned-aliases.frisia",
                                "An insecure alias of a good domain: its MX counts as insecure.")
                        .zone("unsigned-aliases.frisia", "alias CNAME hoster.danelaw.", zone -> zone.unsigned())
                        .rules("B9")
                        .ends(INSECURE_MX, WITHOUT_DNSSEC),
                domain("mx-alias-in-frisia.danelaw", "The MX host's name is an alias in a zone without DNSSEC.")
                        .zone("@ MX 10 alias.host-aliases.frisia.")
                        .zone(
                                "host-aliases.frisia",
                                "alias CNAME mail.unsigned-hoster.frisia.",
                                zone -> zone.unsigned())
                        .rules("B6", "A19")
                        .ends(ENCRYPTED, WITHOUT_DNSSEC),
                domain(
                                "mixed-mx.danelaw",
                                "A host without TLSA records before one with them: mandatory DANE goes on to it.")
                        .zone("""
                                @            MX   10 mx1
                                @            MX   20 mx2
                                mx1          A    {address}
                                mx2          A    {address}
                                _25._tcp.mx2 TLSA 3 1 1 {leaf}
                                """)
                        .host("mx1", SELF_SIGNED)
                        .host("mx2", SELF_SIGNED)
                        .rules("B13", "B12")
                        .ends(ENCRYPTED, AUTHENTICATED));
    }
}
