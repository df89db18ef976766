package org.danelaw.lab.realm;

import static org.danelaw.lab.realm.DomainPlan.domain;
import static org.danelaw.lab.realm.Ending.DOMAIN_LOOKUP_ERROR;
import static org.danelaw.lab.realm.Ending.HOST_LOOKUP_ERROR;
import static org.danelaw.lab.realm.Ending.TLSA_LOOKUP_ERROR;
import static org.danelaw.lab.realm.Showing.SELF_SIGNED;
import static org.danelaw.lab.world.Damage.allSignaturesAndKeysAreGone;
import static org.danelaw.lab.world.Damage.denial;
import static org.danelaw.lab.world.Damage.denialOf;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.keys;
import static org.danelaw.lab.world.Damage.recordsOf;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signatures;
import static org.danelaw.lab.world.Damage.signaturesOf;
import static org.danelaw.lab.world.Misconduct.areSlow;
import static org.danelaw.lab.world.Misconduct.doNotImplement;
import static org.danelaw.lab.world.Misconduct.forType;
import static org.danelaw.lab.world.Misconduct.refuse;
import static org.danelaw.lab.world.Misconduct.servfail;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.danelaw.lab.world.Algorithm;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Damage;

/// Domains at which a look-up fails or proves nothing: mail waits, and is not sent anywhere meanwhile.
final class BrokenDomains {
    private static final String ONE_HOST = """
            @           MX   10 mx
            mx          A    {address}
            _25._tcp.mx TLSA 3 1 1 {leaf}
            """;

    private static final String WITHOUT_TLSA = """
            @  MX 10 mx
            mx A  {address}
            """;

    /// Longer than any resolver waits.
    private static final Duration TOO_LATE = Duration.ofMinutes(2);

    /// Signatures of one set, all corrupt: more than a validator should try.
    private static final int TRAP_SIGNATURES = 30;

    private static final int TRAP_KEYS = 8;
    private static final int TOO_MANY_ALIASES = 14;

    private BrokenDomains() {}

    static List<DomainPlan> all() {
        return Stream.of(brokenDomains(), brokenMx(), brokenHosts(), brokenTlsa(), brokenTlsaDenials())
                .flatMap(List::stream)
                .toList();
    }

    private static DomainPlan broken(String name, String says, Damage damage) {
        return domain(name, says)
                .zone(ONE_HOST, zone -> zone.but(damage))
                .host("mx", SELF_SIGNED)
                .ends(DOMAIN_LOOKUP_ERROR);
    }

    private static List<DomainPlan> brokenDomains() {
        return List.of(
                broken(
                                "expired.danelaw",
                                "All signatures ran out a month ago.",
                                signatures().areExpired())
                        .rules("A1", "A23"),
                broken(
                                "not-yet-valid.danelaw",
                                "All signatures begin next month.",
                                signatures().areNotYetValid())
                        .rules("A1", "A23"),
                broken(
                                "stripped.danelaw",
                                "The parent has DS records, and no answer has a signature.",
                                signatures().areStripped())
                        .rules("A12"),
                broken(
                                "went-unsigned.danelaw",
                                "The zone went back to unsigned, its DS records stayed.",
                                allSignaturesAndKeysAreGone())
                        .rules("A12"),
                broken("wrong-ds.danelaw", "The DS records are those of another key.", ds().areOfAnotherKey())
                        .rules("A27"),
                broken(
                                "wrong-signer-of-keys.danelaw",
                                "The keys are signed by one that no DS record vouches for.",
                                keys().areSignedByTheWrongOnes())
                        .rules("A27"),
                broken("keys-revoked.danelaw", "All keys are revoked.", keys().areRevoked())
                        .rules("A27"),
                broken("no-zone-keys.danelaw", "The keys lack the Zone Key flag.", keys().areNoZoneKeys())
                        .rules("A27"));
    }

