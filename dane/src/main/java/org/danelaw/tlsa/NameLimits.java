package org.danelaw.tlsa;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.danelaw.dns.FailureText;

/// Name constraints (RFC 5280 section 4.2.1.10) where the JDK's validator does not look: those of the
/// anchor, and the CN where it is to count as a host's name.
final class NameLimits {
    private NameLimits() {}

    /// The first certificate that bears a name which an authority above it may not certify, as a sentence.
    static Optional<String> firstBroken(List<X509Certificate> below, Optional<X509Certificate> anchor) {
        var authorities = new ArrayList<>(below);
        anchor.ifPresent(authorities::add);
        for (int i = 1; i < authorities.size(); i++) {
            var broken = firstBroken(authorities.subList(0, i), authorities.get(i));
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstBroken(List<X509Certificate> below, X509Certificate authority) {
        try {
            return constraintsOf(authority)
                    .flatMap(constraints -> firstBroken(below, constraints))
                    .map(name -> "the authority " + PathRules.nameOf(authority) + " may not certify " + name);
        } catch (RuntimeException unreadable) {
            // Bouncy Castle declares nothing, and hostile names have made it throw more than one kind. What cannot be
            // held against a constraint does not keep it (RFC 5280 section 4.2.1.10).
            return Optional.of("what the authority " + PathRules.nameOf(authority)
                    + " may certify, or a name below it, cannot be read: " + FailureText.of(unreadable));
        }
    }

    private static Optional<String> firstBroken(List<X509Certificate> below, NameConstraints constraints) {
        var validator = new PKIXNameConstraintValidator();
        Optional.ofNullable(constraints.getPermittedSubtrees()).ifPresent(validator::intersectPermittedSubtree);
        Optional.ofNullable(constraints.getExcludedSubtrees())
                .ifPresent(trees -> Stream.of(trees).forEach(validator::addExcludedSubtree));
        // The CN counts as a host's name only in the server's own certificate.
        return Stream.concat(commonName(below.getFirst()), below.stream().flatMap(NameLimits::namesOf))
                .filter(name -> !allows(validator, name))
                .map(name -> String.valueOf(name.getName()))
                .findFirst();
    }

    private static boolean allows(PKIXNameConstraintValidator validator, GeneralName name) {
        try {
            validator.checkPermitted(name);
            validator.checkExcluded(name);
            return true;
        } catch (NameConstraintValidatorException outside) {
            return false;
        }
    }

    private static Stream<GeneralName> namesOf(X509Certificate certificate) {
        var subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        var alternatives = extension(certificate, Extension.subjectAlternativeName.getId())
                .map(value -> Stream.of(GeneralNames.getInstance(value).getNames()))
                .orElse(Stream.empty());
        return subject.getRDNs().length == 0
                ? alternatives
                : Stream.concat(Stream.of(new GeneralName(GeneralName.directoryName, subject)), alternatives);
    }

    private static Stream<GeneralName> commonName(X509Certificate leaf) {
        return PeerNames.withCommonName(leaf).commonName().stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name));
    }

    private static Optional<NameConstraints> constraintsOf(X509Certificate authority) {
        return extension(authority, Extension.nameConstraints.getId()).map(NameConstraints::getInstance);
    }

    private static Optional<byte[]> extension(X509Certificate certificate, String oid) {
        return Optional.ofNullable(certificate.getExtensionValue(oid))
                .map(wrapped -> ASN1OctetString.getInstance(wrapped).getOctets());
    }
}
