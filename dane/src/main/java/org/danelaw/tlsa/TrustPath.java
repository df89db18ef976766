package org.danelaw.tlsa;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks for a way from a server's certificate to an anchor, through certificates that the server presented
/// in any order, with any others among them (RFC 5246 section 7.4.2 asks for order, servers do not keep
/// it).
///
/// It climbs from issuer to issuer by their names, the nearest anchor first, and holds each way that ends
/// at an anchor against [PathRules]. Both the climbing and the checking are bounded, because the server
/// chooses what there is to climb: certificates of the same name, each issued by all the others, would make
/// 15! ways.
final class TrustPath {
    /// Steps from a certificate to an issuer; a real chain takes up to four.
    static final int MOST_STEPS = 256;
    /// Signatures checked for one server.
    static final int MOST_SIGNATURE_CHECKS = 64;

    private final List<X509Certificate> issuers;
    private final Anchors anchors;
    private final Instant now;
    private final List<String> failures = new ArrayList<>();
    private int steps;
    private int signatureChecks;

    /// The authorities that a path may end at.
    interface Anchors {
        /// What this presented certificate is an anchor by: nothing, or several things with different
        /// limits.
        List<Anchor> in(X509Certificate presented);

        /// Those that are not among what was presented and may have issued this certificate.
        List<Anchor> above(X509Certificate certificate);
    }

    sealed interface Result {
        /// `certificates` lie below the anchor, the server's own first.
        record Found(Anchor anchor, List<X509Certificate> certificates) implements Result {}

        /// Why each way that was tried is none; empty if there was no way to any anchor.
        record Nowhere(List<String> failures) implements Result {}
    }

    private TrustPath(List<X509Certificate> issuers, Anchors anchors, Instant now) {
        this.issuers = issuers;
        this.anchors = anchors;
        this.now = now;
    }

    static Result search(X509Certificate leaf, List<X509Certificate> others, Anchors anchors, Instant now) {
        var search = new TrustPath(others, anchors, now);
        return search.climb(List.of(leaf))
                .<Result>map(found -> found)
                .orElseGet(() ->
                        new Result.Nowhere(search.failures.stream().distinct().toList()));
    }

    private Optional<Result.Found> climb(List<X509Certificate> below) {
        var top = below.getLast();
        if (++steps > MOST_STEPS) {
            failures.add("more than " + MOST_STEPS + " steps from issuer to issuer led nowhere");
            return Optional.empty();
        }
        var above = issuers.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(top.getIssuerX500Principal()))
                .filter(issuer -> !below.contains(issuer))
                .toList();
        for (var anchor : anchorsOf(top, above)) {
            if (leadsTo(anchor, below)) {
                return Optional.of(new Result.Found(anchor, below));
            }
        }
        for (var issuer : above) {
            var longer = new ArrayList<>(below);
            longer.add(issuer);
            var found = climb(longer);
            if (found.isPresent() || steps > MOST_STEPS) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<Anchor> anchorsOf(X509Certificate top, List<X509Certificate> above) {
        var found = new ArrayList<Anchor>();
        above.forEach(issuer -> found.addAll(anchors.in(issuer)));
        found.addAll(anchors.above(top));
        return found;
    }

    private boolean leadsTo(Anchor anchor, List<X509Certificate> below) {
        signatureChecks += 1;
        if (signatureChecks > MOST_SIGNATURE_CHECKS) {
            failures.add("more than " + MOST_SIGNATURE_CHECKS + " signatures would have to be checked");
            return false;
        }
        if (!isSignedBy(below.getLast(), anchor)) {
            failures.add("the certificate of " + PathRules.nameOf(below.getLast()) + " is not signed by the authority");
            return false;
        }
        signatureChecks += below.size();
        var broken = PathRules.firstBroken(below, anchor, now);
        broken.ifPresent(failures::add);
        return broken.isEmpty();
    }

    private static boolean isSignedBy(X509Certificate certificate, Anchor anchor) {
        try {
            certificate.verify(anchor.key());
            return true;
        } catch (GeneralSecurityException | RuntimeException other) {
            // The providers declare the first; what they throw for hostile keys and signatures is not all of it.
            return false;
        }
    }
}
