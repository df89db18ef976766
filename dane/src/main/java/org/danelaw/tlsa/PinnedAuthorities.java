package org.danelaw.tlsa;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.xbill.DNS.Name;

/// The authorities that DANE-TA records pin (RFC 7672 section 3.1.2): those among the presented
/// certificates, and those that a record holds whole.
final class PinnedAuthorities implements TrustPath.Anchors {
    private final List<TlsaRecord> records;
    private final Optional<X509Certificate> leaf;
    private final Map<X509Certificate, Presented> issuers;
    private final List<Anchor> whole;
    private final List<Anchor> bareKeys;

    /// How it went; as [Admission], before reasons are sorted to records.
    sealed interface Outcome {}

    record Admitted(Admission admission) implements Outcome {}

    record Denied(String why) implements Outcome {}

    PinnedAuthorities(List<TlsaRecord> records, PresentedChain chain) {
        this.records = records;
        this.leaf = chain.leaf().flatMap(Presented::parsed);
        this.issuers = chain.readableOthers();
        this.whole = full(TlsaRecord.CERT).flatMap(PinnedAuthorities::whole).toList();
        this.bareKeys =
                full(TlsaRecord.SPKI).flatMap(PinnedAuthorities::bareKey).toList();
    }

    private Stream<TlsaRecord> full(int selector) {
        return records.stream()
                .filter(record -> record.matchingType() == TlsaRecord.FULL && record.selector() == selector);
    }

    private static Stream<Anchor> whole(TlsaRecord record) {
        return Presented.parse(record.bytes()).stream()
                .map(certificate ->
                        new Anchor(certificate.getPublicKey(), Optional.of(certificate), Optional.of(record)));
    }

    private static Stream<Anchor> bareKey(TlsaRecord record) {
        return key(record.bytes()).stream().map(key -> new Anchor(key, Optional.empty(), Optional.of(record)));
    }

    private static Optional<PublicKey> key(byte[] info) {
        try {
            var algorithm = SubjectPublicKeyInfo.getInstance(info)
                    .getAlgorithm()
                    .getAlgorithm()
                    .getId();
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info)));
        } catch (GeneralSecurityException | RuntimeException unknown) {
            // The providers declare the first; hostile keys have made them throw several of the others.
            return Optional.empty();
        }
    }

    Outcome admit(Collection<Name> references, Instant now) {
        if (leaf.isEmpty()) {
            return new Denied("the server's certificate cannot be read, so no path leads from it to an authority");
        }
        return switch (TrustPath.search(leaf.get(), List.copyOf(issuers.keySet()), this, now)) {
            case TrustPath.Result.Found(var anchor, var below) -> named(anchor, below, references);
            case TrustPath.Result.Nowhere(var failures) ->
                new Denied(
                        failures.isEmpty()
                                ? "no certificate that was presented leads to an authority with this key or certificate"
                                : String.join("; ", failures));
        };
    }

    private static Outcome named(Anchor anchor, List<X509Certificate> below, Collection<Name> references) {
        // RFC 7672 section 3.2.3: DNS-IDs, and the CN only where there is none.
        var names = PeerNames.withCommonName(below.getFirst());
        var record = anchor.by().orElseThrow();
        return names.firstOf(references)
                .<Outcome>map(name -> new Admitted(new Admission.Admitted(record, below.size(), Optional.of(name))))
                .orElseGet(() -> new Denied("the certificate is for " + names + ", not for " + spelled(references)));
    }

    private static String spelled(Collection<Name> references) {
        return String.join(
                " or ", references.stream().map(name -> name.toString(true)).toList());
    }

    @Override
    public List<Anchor> in(X509Certificate presented) {
        var issuer = Optional.ofNullable(issuers.get(presented));
        return records.stream()
                .filter(record ->
                        issuer.filter(found -> found.isNamedBy(record)).isPresent())
                .map(record -> new Anchor(presented.getPublicKey(), limits(record, presented), Optional.of(record)))
                .toList();
    }

    /// A record of selector Cert(0) pins all that the certificate says, one of SPKI(1) the key alone.
    private static Optional<X509Certificate> limits(TlsaRecord record, X509Certificate authority) {
        return record.selector() == TlsaRecord.CERT ? Optional.of(authority) : Optional.empty();
    }

    @Override
    public List<Anchor> above(X509Certificate certificate) {
        var named = whole.stream()
                .filter(anchor -> anchor.limits()
                        .filter(authority ->
                                authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                        .isPresent());
        return Stream.concat(named, bareKeys.stream())
                // RFC 7672 section 3.1.2: an authority is something above the server's certificate, never
                // itself.
                .filter(anchor -> !isLeafs(anchor))
                .toList();
    }

    private boolean isLeafs(Anchor anchor) {
        return leaf.filter(own -> own.getPublicKey().equals(anchor.key())
                        && anchor.limits().map(own::equals).orElse(true))
                .isPresent();
    }
}
