package org.danelaw.lab.mailhost;

import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes one certificate, sound unless told otherwise: start with [#authority] or [#host], alter what the
/// case is about, end with [#make].
///
/// Dates are fixed and wide, so that what a test makes today it makes in ten years.
public final class CertificateMaker {
    private static final Instant LONG_AGO = Instant.parse("2015-01-01T00:00:00Z");
    private static final Instant SINCE = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2048-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2049-12-31T23:59:59Z");

    private final List<Extension> extensions = new ArrayList<>();
    private X500Name subject;
    private Optional<X500Name> issuerName = Optional.empty();
    private Optional<Certified> issuer = Optional.empty();
    private Optional<KeyPair> keys = Optional.empty();
    private KeyKind kind = KeyKind.P256;
    private String digest = "SHA256";
    private Instant notBefore = SINCE;
    private Instant notAfter = UNTIL;
    private boolean versionOne;
    private Curve curve = Curve.NAMED;

    /// How the curve of an EC key stands in the certificate.
    private enum Curve {
        NAMED,
        WRITTEN_OUT,
        WITH_ANOTHER_GENERATOR
    }

    private CertificateMaker(X500Name subject) {
        this.subject = subject;
    }

    /// A certificate that may sign others: CA:TRUE, keyCertSign.
    public static CertificateMaker authority(String commonName) {
        return new CertificateMaker(named(commonName))
                .basicConstraints(new BasicConstraints(true))
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /// A server's certificate: its names as DNS-IDs, the first as CN too, digitalSignature and serverAuth.
    public static CertificateMaker host(String... names) {
        return new CertificateMaker(named(names[0]))
                .dnsNames(names)
                .keyUsage(KeyUsage.digitalSignature)
                .extendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
    }

    /// A certificate without any extension, to which a case adds its own.
    public static CertificateMaker bare(String commonName) {
        return new CertificateMaker(named(commonName));
    }

    private static X500Name named(String commonName) {
        return new X500Name("CN=" + commonName);
    }

    /// Signed by `issuer`; without this call, self-signed.
    public CertificateMaker by(Certified issuer) {
        this.issuer = Optional.of(issuer);
        return this;
    }

    public CertificateMaker key(KeyKind kind) {
        this.kind = kind;
        return this;
    }

    /// With keys that exist already: cross-signed twins, renewals.
    public CertificateMaker keys(KeyPair keys) {
        this.keys = Optional.of(keys);
        return this;
    }

    /// The subject as `CN=a,O=b`; empty for an empty name.
    public CertificateMaker subject(String distinguishedName) {
        subject = new X500Name(distinguishedName);
        return this;
    }

    /// An issuer's name that the issuer does not bear; empty for an empty name.
    public CertificateMaker issuerName(String distinguishedName) {
        issuerName = Optional.of(new X500Name(distinguishedName));
        return this;
    }

    public CertificateMaker valid(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    public CertificateMaker expired() {
        return valid(LONG_AGO, SINCE);
    }

    public CertificateMaker notYetValid() {
        return valid(LATE, UNTIL);
    }

    /// X.509 version 1: without any extension, whatever was asked for.
    public CertificateMaker versionOne() {
        versionOne = true;
        return this;
    }

    /// The signature's digest, as `SHA1`; of no meaning under an EdDSA issuer.
    public CertificateMaker digest(String name) {
        digest = name;
        return this;
    }

    /// EC keys with their curve written out (RFC 5480 section 2.1.1 forbids it) in place of its name.
    public CertificateMaker explicitParameters() {
        curve = Curve.WRITTEN_OUT;
        return this;
    }

    /// As [#explicitParameters], but with a generator of the maker's choice, for which any key can be made
    /// to fit (CVE-2020-0601).
    public CertificateMaker explicitParametersWithAnotherGenerator() {
        curve = Curve.WITH_ANOTHER_GENERATOR;
        return this;
    }

    public CertificateMaker dnsNames(String... names) {
        var general = Stream.of(names)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return with(Extension.subjectAlternativeName, false, new GeneralNames(general));
    }

    public CertificateMaker withoutDnsNames() {
        return without(Extension.subjectAlternativeName);
    }

    /// Bits of [KeyUsage].
    public CertificateMaker keyUsage(int bits) {
        return with(Extension.keyUsage, true, new KeyUsage(bits));
    }

    public CertificateMaker withoutKeyUsage() {
        return without(Extension.keyUsage);
    }

    public CertificateMaker extendedKeyUsage(KeyPurposeId... purposes) {
        return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    public CertificateMaker withoutExtendedKeyUsage() {
        return without(Extension.extendedKeyUsage);
    }

    public CertificateMaker basicConstraints(BasicConstraints constraints) {
        return with(Extension.basicConstraints, true, constraints);
    }

    public CertificateMaker withoutBasicConstraints() {
        return without(Extension.basicConstraints);
    }

    /// CA:TRUE with at most `length` intermediates below it.
    public CertificateMaker pathLength(int length) {
        return basicConstraints(new BasicConstraints(length));
    }

    /// Only names at or below these domains may be certified below this authority.
    public CertificateMaker permitting(String... domains) {
        return with(Extension.nameConstraints, true, new NameConstraints(subtrees(domains), null));
    }

    /// No names at or below these domains may be certified below this authority.
    public CertificateMaker excluding(String... domains) {
        return with(Extension.nameConstraints, true, new NameConstraints(null, subtrees(domains)));
    }

    private static GeneralSubtree[] subtrees(String... domains) {
        return Stream.of(domains)
                .map(domain -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)))
                .toArray(GeneralSubtree[]::new);
    }

    /// Any extension; one of the same kind is replaced.
    public CertificateMaker with(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
        without(kind);
        try {
            extensions.add(Extension.create(kind, critical, value));
        } catch (IOException broken) {
            throw new IllegalArgumentException(broken);
        }
        return this;
    }

    private CertificateMaker without(ASN1ObjectIdentifier kind) {
        extensions.removeIf(extension -> extension.getExtnId().equals(kind));
        return this;
    }

    public Certified make() {
        var own = keys.orElseGet(kind::generate);
        var signing = issuer.map(Certified::keys).orElse(own);
        try {
            var signer = signer(signing);
            byte[] signed = signed(own, signer).getEncoded(ASN1Encoding.DER);
            try (var out = signer.getOutputStream()) {
                out.write(signed);
            }
            var certificate = new DERSequence(new ASN1Encodable[] {
                ASN1Sequence.getInstance(signed),
                signer.getAlgorithmIdentifier(),
                new DERBitString(signer.getSignature())
            });
            return new Certified(certificate.getEncoded(ASN1Encoding.DER), own);
        } catch (IOException | OperatorCreationException broken) {
            throw new IllegalStateException("the certificate of " + subject + " cannot be made", broken);
        }
    }

    /// The part that is signed (RFC 5280 section 4.1), put together here because Bouncy Castle's builders
    /// refuse what some cases are about, as an empty issuer.
    private ASN1Sequence signed(KeyPair own, ContentSigner signer) {
        var parts = new ASN1EncodableVector();
        if (!versionOne) {
            parts.add(new DERTaggedObject(true, 0, new ASN1Integer(2)));
        }
        parts.add(new ASN1Integer(System.nanoTime()));
        parts.add(signer.getAlgorithmIdentifier());
        parts.add(issuerName.orElseGet(() -> issuer.map(Certified::subject).orElse(subject)));
        parts.add(new DERSequence(new ASN1Encodable[] {new Time(Date.from(notBefore)), new Time(Date.from(notAfter))}));
        parts.add(subject);
        parts.add(publicKeyInfo(own));
        if (!versionOne && !extensions.isEmpty()) {
            parts.add(new DERTaggedObject(true, 3, new Extensions(extensions.toArray(Extension[]::new))));
        }
        return new DERSequence(parts);
    }

    private ContentSigner signer(KeyPair signing) throws OperatorCreationException {
        String algorithm = switch (signing.getPrivate().getAlgorithm()) {
            case "RSA" -> digest + "withRSA";
            case "EC" -> digest + "withECDSA";
            default -> ((EdECPrivateKey) signing.getPrivate()).getParams().getName();
        };
        return new JcaContentSignerBuilder(algorithm).build(signing.getPrivate());
    }

    private SubjectPublicKeyInfo publicKeyInfo(KeyPair own) {
        var named = SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded());
        if (curve == Curve.NAMED) {
            return named;
        }
        var parameters = ECNamedCurveTable.getParameterSpec(curveOf((ECPublicKey) own.getPublic()));
        var generator = curve == Curve.WRITTEN_OUT
                ? parameters.getG()
                : parameters.getG().twice().normalize();
        var spelledOut = new X9ECParameters(
                parameters.getCurve(),
                new X9ECPoint(generator, false),
                parameters.getN(),
                parameters.getH(),
                parameters.getSeed());
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new X962Parameters(spelledOut)),
                named.getPublicKeyData().getOctets());
    }

    private static String curveOf(ECPublicKey key) {
        return switch (key.getParams().getOrder().bitLength()) {
            case 256 -> "secp256r1";
            case 384 -> "secp384r1";
            case 521 -> "secp521r1";
            default -> throw new IllegalArgumentException("no curve for " + key);
        };
    }
}