    private static List<DomainPlan> brokenMx() {
        var mx = signaturesOf("@", "MX");
        return List.of(
                broken("mx-corrupted.danelaw", "The MX record's signature is corrupt.", mx.areCorrupted())
                        .rules("A1"),
                broken(
                                "mx-forged.danelaw",
                                "The MX record is another than the one that was signed.",
                                recordsOf("@", "MX").areReplacedBy("@ MX 10 evil.frisia."))
                        .rules("A1", "A13"),
                broken(
                                "mx-foreign-signer.danelaw",
                                "A signature that names another zone as signer.",
                                mx.nameAsSigner("evil.frisia"))
                        .rules("A1"),
                broken(
                                "mx-by-another-key.danelaw",
                                "Signed by a key that is not in the zone.",
                                mx.areMadeByAnotherKey())
                        .rules("A1"),
                broken("mx-labels.danelaw", "A signature that counts more labels than the name has.", mx.countLabels(5))
                        .rules("A1"),
                broken("mx-ttl.danelaw", "A signature whose original TTL was changed.", mx.areChangedToOriginalTtl(60))
                        .rules("A1"),
                broken("mx-servfail.danelaw", "The servers fail at MX.", serversThat(forType("MX", servfail())))
                        .rules("A1"),
                broken(
                                "mx-slow.danelaw",
                                "The servers take minutes for MX.",
                                serversThat(forType("MX", areSlow(TOO_LATE))))
                        .rules("A1"),
                domain("key-trap.danelaw", "Many signatures by many keys of one tag: work without end, and no result.")
                        .zone(
                                ONE_HOST,
                                zone -> zone.signedWith(Algorithm.RSASHA256)
                                        .but(
                                                keys().collideInTag(TRAP_KEYS),
                                                mx.areReplacedByCorruptOnes(TRAP_SIGNATURES)))
                        .host("mx", SELF_SIGNED)
                        .rules("A18")
                        .ends(DOMAIN_LOOKUP_ERROR),
                domain("no-mx-no-proof.danelaw", "The servers say that there is no MX, and prove nothing.")
                        .zone("@ A {address}\n", zone -> zone.but(denialOf("@").isMissing()))
                        .host("@", SELF_SIGNED)
                        .rules("A4")
                        .ends(DOMAIN_LOOKUP_ERROR),
                domain("nx.no-proof.danelaw", "The servers say that there is no such name, and prove nothing.")
                        .zone("no-proof.danelaw", "unused A {dead}", zone -> zone.but(denial().isMissing()))
                        .rules("A2")
                        .ends(DOMAIN_LOOKUP_ERROR),
                domain(
                                "branch.mx-wildcard-unproven.danelaw",
                                "A wildcard answers; that nothing is nearer is not proved.")
                        .zone(
                                "mx-wildcard-unproven.danelaw",
                                ONE_HOST.replace("@ ", "* "),
                                zone -> zone.but(denialOf("branch").isMissing()))
                        .host("mx", SELF_SIGNED)
                        .rules("A20")
                        .ends(DOMAIN_LOOKUP_ERROR));
    }

    private static List<DomainPlan> brokenHosts() {
        return List.of(
                domain("host-expired.danelaw", "The host's A record is bogus.")
                        .zone(ONE_HOST, zone -> zone.but(signaturesOf("mx", "A").areExpired()))
                        .host("mx", SELF_SIGNED)
                        .rules("A6")
                        .ends(HOST_LOOKUP_ERROR),
                domain("host-servfail.danelaw", "The servers fail at A.")
                        .zone(ONE_HOST, zone -> zone.but(serversThat(forType("A", servfail()))))
                        .host("mx", SELF_SIGNED)
                        .rules("A6")
                        .ends(HOST_LOOKUP_ERROR),
                domain("alias-loop.danelaw", "The MX host is an alias of an alias of itself.")
                        .zone("@ MX 10 mx\nmx CNAME back\nback CNAME mx\n")
                        .rules("A21")
                        .ends(HOST_LOOKUP_ERROR),
                domain("alias-chain.danelaw", "Fourteen aliases, one after the other: too many.")
                        .zone("@ MX 10 mx1\n" + aliases() + "mx" + TOO_MANY_ALIASES + " A {address}\n")
                        .host("mx" + TOO_MANY_ALIASES, SELF_SIGNED)
                        .rules("A21")
                        .ends(HOST_LOOKUP_ERROR));
    }

