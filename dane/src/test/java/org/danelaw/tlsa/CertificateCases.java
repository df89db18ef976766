package org.danelaw.tlsa;

import static org.danelaw.tlsa.CertificateCase.admitted;
import static org.danelaw.tlsa.CertificateCase.denied;
import static org.danelaw.tlsa.CertificateCase.pinned;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.KeyKind;

/// What servers present, as a table: sound, old, odd, broken and hostile.
public final class CertificateCases {
    /// An instant at which what is sound is valid, as today is.
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final String HOST = "mx.example.com";
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private static final Certified ROOT = root().make();
    private static final Certified ISSUER =
            CertificateMaker.authority("Lab Issuing").by(ROOT).make();
    private static final Certified OTHER_ROOT =
            CertificateMaker.authority("Other Root").make();
    private static final Certified LEAF = leaf().make();
    private static final Certified OTHER_LEAF =
            CertificateMaker.host(HOST).by(OTHER_ROOT).make();

    private static final List<CertificateCase> ALL = Stream.of(
                    endEntities(),
                    oddEndEntities(),
                    oddChains(),
                    mismatches(),
                    agility(),
                    authorities(),
                    brokenPaths(),
                    limits(),
                    usages(),
                    names(),
                    hostile())
            .flatMap(List::stream)
            .toList();

    private CertificateCases() {}

    public static List<CertificateCase> all() {
        return ALL;
    }

    public static CertificateCase named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static CertificateMaker root() {
        return CertificateMaker.authority("Lab Root");
    }

    private static CertificateMaker leaf() {
        return CertificateMaker.host(HOST).by(ISSUER);
    }

    private static CertificateMaker selfSigned() {
        return CertificateMaker.host(HOST);
    }

    private static List<CertificateCase> endEntities() {
        var id = Identity.of(LEAF, ISSUER);
        return List.of(
                admitted("sound, 3 1 1", 0, id, LEAF.tlsa(3, 1, 1)),
                admitted("sound, 3 1 2", 0, id, LEAF.tlsa(3, 1, 2)),
                admitted("sound, 3 1 0", 0, id, LEAF.tlsa(3, 1, 0)),
                admitted("sound, 3 0 1", 0, id, LEAF.tlsa(3, 0, 1)),
                admitted("sound, 3 0 2", 0, id, LEAF.tlsa(3, 0, 2)),
                admitted("sound, 3 0 0", 0, id, LEAF.tlsa(3, 0, 0)),
                pinned("self-signed", selfSigned().make()),
                pinned("expired", leaf().expired().make(), ISSUER),
                pinned("not yet valid", leaf().notYetValid().make(), ISSUER),
                pinned(
                        "for another name",
                        CertificateMaker.host("other.example.net").make()),
                pinned(
                        "self-signed, expired, for another name",
                        CertificateMaker.host("x.example").expired().make()),
                pinned("signature broken", leaf().make().tampered(), ISSUER),
                pinned("issuer not presented", LEAF));
    }

