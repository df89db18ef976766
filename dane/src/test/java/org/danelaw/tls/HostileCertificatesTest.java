package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.KeyKind;
import org.danelaw.policy.Judgement;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.danelaw.tlsa.CertificateAuthorities;
import org.danelaw.tlsa.CertificateCase;
import org.danelaw.tlsa.CertificateCases;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

/// Servers that present certificates of any octets, some signed well over whatever was made of them: each is carried to
/// the judgement as it came and ends in a verdict.
class HostileCertificatesTest {
    /// Up to sixteen certificates, each read several times, and up to 64 signatures checked.
    private static final long MOST_OCTETS = 128L << 20;

    private static final Certified ROOT = CertificateMaker.authority("Lab Root")
            .permitting("example.com")
            .key(KeyKind.ED25519)
            .make();
    private static final Certified ISSUER = CertificateMaker.authority("Lab Issuing")
            .excluding("evil.example")
            .pathLength(0)
            .key(KeyKind.ED25519)
            .by(ROOT)
            .make();
    private static final Certified LEAF = CertificateMaker.host("mx.example.com", "*.example.com")
            .key(KeyKind.ED25519)
            .by(ISSUER)
            .make();

    @Test
    void noChainKeepsTheJudgementFromAVerdict() throws Exception {
        LenientCertificates.install();
        var judgement = new Judgement(new CertificateAuthorities(List.of(ROOT.parsed())));
        new Fuzz("fuzz-certificates", MOST_OCTETS)
                .run(
                        random -> random.nextBoolean() ? foreign(judgement, random) : wellSigned(judgement, random),
                        "matched",
                        "mismatched",
                        "trusted");
    }

    /// One of the cases' chains, damaged, with the records that are for it or for what became of it.
    private static String foreign(Judgement judgement, RandomGenerator random) throws Exception {
        var cases = CertificateCases.all();
        var good = cases.get(random.nextInt(cases.size()));
        var chain = new ArrayList<>(good.identity().chain());
        if (chain.isEmpty()) {
            return "nothing presented";
        }
        int at = random.nextInt(Math.min(chain.size(), 4));
        chain.set(at, Damaged.octets(chain.get(at), random));
        var records = new ArrayList<>(good.records());
        records.add(pin(chain.get(at), random));
        return judged(judgement, chain, records, random);
    }

    /// A sound chain of which one certificate was damaged before it was signed.
    private static String wellSigned(Judgement judgement, RandomGenerator random) throws Exception {
        int at = random.nextInt(3);
        var chain = new ArrayList<byte[]>();
        chain.add(at == 0 ? damagedAndSigned(LEAF, ISSUER, random) : LEAF.der());
        chain.add(at == 1 ? damagedAndSigned(ISSUER, ROOT, random) : ISSUER.der());
        chain.add(at == 2 ? damagedAndSigned(ROOT, ROOT, random) : ROOT.der());
        return judged(judgement, chain, List.of(pin(chain.get(1 + random.nextInt(2)), random)), random);
    }

    private static String judged(
            Judgement judgement, List<byte[]> chain, List<TlsaRecord> records, RandomGenerator random)
            throws Exception {
        try {
            var carried = carried(chain);
            assertThat(hex(carried)).as("what came").isEqualTo(hex(chain));
            var requirement = random.nextInt(4) > 0
                    ? new TlsRequirement.Dane(
                            records, List.of(CertificateCase.BASE), CertificateCase.BASE, MxTrust.SECURE)
                    : new TlsRequirement.Pkix(List.of(CertificateCase.BASE), CertificateCase.BASE);
            return word(judgement.judge(requirement, carried, CertificateCases.NOW));
        } catch (RuntimeException | Error thrown) {
            // The keys of the cases are made anew in each run, so that the seed alone does not bring the chain back.
            throw new AssertionError(hex(chain) + " " + records, thrown);
        }
    }

    private static List<String> hex(List<byte[]> chain) {
        return chain.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Matched _ -> "matched";
            case Verdict.Mismatched _ -> "mismatched";
            case Verdict.Trusted _ -> "trusted";
            case Verdict.Unchecked _ -> "unchecked";
        };
    }

    /// What reaches the decision of what a peer sent, its own certificate's key looked at as the handshake does it.
    private static List<byte[]> carried(List<byte[]> chain) throws IOException {
        var carried = new ArrayList<byte[]>();
        LenientCertificates.reading(() -> {
            try {
                for (byte[] each : chain) {
                    var read = (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(each));
                    assertThat(read.getPublicKey().getAlgorithm()).isNotEmpty();
                    carried.add(read.getEncoded());
                }
            } catch (CertificateException strict) {
                throw new IOException(strict);
            }
        });
        return carried;
    }

    private static TlsaRecord pin(byte[] certificate, RandomGenerator random) throws GeneralSecurityException {
        int usage = random.nextInt(8) == 0 ? 3 : 2;
        return random.nextBoolean()
                ? new TlsaRecord(usage, 0, 0, certificate)
                : new TlsaRecord(
                        usage,
                        0,
                        1,
                        java.security.MessageDigest.getInstance("SHA-256").digest(certificate));
    }

    private static byte[] damagedAndSigned(Certified certificate, Certified issuer, RandomGenerator random)
            throws Exception {
        var parts = ASN1Sequence.getInstance(certificate.der());
        byte[] damaged = Damaged.octets(encoded(parts.getObjectAt(0)), random);
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(issuer.keys().getPrivate());
        signer.update(damaged);
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(damaged);
        whole.writeBytes(encoded(parts.getObjectAt(1)));
        whole.writeBytes(new byte[] {0x03, 0x41, 0});
        whole.writeBytes(signer.sign());
        return sequence(whole.toByteArray());
    }

    private static byte[] encoded(ASN1Encodable part) throws IOException {
        return part.toASN1Primitive().getEncoded();
    }

    private static byte[] sequence(byte[] contents) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x30, (byte) 0x82, (byte) (contents.length >> 8), (byte) contents.length});
        out.writeBytes(contents);
        return out.toByteArray();
    }
}