    private static String aliases() {
        return IntStream.range(1, TOO_MANY_ALIASES)
                .mapToObj(number -> "mx" + number + " CNAME mx" + (number + 1) + "\n")
                .collect(Collectors.joining());
    }

    private static DomainPlan tlsaServers(String name, String says, Conduct conduct) {
        return domain(name, says)
                .zone(ONE_HOST, zone -> zone.but(serversThat(forType("TLSA", conduct))))
                .host("mx", SELF_SIGNED)
                .rules("A8")
                .ends(TLSA_LOOKUP_ERROR);
    }

    private static List<DomainPlan> brokenTlsa() {
        return List.of(
                tlsaServers("tlsa-servfail.danelaw", "The servers fail at TLSA.", servfail()),
                tlsaServers("tlsa-refused.danelaw", "The servers refuse TLSA.", refuse()),
                tlsaServers("tlsa-notimp.danelaw", "The servers do not implement TLSA.", doNotImplement()),
                tlsaServers("tlsa-slow.danelaw", "The servers take minutes for TLSA.", areSlow(TOO_LATE)),
                domain("tlsa-expired.danelaw", "The TLSA record's signature ran out.")
                        .changedZone(
                                ONE_HOST,
                                (zone, tlsaOf) -> zone.but(
                                        signaturesOf(tlsaOf.of("mx"), "TLSA").areExpired()))
                        .host("mx", SELF_SIGNED)
                        .rules("A8")
                        .ends(TLSA_LOOKUP_ERROR),
                domain(
                                "tlsa-error-at-target.danelaw",
                                "The alias's target fails at TLSA; the alias's own are not used.")
                        .zone("""
                                @           MX    10 mx
                                mx          CNAME target.failing-hoster.danelaw.
                                _25._tcp.mx TLSA  3 1 1 {leaf of target.failing-hoster.danelaw.}
                                """)
                        .rules("B4")
                        .ends(TLSA_LOOKUP_ERROR),
                domain("failing-hoster.danelaw", "A hoster whose servers fail at TLSA.")
                        .zone(
                                ONE_HOST.replace("mx", "target"),
                                zone -> zone.but(serversThat(forType("TLSA", servfail()))))
                        .host("target", SELF_SIGNED)
                        .rules("A8")
                        .ends(TLSA_LOOKUP_ERROR));
    }

    private static List<DomainPlan> brokenTlsaDenials() {
        return List.of(
                domain(
                                "tlsa-denial-missing.danelaw",
                                "The servers say that there are no TLSA records, and prove nothing.")
                        .zone(WITHOUT_TLSA, zone -> zone.but(denialOf("_tcp.mx").isMissing()))
                        .host("mx", SELF_SIGNED)
                        .rules("A11")
                        .ends(TLSA_LOOKUP_ERROR),
                domain(
                                "tlsa-withheld.danelaw",
                                "The servers deny TLSA records; their own denial says that there are some.")
                        .changedZone(
                                ONE_HOST,
                                (zone, tlsaOf) -> zone.but(
                                        recordsOf(tlsaOf.of("mx"), "TLSA").areGone()))
                        .host("mx", SELF_SIGNED)
                        .rules("A11")
                        .ends(TLSA_LOOKUP_ERROR),
                domain("tlsa-iterations-forged.danelaw", "NSEC3 records whose iterations were changed to 500.")
                        .zone(WITHOUT_TLSA, zone -> zone.nsec3().but(denial().isChangedToIterations(500)))
                        .host("mx", SELF_SIGNED)
                        .rules("A18")
                        .ends(TLSA_LOOKUP_ERROR));
    }
}