    private static List<CertificateCase> oddEndEntities() {
        var cases = new ArrayList<CertificateCase>();
        for (var kind : KeyKind.values()) {
            cases.add(pinned("key " + kind, selfSigned().keys(kind.known()).make()));
        }
        var rsa = selfSigned().keys(KeyKind.RSA_2048.known());
        cases.add(pinned("SHA-1 signature, RSA", rsa.digest("SHA1").make()));
        cases.add(pinned("MD5 signature, RSA", rsa.digest("MD5").make()));
        cases.add(pinned("SHA-1 signature, ECDSA", selfSigned().digest("SHA1").make()));
        cases.add(pinned("X.509 version 1", selfSigned().versionOne().make()));
        cases.add(pinned("no extensions at all", CertificateMaker.bare(HOST).make()));
        cases.add(pinned(
                "explicit EC parameters", selfSigned().explicitParameters().make()));
        cases.add(pinned(
                "explicit EC parameters, P-384",
                selfSigned().key(KeyKind.P384).explicitParameters().make()));
        cases.add(pinned("issuer empty", selfSigned().issuerName("").make()));
        cases.add(pinned(
                "subject empty, subjectAltName not critical", leaf().subject("").make(), ISSUER));
        cases.add(pinned(
                "subject empty, no name at all",
                leaf().subject("").withoutDnsNames().make(),
                ISSUER));
        cases.add(pinned(
                "subject and issuer empty",
                selfSigned().subject("").withoutDnsNames().make()));
        cases.add(pinned(
                "version 1, subject empty", leaf().subject("").versionOne().make(), ISSUER));
        cases.add(pinned(
                "keyUsage without digitalSignature",
                selfSigned().keyUsage(KeyUsage.keyEncipherment).make()));
        cases.add(pinned(
                "keyUsage cRLSign alone",
                selfSigned().keyUsage(KeyUsage.cRLSign).make()));
        cases.add(pinned("no keyUsage", selfSigned().withoutKeyUsage().make()));
        cases.add(pinned(
                "for clients only",
                selfSigned().extendedKeyUsage(KeyPurposeId.id_kp_clientAuth).make()));
        cases.add(pinned(
                "an authority itself",
                selfSigned().basicConstraints(new BasicConstraints(true)).make()));
        cases.add(pinned(
                "unknown critical extension",
                selfSigned().with(UNKNOWN, true, new DERUTF8String("x")).make()));
        cases.add(pinned(
                "subjectAltName that cannot be read",
                selfSigned()
                        .with(Extension.subjectAlternativeName, false, new DERUTF8String("x"))
                        .make()));
        cases.add(pinned(
                "keyUsage that cannot be read",
                selfSigned()
                        .with(Extension.keyUsage, true, new DERUTF8String("x"))
                        .make()));
        cases.add(pinned(
                "basicConstraints that cannot be read",
                selfSigned()
                        .with(Extension.basicConstraints, true, new DERUTF8String("x"))
                        .make()));
        cases.add(pinned(
                "valid up to the year 9999",
                selfSigned()
                        .valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"))
                        .make()));
        cases.add(pinned(
                "valid from the year 1950, never after",
                selfSigned()
                        .valid(Instant.parse("1950-01-01T00:00:00Z"), Instant.parse("1950-01-01T00:00:00Z"))
                        .make()));
        cases.add(pinned(
                "very long: 20 KB",
                selfSigned()
                        .with(UNKNOWN, false, new DEROctetString(new byte[20_000]))
                        .make()));
        cases.add(pinned(
                "very long: 1,000 names", CertificateMaker.host(names(1_000)).make()));
        return cases;
    }

