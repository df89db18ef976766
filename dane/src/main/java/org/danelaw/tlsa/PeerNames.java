package org.danelaw.tlsa;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.xbill.DNS.Name;

/// The names of hosts that a certificate bears, and how reference identifiers are held against them (RFC
/// 7672 section 3.2.3, RFC 9525 section 6.3).
///
/// @param dnsIds the dNSName entries of its subjectAltName, lower case
/// @param commonName the last and so most specific CN of its subject, lower case, where it counts: the one
/// that name constraints are held against too
record PeerNames(List<String> dnsIds, Optional<String> commonName) {
    private static final int DNS_NAME = 2;
    private static final String WILDCARD = "*.";
    /// A reason spells no more names than this.
    private static final int MOST_SPELLED = 5;

    PeerNames {
        dnsIds = List.copyOf(dnsIds);
    }

    /// RFC 7672 section 3.2.3: where there is any DNS-ID, the CN does not count.
    static PeerNames withCommonName(X509Certificate certificate) {
        var onlyDns = ofDnsIds(certificate);
        return onlyDns.dnsIds.isEmpty() ? new PeerNames(List.of(), commonName(certificate)) : onlyDns;
    }

    /// RFC 9525 section 6.3: the CN never counts.
    static PeerNames ofDnsIds(X509Certificate certificate) {
        return new PeerNames(alternativeNames(certificate), Optional.empty());
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> String.valueOf(name.getLast()).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException malformed) {
            // There is a subjectAltName, so the CN must not count; one that nobody can read bears no name.
            return List.of("");
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        var subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return Stream.of(subject.getRDNs(BCStyle.CN))
                .reduce((earlier, later) -> later)
                .map(rdn -> IETFUtils.valueToString(rdn.getFirst().getValue()).toLowerCase(Locale.ROOT));
    }

    /// The first of the reference identifiers that the certificate bears.
    Optional<Name> firstOf(Collection<Name> references) {
        return references.stream()
                .filter(reference -> all().anyMatch(name -> isMatch(name, spelled(reference))))
                .findFirst();
    }

    private Stream<String> all() {
        return Stream.concat(dnsIds.stream(), commonName.stream());
    }

    private static String spelled(Name reference) {
        return reference.toString(true).toLowerCase(Locale.ROOT);
    }

    private static boolean isMatch(String presented, String reference) {
        if (!presented.startsWith(WILDCARD)) {
            return presented.equals(reference);
        }
        // RFC 7672 section 3.2.3: a wildcard stands for one whole label, the left-most one, and for nothing
        // else.
        var parent = presented.substring(WILDCARD.length());
        int firstDot = reference.indexOf('.');
        // Unlike RFC 7672 section 3.2.3, which draws no line, a certificate for `*.com` stands for no name: it would
        // stand for everybody's (RFC 6125 section 7.2).
        return parent.indexOf('.') > 0
                && firstDot > 0
                && reference.substring(firstDot + 1).equals(parent);
    }

    @Override
    public String toString() {
        var names = all().filter(name -> !name.isEmpty()).toList();
        if (names.isEmpty()) {
            return "no name of a host";
        }
        var spelled = String.join(", ", names.stream().limit(MOST_SPELLED).toList());
        return names.size() > MOST_SPELLED ? spelled + " and " + (names.size() - MOST_SPELLED) + " more" : spelled;
    }
}
