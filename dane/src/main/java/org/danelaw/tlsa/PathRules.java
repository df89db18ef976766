package org.danelaw.tlsa;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.danelaw.dns.FailureText;

/// What a path of certificates below an anchor has to keep (RFC 5280 section 6.1): signatures, dates,
/// basicConstraints, path lengths, name constraints, key usage, and extended key usage, for a TLS server.
///
/// The JDK's validator does most of it. It knows nothing of extended key usage, nor of the limits that an
/// anchor sets; these are looked at here.
final class PathRules {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int KEY_CERT_SIGN = 5;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private PathRules() {}

    /// The first rule that the path breaks, as a sentence.
    ///
    /// @param below the certificates below the anchor, the server's own first
    static Optional<String> firstBroken(List<X509Certificate> below, Anchor anchor, Instant now) {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> byTheJdk(below, anchor, now),
                        () -> usage(below),
                        () -> NameLimits.firstBroken(below, anchor.limits()),
                        () -> anchor.limits().flatMap(authority -> limits(authority, below, now)))
                .flatMap(rule -> rule.get().stream())
                .findFirst();
    }

    static String nameOf(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static Optional<String> byTheJdk(List<X509Certificate> below, Anchor anchor, Instant now) {
        try {
            // Name and key, not the certificate: what the anchor's certificate says counts only as its
            // record says.
            var trusted = new TrustAnchor(below.getLast().getIssuerX500Principal(), anchor.key(), null);
            var parameters = new PKIXParameters(Set.of(trusted));
            // RFC 7672 section 3.1.2: nothing is revoked here; the owner of the TLSA records takes them
            // away.
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var path = CertificateFactory.getInstance("X.509", "SUN").generateCertPath(below);
            CertPathValidator.getInstance("PKIX", "SUN").validate(path, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException broken) {
            return Optional.of(sentence(broken, below));
        } catch (GeneralSecurityException | RuntimeException broken) {
            // The JDK declares the first; two authorities that permit different domains make it throw the other.
            return Optional.of("the certificates make no path: " + FailureText.of(broken));
        }
    }

    private static String sentence(CertPathValidatorException broken, List<X509Certificate> below) {
        int index = broken.getIndex();
        var whose = index < 0 ? "the path" : "the certificate of " + nameOf(below.get(index));
        return switch (broken.getReason()) {
            case CertPathValidatorException.BasicReason.EXPIRED ->
                whose + " expired on " + below.get(index).getNotAfter().toInstant();
            case CertPathValidatorException.BasicReason.NOT_YET_VALID ->
                whose + " is valid only from " + below.get(index).getNotBefore().toInstant();
            default -> whose + " does not hold: " + FailureText.of(broken);
        };
    }

    private static Optional<String> usage(List<X509Certificate> below) {
        // Whatever stands below the anchor with an extended key usage has to allow TLS servers in it (RFC
        // 5280 section 4.2.1.12); for authorities that is how CAs in use and OpenSSL read it.
        return below.stream()
                .filter(certificate -> !allowsServers(certificate))
                .findFirst()
                .map(certificate -> "the certificate of " + nameOf(certificate) + " is not for TLS servers")
                .or(() -> keyUsage(below.getFirst()));
    }

    private static boolean allowsServers(X509Certificate certificate) {
        try {
            var purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(SERVER_AUTH) || purposes.contains(ANY_USAGE);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    private static Optional<String> keyUsage(X509Certificate leaf) {
        var bits = leaf.getKeyUsage();
        return bits == null || bits[DIGITAL_SIGNATURE] || bits[KEY_ENCIPHERMENT] || bits[KEY_AGREEMENT]
                ? Optional.empty()
                : Optional.of("the key of " + nameOf(leaf) + " may not be used for TLS");
    }

    /// RFC 7671 section 5.2 and RFC 5280 section 6.2: where a record pins the authority's certificate as a
    /// whole, what it says of itself counts too.
    private static Optional<String> limits(X509Certificate authority, List<X509Certificate> below, Instant now) {
        var from = authority.getNotBefore().toInstant();
        var to = authority.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(to)) {
            return Optional.of("the authority " + nameOf(authority) + " is valid only from " + from + " to " + to);
        }
        if (!isAuthority(authority)) {
            return Optional.of("the certificate of " + nameOf(authority) + " is none of an authority");
        }
        if (!allowsServers(authority)) {
            return Optional.of("the authority " + nameOf(authority) + " is not for TLS servers");
        }
        long intermediates = below.stream()
                .skip(1)
                .filter(certificate -> !isSelfIssued(certificate))
                .count();
        return authority.getBasicConstraints() >= 0 && intermediates > authority.getBasicConstraints()
                ? Optional.of("the authority " + nameOf(authority) + " allows at most "
                        + authority.getBasicConstraints() + " authorities below it")
                : Optional.empty();
    }

    private static boolean isAuthority(X509Certificate certificate) {
        var bits = certificate.getKeyUsage();
        boolean maySign = bits == null || bits[KEY_CERT_SIGN];
        // X.509 version 1 had no way to say so; a root of that age is one because it is pinned.
        boolean saysSo =
                certificate.getBasicConstraints() >= 0 || (certificate.getVersion() < 3 && isSelfIssued(certificate));
        return maySign && saysSo;
    }

    /// RFC 5280 section 3.2.1.
    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
