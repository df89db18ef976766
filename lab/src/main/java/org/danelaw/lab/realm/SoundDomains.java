package org.danelaw.lab.realm;

import static org.danelaw.lab.realm.DomainPlan.domain;
import static org.danelaw.lab.realm.Ending.AUTHENTICATED;
import static org.danelaw.lab.realm.Showing.CHAIN;
import static org.danelaw.lab.realm.Showing.SELF_SIGNED;
import static org.danelaw.lab.realm.Showing.SELF_SIGNED_EXPIRED;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.keys;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signaturesOf;

import java.util.List;
import java.util.stream.Stream;
import org.danelaw.lab.world.Algorithm;
import org.danelaw.lab.world.Key;
import org.danelaw.lab.world.Misconduct;

/// Domains to which mail is delivered authenticated, under mandatory DANE too.
final class SoundDomains {
    private static final String ONE_HOST = """
            @           MX   10 mx
            mx          A    {address}
            _25._tcp.mx TLSA 3 1 1 {leaf}
            """;

    private SoundDomains() {}

    static List<DomainPlan> all() {
        return Stream.of(certificates(), hosts(), aliases(), zones(), algorithms())
                .flatMap(List::stream)
                .map(plan -> plan.ends(AUTHENTICATED))
                .toList();
    }

    private static List<DomainPlan> certificates() {
        return List.of(
                domain("dane-ee.danelaw", "A self-signed certificate whose key the 3 1 1 record names.")
                        .zone(ONE_HOST)
                        .host("mx", SELF_SIGNED)
                        .rules("D1", "B1", "B2"),
                domain("dane-ee-expired.danelaw", "DANE-EE looks at no date: an expired certificate will do.")
                        .zone(ONE_HOST)
                        .host("mx", SELF_SIGNED_EXPIRED)
                        .rules("D1"),
                domain("dane-ee-other-name.danelaw", "DANE-EE looks at no name: a stranger's will do.")
                        .zone(ONE_HOST)
                        .host("mx", SELF_SIGNED, "elsewhere.example")
                        .rules("D1"),
                domain("dane-ee-certificate.danelaw", "The whole certificate's SHA-512 digest, 3 0 2.")
                        .zone(ONE_HOST.replace("3 1 1", "3 0 2"))
                        .host("mx", SELF_SIGNED)
                        .rules("D1"),
                domain("dane-ee-full-key.danelaw", "The whole key, 3 1 0, in the record itself.")
                        .zone(ONE_HOST.replace("3 1 1", "3 1 0"))
                        .host("mx", SELF_SIGNED)
                        .rules("D1"),
                domain("rollover.danelaw", "The present key's record and the next one's, side by side.")
                        .zone(ONE_HOST + "_25._tcp.mx TLSA 3 1 1 {another}")
                        .host("mx", SELF_SIGNED)
                        .rules("C7"),
                domain("dane-ta.danelaw", "A certificate under a private root that stands in the chain.")
                        .zone(ONE_HOST.replace("3 1 1 {leaf}", "2 0 1 {root}"))
                        .host("mx", CHAIN)
                        .rules("D4", "D5"),
                domain("dane-ta-intermediate.danelaw", "The trust anchor is an intermediate: nothing above it matters.")
                        .zone(ONE_HOST.replace("3 1 1 {leaf}", "2 1 1 {intermediate}"))
                        .host("mx", CHAIN)
                        .rules("D6"),
                domain(
                                "dane-ta-by-domain.danelaw",
                                "The certificate bears the recipient domain's name, not the host's.")
                        .zone(ONE_HOST.replace("3 1 1 {leaf}", "2 0 1 {root}"))
                        .host("mx", CHAIN, "dane-ta-by-domain.danelaw")
                        .rules("D10"),
                domain("ee-or-ta.danelaw", "The DANE-EE record fits nothing; the DANE-TA record does.")
                        .zone(ONE_HOST.replace("{leaf}", "{another}") + "_25._tcp.mx TLSA 2 0 1 {root}")
                        .host("mx", CHAIN)
                        .rules("D3"),
                domain("some-unusable.danelaw", "Records of usage 1 are unusable; the usable one beside them counts.")
                        .zone(ONE_HOST + "_25._tcp.mx TLSA 1 1 1 {another}")
                        .host("mx", SELF_SIGNED)
                        .rules("C1", "C2"),
                domain("unknown-digest.danelaw", "A matching type nobody knows beside SHA-256: SHA-256 is used.")
                        .zone(ONE_HOST + "_25._tcp.mx TLSA 3 1 7 00ff00ff")
                        .host("mx", SELF_SIGNED)
                        .rules("C6"));
    }

