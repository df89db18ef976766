package org.danelaw.tlsa;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.xbill.DNS.Name;

/// The authorities of a CA store, for destinations whose operator asks for certificates of those (RFC
/// 9525); DANE never looks at them.
public final class CertificateAuthorities implements TrustPath.Anchors {
    private final Map<X500Principal, List<X509Certificate>> bySubject;

    public CertificateAuthorities(Collection<X509Certificate> store) {
        bySubject = store.stream().distinct().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /// What came of the check.
    public sealed interface Trust {
        /// The chain leads to an authority of the store, and its first certificate is for `name`.
        record Trusted(Name name) implements Trust {}

        record Untrusted(String why) implements Trust {
            public Untrusted {
                why = Admission.printable(why);
            }
        }
    }

    /// Whether the presented certificates lead to one of the authorities, for one of these names.
    public Trust check(List<byte[]> sent, Collection<Name> references, Instant now) {
        var chain = PresentedChain.of(sent);
        var leaf = chain.leaf().flatMap(Presented::parsed);
        if (leaf.isEmpty()) {
            return new Trust.Untrusted("the server presented no certificate that can be read" + chain.caveat());
        }
        return switch (TrustPath.search(
                leaf.get(), List.copyOf(chain.readableOthers().keySet()), this, now)) {
            case TrustPath.Result.Found found -> named(leaf.get(), references);
            case TrustPath.Result.Nowhere(var failures) ->
                new Trust.Untrusted((failures.isEmpty()
                                ? "the certificate leads to no authority of the CA store"
                                : String.join("; ", failures))
                        + chain.caveat());
        };
    }

    private static Trust named(X509Certificate leaf, Collection<Name> references) {
        // RFC 9525 section 6.3: only DNS-IDs count, never the CN.
        var names = PeerNames.ofDnsIds(leaf);
        return names.firstOf(references)
                .<Trust>map(Trust.Trusted::new)
                .orElseGet(() -> new Trust.Untrusted("the certificate is for " + names + ", not for "
                        + String.join(
                                " or ",
                                references.stream()
                                        .map(name -> name.toString(true))
                                        .toList())));
    }

    @Override
    public List<Anchor> in(X509Certificate presented) {
        // One that is presented and in the store is found by its name below.
        return List.of();
    }

    @Override
    public List<Anchor> above(X509Certificate certificate) {
        return bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .map(authority -> new Anchor(authority.getPublicKey(), Optional.of(authority), Optional.empty()))
                .toList();
    }
}