    private static String[] names(int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> "mx" + i + ".example.com")
                .toArray(String[]::new);
    }

    private static List<CertificateCase> oddChains() {
        var alone = Identity.of(LEAF);
        var tuple = LEAF.tlsa(3, 1, 1);
        var truncated = Arrays.copyOf(ISSUER.der(), ISSUER.der().length / 2);
        var pem = "-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.US_ASCII);
        return List.of(
                admitted("second certificate garbage", 0, alone.followedBy(new byte[] {1, 2, 3, 4}), tuple),
                admitted("second certificate truncated", 0, alone.followedBy(truncated), tuple),
                admitted("second certificate in PEM", 0, alone.followedBy(pem), tuple),
                admitted("second certificate of one octet", 0, alone.followedBy(new byte[1]), tuple),
                admitted(
                        "garbage between certificates",
                        0,
                        alone.followedBy(ISSUER.der(), new byte[9], ROOT.der()),
                        tuple),
                admitted(
                        "second certificate with explicit EC parameters",
                        0,
                        alone.followedBy(root().explicitParameters().make().der()),
                        tuple),
                admitted("own certificate twice", 0, alone.followedBy(LEAF.der()), tuple),
                admitted("out of order", 0, Identity.of(LEAF, ROOT, ISSUER), tuple),
                admitted("strangers behind it", 0, Identity.of(LEAF, OTHER_ROOT, OTHER_LEAF), tuple),
                admitted("12 certificates", 0, many(11), tuple),
                admitted("40 certificates", 0, many(39), tuple),
                admitted(
                        "80 KB of certificates",
                        0,
                        alone.followedBy(big(20_000), big(20_001), big(20_002), big(20_003)),
                        tuple),
                admitted("180 KB of certificates", 0, alone.followedBy(big(60_000), big(60_001), big(60_002)), tuple));
    }

    private static Identity many(int others) {
        return Identity.of(LEAF)
                .followedBy(Collections.nCopies(others, ISSUER.der()).toArray(byte[][]::new));
    }

    private static byte[] big(int octets) {
        return root().with(UNKNOWN, false, new DEROctetString(new byte[octets]))
                .make()
                .der();
    }

    private static List<CertificateCase> mismatches() {
        var id = Identity.of(LEAF, ISSUER);
        return List.of(
                denied("another key, 3 1 1", id, OTHER_LEAF.tlsa(3, 1, 1)),
                denied("another certificate, 3 0 1", id, OTHER_LEAF.tlsa(3, 0, 1)),
                denied("another certificate, 3 0 0", id, OTHER_LEAF.tlsa(3, 0, 0)),
                denied("DANE-EE names the issuer", id, ISSUER.tlsa(3, 1, 1)),
                denied(
                        "renewed with the same key, 3 0 1",
                        id,
                        leaf().keys(LEAF.keys()).make().tlsa(3, 0, 1)),
                admitted(
                        "renewed with the same key, 3 1 1",
                        0,
                        Identity.of(leaf().keys(LEAF.keys()).make(), ISSUER),
                        LEAF.tlsa(3, 1, 1)),
                denied(
                        "pinned certificate is only appended",
                        Identity.of(OTHER_LEAF, LEAF, ISSUER),
                        LEAF.tlsa(3, 1, 1)),
                admitted("one of several keys", 0, id, OTHER_LEAF.tlsa(3, 1, 1), LEAF.tlsa(3, 1, 1)));
    }

    private static List<CertificateCase> agility() {
        var id = Identity.of(LEAF, ISSUER, ROOT);
        return List.of(
                denied("3 1 2 wrong outdoes 3 1 1 right", id, OTHER_LEAF.tlsa(3, 1, 2), LEAF.tlsa(3, 1, 1)),
                admitted("3 1 2 right, 3 1 1 wrong", 0, id, LEAF.tlsa(3, 1, 2), OTHER_LEAF.tlsa(3, 1, 1)),
                admitted("3 0 2 wrong leaves 3 1 1", 0, id, OTHER_LEAF.tlsa(3, 0, 2), LEAF.tlsa(3, 1, 1)),
                admitted("2 1 2 wrong leaves 3 1 1", 0, id, OTHER_ROOT.tlsa(2, 1, 2), LEAF.tlsa(3, 1, 1)),
                admitted("3 1 2 wrong leaves 3 1 0", 0, id, OTHER_LEAF.tlsa(3, 1, 2), LEAF.tlsa(3, 1, 0)),
                denied("2 1 2 wrong outdoes 2 1 1 right", id, OTHER_ROOT.tlsa(2, 1, 2), ROOT.tlsa(2, 1, 1)),
                admitted("EE wrong, TA right", 2, id, OTHER_LEAF.tlsa(3, 1, 1), ROOT.tlsa(2, 1, 1)),
                admitted("TA wrong, EE right", 0, id, OTHER_ROOT.tlsa(2, 1, 1), LEAF.tlsa(3, 1, 1)));
    }

    private static List<CertificateCase> authorities() {
        var whole = Identity.of(LEAF, ISSUER, ROOT);
        var withoutRoot = Identity.of(LEAF, ISSUER);
        var twin = root().keys(ROOT.keys()).by(OTHER_ROOT).make();
        var direct = CertificateMaker.host(HOST).by(ROOT).make();
        return List.of(
                admitted("TA presented, 2 0 1", 2, whole, ROOT.tlsa(2, 0, 1)),
                admitted("TA presented, 2 1 1", 2, whole, ROOT.tlsa(2, 1, 1)),
                admitted("TA presented, 2 0 2", 2, whole, ROOT.tlsa(2, 0, 2)),
                admitted("TA presented, 2 1 2", 2, whole, ROOT.tlsa(2, 1, 2)),
                admitted("TA presented, 2 0 0", 2, whole, ROOT.tlsa(2, 0, 0)),
                admitted("TA presented, 2 1 0", 2, whole, ROOT.tlsa(2, 1, 0)),
                admitted("TA not presented, 2 0 0", 2, withoutRoot, ROOT.tlsa(2, 0, 0)),
                admitted("TA not presented, 2 1 0", 2, withoutRoot, ROOT.tlsa(2, 1, 0)),
                denied("TA not presented, 2 0 1", withoutRoot, ROOT.tlsa(2, 0, 1)),
                denied("TA not presented, 2 1 1", withoutRoot, ROOT.tlsa(2, 1, 1)),
                denied("another TA, 2 0 0", withoutRoot, OTHER_ROOT.tlsa(2, 0, 0)),
                denied("another TA, 2 1 0", withoutRoot, OTHER_ROOT.tlsa(2, 1, 0)),
                admitted("TA is the issuer alone, 2 1 1", 1, withoutRoot, ISSUER.tlsa(2, 1, 1)),
                admitted("TA is the issuer alone, 2 0 1", 1, withoutRoot, ISSUER.tlsa(2, 0, 1)),
                admitted("TA is the issuer, root above it", 1, whole, ISSUER.tlsa(2, 1, 1)),
                admitted("TA is the issuer, not presented, 2 0 0", 1, Identity.of(LEAF), ISSUER.tlsa(2, 0, 0)),
                admitted("TA is the issuer, not presented, 2 1 0", 1, Identity.of(LEAF), ISSUER.tlsa(2, 1, 0)),
                admitted("TA right above the server's", 1, Identity.of(direct, ROOT), ROOT.tlsa(2, 1, 1)),
                admitted(
                        "cross-signed twin of the TA presented, 2 0 0",
                        2,
                        Identity.of(LEAF, ISSUER, twin),
                        ROOT.tlsa(2, 0, 0)),
                admitted(
                        "cross-signed twin of the TA presented, 2 1 1",
                        2,
                        Identity.of(LEAF, ISSUER, twin),
                        ROOT.tlsa(2, 1, 1)),
                denied(
                        "cross-signed twin of the TA presented, 2 0 1",
                        Identity.of(LEAF, ISSUER, twin),
                        ROOT.tlsa(2, 0, 1)),
                admitted(
                        "expired cross-sign above the TA",
                        2,
                        Identity.of(
                                LEAF,
                                ISSUER,
                                root().keys(ROOT.keys()).by(OTHER_ROOT).make(),
                                expiredOther()),
                        ROOT.tlsa(2, 1, 1)),
                admitted("TA, out of order", 2, Identity.of(LEAF, ROOT, ISSUER), ROOT.tlsa(2, 1, 1)),
                admitted("TA, each twice", 2, Identity.of(LEAF, ISSUER, ISSUER, ROOT, ROOT), ROOT.tlsa(2, 1, 1)),
                admitted(
                        "TA, strangers among them",
                        2,
                        Identity.of(LEAF, OTHER_ROOT, ISSUER, OTHER_LEAF, ROOT),
                        ROOT.tlsa(2, 1, 1)),
                admitted("TA, garbage behind", 2, whole.followedBy(new byte[] {1, 2, 3}), ROOT.tlsa(2, 1, 1)),
                keyKind("RSA", KeyKind.RSA_2048),
                keyKind("P-384", KeyKind.P384),
                keyKind("P-521", KeyKind.P521),
                keyKind("Ed25519", KeyKind.ED25519),
                keyKind("Ed448", KeyKind.ED448));
    }

    private static Certified expiredOther() {
        return CertificateMaker.authority("Other Root")
                .keys(OTHER_ROOT.keys())
                .expired()
                .make();
    }

    private static CertificateCase keyKind(String name, KeyKind kind) {
        var authority = root().keys(kind.known()).make();
        var signed = CertificateMaker.host(HOST).by(authority).make();
        return admitted("TA with a key " + name, 1, Identity.of(signed, authority), authority.tlsa(2, 1, 1));
    }

    private static List<CertificateCase> brokenPaths() {
        return List.of(
                denied(
                        "TA, server's certificate expired",
                        Identity.of(leaf().expired().make(), ISSUER, ROOT),
                        ROOT.tlsa(2, 1, 1)),
                denied(
                        "TA, server's certificate not yet valid",
                        Identity.of(leaf().notYetValid().make(), ISSUER, ROOT),
                        ROOT.tlsa(2, 1, 1)),
                denied(
                        "TA, signature of the server's broken",
                        Identity.of(LEAF.tampered(), ISSUER, ROOT),
                        ROOT.tlsa(2, 1, 1)),
                below(
                        "TA, issuer expired",
                        CertificateMaker.authority("Lab Issuing").expired()),
                below(
                        "TA, issuer without basicConstraints",
                        CertificateMaker.authority("Lab Issuing").withoutBasicConstraints()),
                below(
                        "TA, issuer with CA:FALSE",
                        CertificateMaker.authority("Lab Issuing").basicConstraints(new BasicConstraints(false))),
                below(
                        "TA, issuer without keyCertSign",
                        CertificateMaker.authority("Lab Issuing").keyUsage(KeyUsage.digitalSignature)),
                below(
                        "TA, issuer of version 1",
                        CertificateMaker.authority("Lab Issuing").versionOne()),
                below(
                        "TA, issuer for clients only",
                        CertificateMaker.authority("Lab Issuing").extendedKeyUsage(KeyPurposeId.id_kp_clientAuth)),
                below(
                        "TA, issuer with an unknown critical extension",
                        CertificateMaker.authority("Lab Issuing").with(UNKNOWN, true, new DERUTF8String("x"))),
                denied("TA, the path broken", Identity.of(LEAF, ROOT), ROOT.tlsa(2, 1, 1)));
    }

    /// The server's certificate by this issuer by the root.
    private static CertificateCase below(String name, CertificateMaker issuer) {
        var made = issuer.by(ROOT).make();
        return denied(name, Identity.of(CertificateMaker.host(HOST).by(made).make(), made, ROOT), ROOT.tlsa(2, 1, 1));
    }

    private static List<CertificateCase> limits() {
        return List.of(
                pathBelow("TA by certificate: expired", root().expired(), 0, -1),
                pathBelow("TA by key: expired", root().expired(), 1, 2),
                pathBelow("TA by certificate: path length 0", root().pathLength(0), 0, -1),
                pathBelow("TA by certificate: path length 1", root().pathLength(1), 0, 2),
                pathBelow("TA by key: path length 0", root().pathLength(0), 1, 2),
                pathBelow("TA by certificate: may certify others only", root().permitting("example.org"), 0, -1),
                pathBelow("TA by certificate: may certify these", root().permitting("example.com"), 0, 2),
                pathBelow("TA by certificate: may not certify these", root().excluding("example.com"), 0, -1),
                pathBelow("TA by key: may certify others only", root().permitting("example.org"), 1, 2),
                pathBelow("TA by certificate: CA:FALSE", root().basicConstraints(new BasicConstraints(false)), 0, -1),
                pathBelow("TA by key: CA:FALSE", root().basicConstraints(new BasicConstraints(false)), 1, 2),
                pathBelow("TA by certificate: without keyCertSign", root().keyUsage(KeyUsage.digitalSignature), 0, -1),
                pathBelow("TA by certificate: version 1", root().versionOne(), 0, 2),
                pathBelow(
                        "TA by certificate: for clients only",
                        root().extendedKeyUsage(KeyPurposeId.id_kp_clientAuth),
                        0,
                        -1),
                under(
                        "issuer may certify these",
                        CertificateMaker.authority("Lab Issuing").permitting("example.com"),
                        2),
                under(
                        "issuer may certify others only",
                        CertificateMaker.authority("Lab Issuing").permitting("example.org"),
                        -1),
                under(
                        "issuer may not certify these",
                        CertificateMaker.authority("Lab Issuing").excluding("example.com"),
                        -1),
                under(
                        "issuer of path length 0",
                        CertificateMaker.authority("Lab Issuing").pathLength(0),
                        2),
                tooDeep());
    }

    private static CertificateCase tooDeep() {
        var first =
                CertificateMaker.authority("Lab Issuing").pathLength(0).by(ROOT).make();
        var second = CertificateMaker.authority("Lab Sub").by(first).make();
        var server = CertificateMaker.host(HOST).by(second).make();
        return denied(
                "issuer of path length 0, another below it",
                Identity.of(server, second, first, ROOT),
                ROOT.tlsa(2, 1, 1));
    }

    /// A path of three below this root, pinned by selector.
    private static CertificateCase pathBelow(String name, CertificateMaker root, int selector, int depth) {
        var top = root.make();
        var issuer = CertificateMaker.authority("Lab Issuing").by(top).make();
        var id = Identity.of(CertificateMaker.host(HOST).by(issuer).make(), issuer, top);
        return depth < 0
                ? denied(name, id, top.tlsa(2, selector, 1))
                : admitted(name, depth, id, top.tlsa(2, selector, 1));
    }

    private static CertificateCase under(String name, CertificateMaker issuer, int depth) {
        var made = issuer.by(ROOT).make();
        var id = Identity.of(CertificateMaker.host(HOST).by(made).make(), made, ROOT);
        return depth < 0 ? denied(name, id, ROOT.tlsa(2, 1, 1)) : admitted(name, depth, id, ROOT.tlsa(2, 1, 1));
    }

    private static List<CertificateCase> usages() {
        return List.of(
                server("TA, server's without extendedKeyUsage", leaf().withoutExtendedKeyUsage(), 2),
                server("TA, server's for clients only", leaf().extendedKeyUsage(KeyPurposeId.id_kp_clientAuth), -1),
                server("TA, server's for any use", leaf().extendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage), 2),
                server(
                        "TA, server's for clients and servers",
                        leaf().extendedKeyUsage(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth),
                        2),
                server("TA, server's without keyUsage", leaf().withoutKeyUsage(), 2),
                server("TA, server's keyUsage cRLSign alone", leaf().keyUsage(KeyUsage.cRLSign), -1),
                server(
                        "TA, server's with an unknown critical extension",
                        leaf().with(UNKNOWN, true, new DERUTF8String("x")),
                        -1),
                server(
                        "TA, server's with an unknown extension",
                        leaf().with(UNKNOWN, false, new DERUTF8String("x")),
                        2),
                server("TA, server's signed with SHA-1", leaf().digest("SHA1"), 2),
                server("TA, server's of version 1", leaf().versionOne(), 2));
    }

    private static CertificateCase server(String name, CertificateMaker leaf, int depth) {
        var id = Identity.of(leaf.make(), ISSUER, ROOT);
        return depth < 0 ? denied(name, id, ROOT.tlsa(2, 1, 1)) : admitted(name, depth, id, ROOT.tlsa(2, 1, 1));
    }

    private static List<CertificateCase> names() {
        return List.of(
                server(
                        "TA, another name",
                        CertificateMaker.host("mx.example.net").by(ISSUER),
                        -1),
                server(
                        "TA, name in other letters",
                        CertificateMaker.host("MX.Example.COM").by(ISSUER),
                        2),
                server(
                        "TA, second of two names",
                        CertificateMaker.host("a.example.net", HOST).by(ISSUER),
                        2),
                server("TA, wildcard", CertificateMaker.host("*.example.com").by(ISSUER), 2),
                server(
                        "TA, wildcard of another domain",
                        CertificateMaker.host("*.example.net").by(ISSUER),
                        -1),
                server(
                        "TA, wildcard for two labels",
                        CertificateMaker.host("*.com").by(ISSUER),
                        -1),
                server(
                        "TA, wildcard in a part of a label",
                        CertificateMaker.host("m*.example.com").by(ISSUER),
                        -1),
                server(
                        "TA, wildcard in the second label",
                        CertificateMaker.host("mx.*.com").by(ISSUER),
                        -1),
                server("TA, wildcard that is all", CertificateMaker.host("*").by(ISSUER), -1),
                server(
                                "TA, wildcard right below a top-level domain",
                                CertificateMaker.host("*.com").by(ISSUER),
                                -1)
                        .onlyFor("example.com"),
                server(
                        "TA, wildcard one label below the name",
                        CertificateMaker.host("*.mx.example.com").by(ISSUER),
                        -1),
                server("TA, CN alone", leaf().withoutDnsNames(), 2),
                server(
                        "TA, wildcard as CN alone",
                        CertificateMaker.host("*.example.com").by(ISSUER).withoutDnsNames(),
                        2),
                server("TA, CN right, DNS-ID wrong", leaf().dnsNames("mx.example.net"), -1),
                server(
                        "TA, CN right, only an e-mail name beside",
                        leaf().with(
                                        Extension.subjectAlternativeName,
                                        false,
                                        new GeneralNames(
                                                new GeneralName(GeneralName.rfc822Name, "postmaster@example.com"))),
                        2),
                server("TA, no name at all", CertificateMaker.bare("nobody").by(ISSUER), -1),
                server(
                        "TA, subject empty, subjectAltName critical",
                        leaf().subject("")
                                .with(
                                        Extension.subjectAlternativeName,
                                        true,
                                        new GeneralNames(new GeneralName(GeneralName.dNSName, HOST))),
                        2),
                server(
                                "TA, next-hop domain certified",
                                CertificateMaker.host("example.com").by(ISSUER),
                                2)
                        .alsoFor("example.com"),
                server(
                        "TA, next-hop domain certified but no reference",
                        CertificateMaker.host("example.com").by(ISSUER),
                        -1),
                server(
                                "TA, A-label",
                                CertificateMaker.host("mx.xn--bcher-kva.example")
                                        .by(ISSUER),
                                2)
                        .onlyFor("mx.xn--bcher-kva.example"),
                limitedCommonName("TA, CN that the issuer may not certify", HOST),
                limitedCommonName("TA, wildcard CN that the issuer may not certify", "*.example.com"));
    }

    private static CertificateCase limitedCommonName(String name, String commonName) {
        var issuer = CertificateMaker.authority("Lab Issuing")
                .permitting("example.org")
                .by(ROOT)
                .make();
        var server =
                CertificateMaker.host(commonName).withoutDnsNames().by(issuer).make();
        return denied(name, Identity.of(server, issuer, ROOT), ROOT.tlsa(2, 1, 1));
    }

    private static List<CertificateCase> hostile() {
        var own = selfSigned()
                .basicConstraints(new BasicConstraints(true))
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature)
                .make();
        // The attacker signs with a key of its own in the genuine authority's name.
        var impostor = root().make();
        var forged = CertificateMaker.host(HOST).by(impostor).make();
        var mitm = CertificateMaker.host(HOST).make();
        return List.of(
                denied("stranger, genuine TA appended", Identity.of(mitm, ROOT), ROOT.tlsa(2, 0, 1)),
                denied("stranger, genuine chain appended", Identity.of(mitm, ISSUER, ROOT), ROOT.tlsa(2, 1, 1)),
                denied("stranger in the TA's name, TA appended", Identity.of(forged, ROOT), ROOT.tlsa(2, 1, 1)),
                denied("stranger in the TA's name, 2 0 0", Identity.of(forged), ROOT.tlsa(2, 0, 0)),
                denied("stranger in the TA's name, 2 1 0", Identity.of(forged), ROOT.tlsa(2, 1, 0)),
                denied(
                        "server of the TA signs as an authority",
                        Identity.of(CertificateMaker.host(HOST).by(LEAF).make(), LEAF, ISSUER, ROOT),
                        ROOT.tlsa(2, 1, 1)),
                admitted(
                        "impostor of the same name before the TA",
                        1,
                        Identity.of(CertificateMaker.host(HOST).by(ROOT).make(), impostor, ROOT),
                        ROOT.tlsa(2, 1, 1)),
                denied("DANE-TA names the server's own certificate, 2 0 1", Identity.of(own), own.tlsa(2, 0, 1)),
                denied("DANE-TA names the server's own key, 2 1 1", Identity.of(own), own.tlsa(2, 1, 1)),
                denied("DANE-TA holds the server's own certificate, 2 0 0", Identity.of(own), own.tlsa(2, 0, 0)),
                denied("DANE-TA holds the server's own key, 2 1 0", Identity.of(own), own.tlsa(2, 1, 0)),
                denied(
                        "DANE-TA names the server's own certificate, sent twice",
                        Identity.of(own, own),
                        own.tlsa(2, 0, 1)));
    }
}