    private static List<DomainPlan> hosts() {
        return List.of(
                domain(
                                "second-mx-proves-itself.danelaw",
                                "The first host's certificate does not match, the second's does.")
                        .zone("""
                                @            MX   10 mx1
                                @            MX   20 mx2
                                mx1          A    {address}
                                mx2          A    {address}
                                _25._tcp.mx1 TLSA 3 1 1 {another}
                                _25._tcp.mx2 TLSA 3 1 1 {leaf}
                                """)
                        .host("mx1", SELF_SIGNED)
                        .host("mx2", SELF_SIGNED)
                        .rules("D14"),
                domain("first-mx-unresolvable.danelaw", "The first host's addresses are bogus: it is skipped.")
                        .zone("""
                                @            MX   10 mx1
                                @            MX   20 mx2
                                mx1          A    {dead}
                                mx2          A    {address}
                                _25._tcp.mx2 TLSA 3 1 1 {leaf}
                                """, zone -> zone.but(signaturesOf("mx1", "A").areExpired()))
                        .host("mx2", SELF_SIGNED)
                        .rules("A6"),
                domain("first-mx-without-address.danelaw", "The first host has no address at all: the second takes it.")
                        .zone(ONE_HOST + "@ MX 5 nowhere")
                        .host("mx", SELF_SIGNED)
                        .rules("A30"),
                domain("one-address-dead.danelaw", "Nobody listens at the host's first address.")
                        .zone("mx A {dead}\n" + ONE_HOST)
                        .host("mx", SELF_SIGNED)
                        .rules("D14"),
                domain("no-mx.danelaw", "No MX, and a proof of that: the domain is its own mail host.")
                        .zone("""
                                @        A    {address}
                                _25._tcp TLSA 3 1 1 {leaf}
                                """)
                        .host("@", SELF_SIGNED)
                        .rules("A4"),
                domain("ipv6-only.danelaw", "The host has an IPv6 address only.")
                        .zone(ONE_HOST.replace("A    {address}", "AAAA ::1"))
                        .host("mx", SELF_SIGNED)
                        .rules("A14"),
                domain("aaaa-broken.danelaw", "The AAAA record is bogus, the A record secure: IPv4 it is.")
                        .zone(
                                ONE_HOST + "mx AAAA 2001:db8::1",
                                zone -> zone.but(signaturesOf("mx", "AAAA").areExpired()))
                        .host("mx", SELF_SIGNED)
                        .rules("A14"),
                domain("hoster.danelaw", "A mail hoster, well kept; other domains point to it.")
                        .zone("""
                                @             MX   10 mail
                                mail          A    {address}
                                _25._tcp.mail TLSA 3 1 1 {leaf}
                                """)
                        .host("mail", SELF_SIGNED)
                        .rules("B1"),
                domain("hosted.mercia", "The mail host is in another zone; its TLSA records count, not the domain's.")
                        .zone("@ MX 10 mail.hoster.danelaw.")
                        .rules("B1"),
                domain("xn--jrvk-xpa7a.danelaw", "A host with a name beyond ASCII, looked up as A-label.")
                        .zone(ONE_HOST.replace("mx", "xn--kirkjugarr-q9a"))
                        .host("xn--kirkjugarr-q9a", SELF_SIGNED)
                        .rules("B16"));
    }

    private static List<DomainPlan> aliases() {
        return List.of(
                domain("mx-alias.danelaw", "The MX host is an alias; the TLSA records are those of its target.")
                        .zone("""
                                @               MX    10 mx
                                mx              CNAME target
                                target          A     {address}
                                _25._tcp.target TLSA  3 1 1 {leaf}
                                """)
                        .host("target", SELF_SIGNED)
                        .rules("B3", "D12"),
                domain("mx-alias-original.danelaw", "The alias's target has no TLSA records; the alias itself has.")
                        .zone("""
                                @           MX    10 mx
                                mx          CNAME target
                                target      A     {address}
                                _25._tcp.mx TLSA  3 1 1 {leaf of target.mx-alias-original.danelaw.}
                                """)
                        .host("target", SELF_SIGNED)
                        .rules("B3"),
                domain(
                                "mx-alias-out.danelaw",
                                "A secure alias to addresses without DNSSEC: the alias's own records count.")
                        .zone("""
                                @           MX    10 mx
                                mx          CNAME mail.unsigned-hoster.frisia.
                                _25._tcp.mx TLSA  3 1 1 {leaf of mail.unsigned-hoster.frisia.}
                                """)
                        .rules("B6"),
                domain("tlsa-alias.danelaw", "The TLSA records' own name is an alias.")
                        .zone("""
                                @           MX    10 mx
                                mx          A     {address}
                                _25._tcp.mx CNAME shared.tlsa
                                shared.tlsa TLSA  3 1 1 {leaf of mx.tlsa-alias.danelaw.}
                                """)
                        .host("mx", SELF_SIGNED)
                        .rules("B8"),
                domain("tlsa-dname.danelaw", "A DNAME above the TLSA records leads them elsewhere.")
                        .zone("""
                                @           MX    10 mx
                                mx          A     {address}
                                _tcp.mx     DNAME _tcp.other
                                _25._tcp.other TLSA 3 1 1 {leaf of mx.tlsa-dname.danelaw.}
                                """)
                        .host("mx", SELF_SIGNED)
                        .rules("A19", "B8"),
                domain("alias.aliases.danelaw", "The domain itself is an alias, securely, of one with MX records.")
                        .zone("aliases.danelaw", "alias CNAME hoster.danelaw.", zone -> zone)
                        .rules("B9"),
                domain("tlsa-wildcard.danelaw", "A wildcard stands for the TLSA records, with its proof.")
                        .zone("""
                                @       MX   10 mx
                                mx      A    {address}
                                *._tcp.mx TLSA 3 1 1 {leaf of mx.tlsa-wildcard.danelaw.}
                                """)
                        .host("mx", SELF_SIGNED)
                        .rules("A20"),
                domain("branch.mx-wildcard.danelaw", "A wildcard stands for the domain's MX records, with its proof.")
                        .zone("mx-wildcard.danelaw", ONE_HOST.replace("@ ", "* "), zone -> zone)
                        .host("mx", SELF_SIGNED)
                        .rules("A20", "A29"));
    }

    private static List<DomainPlan> zones() {
        return List.of(
                domain("opt-out.wessex", "An NSEC3 zone with opt-out below another: what is there is secure.")
                        .zone(ONE_HOST, zone -> zone.optOut())
                        .host("mx", SELF_SIGNED)
                        .rules("A25"),
                domain("one-key.danelaw", "One key signs everything.")
                        .zone(ONE_HOST, zone -> zone.keys(Key.csk(Algorithm.ECDSAP256SHA256)))
                        .host("mx", SELF_SIGNED)
                        .rules("A27"),
                domain("no-sep-flag.danelaw", "Keys without the SEP flag are as good as others.")
                        .zone(ONE_HOST, zone -> zone.but(keys().lackTheSepFlag()))
                        .host("mx", SELF_SIGNED)
                        .rules("A27"),
                domain("key-tags-collide.danelaw", "Another key has the same tag: both are tried.")
                        .zone(
                                ONE_HOST,
                                zone -> zone.signedWith(Algorithm.ED25519).but(keys().collideInTag()))
                        .host("mx", SELF_SIGNED)
                        .rules("A18"),
                domain("one-corrupt-signature.danelaw", "A corrupt signature beside a good one.")
                        .zone(ONE_HOST, zone -> zone.but(signaturesOf("mx", "A").comeAfterCorruptOnes(1)))
                        .host("mx", SELF_SIGNED)
                        .rules("A18"),
                domain("old-ds-digest-wrong.danelaw", "The SHA-1 DS record fits nothing, the SHA-256 one does.")
                        .zone(ONE_HOST, zone -> zone.digests(1, 2).but(ds().ofDigestAreOfAnotherKey(1)))
                        .host("mx", SELF_SIGNED)
                        .rules("A26"),
                domain("stale-ds.danelaw", "The DS record of a key that is gone stands beside a good one.")
                        .zone(ONE_HOST, zone -> zone.digests(4).but(ds().comeWithOnesOfAnotherKey()))
                        .host("mx", SELF_SIGNED)
                        .rules("A26"),
                domain("large-answers.danelaw", "MX records only come whole over TCP.")
                        .zone(ONE_HOST, zone -> zone.but(serversThat(Misconduct.truncateOverUdp())))
                        .host("mx", SELF_SIGNED)
                        .rules("A15"));
    }

    private static List<DomainPlan> algorithms() {
        return Stream.of(Algorithm.values())
                .filter(algorithm -> algorithm != Algorithm.ECDSAP256SHA256)
                .map(algorithm -> domain(
                                "algorithm-" + algorithm.number() + ".danelaw", "A zone signed with " + algorithm + ".")
                        .zone(ONE_HOST, zone -> zone.signedWith(algorithm))
                        .host("mx", SELF_SIGNED)
                        .rules("A17"))
                .toList();
    }
}
