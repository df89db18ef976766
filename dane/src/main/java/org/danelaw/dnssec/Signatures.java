package org.danelaw.dnssec;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/// Checks record sets' signatures with a zone's keys, at one moment (RFC 4035 section 5.3).
public final class Signatures {
    private final ZoneKeys keys;
    private final Instant now;
    private final Budget budget;

    public Signatures(ZoneKeys keys, Instant now, Budget budget) {
        this.keys = keys;
        this.now = now;
        this.budget = budget;
    }

    /// Looks for a signature that holds; one is enough (RFC 6840 section 5.11).
    public Checked check(SignedSet signed) {
        return new Check(signed.set()).first(signed.signatures());
    }

    /// How far a signature came before it failed; the farthest of them explains most.
    private enum Stage {
        ABSENT,
        FORM,
        ALGORITHM,
        KEY,
        TIME,
        MATHEMATICS
    }

    /// The check of one set.
    private final class Check {
        private final RecordSet set;
        private final CanonicalForm form;
        private int checksLeft = Budget.SIGNATURE_CHECKS_A_SET;
        private Stage farthest = Stage.ABSENT;
        // Sentences are made for failures alone: most sets are good, and a sentence costs as much as a record set.
        private Optional<Reason> reason = Optional.empty();

        Check(RecordSet set) {
            this.set = set;
            this.form = new CanonicalForm(set);
        }

        Checked first(List<RRSIGRecord> signatures) {
            for (RRSIGRecord signature : signatures) {
                var period = Period.of(signature, now);
                if (hasForm(signature) && hasAlgorithm(signature) && isInTime(period) && holds(signature)) {
                    return verified(signature, period);
                }
            }
            return new Checked.Failed(reason.orElseGet(
                    () -> new Reason("no signature came with " + subject(), ExtendedError.RRSIGS_MISSING)));
        }

        private boolean hasForm(RRSIGRecord signature) {
            return (isOfZone(signature) && hasPossibleLabels(signature))
                    || miss(Stage.FORM, "has a signature that is not made for it", ExtendedError.DNSSEC_BOGUS);
        }

        /// RFC 4035 section 5.3.1: owner and type are the set's, and the signer is the zone that holds the set.
        private boolean isOfZone(RRSIGRecord signature) {
            return signature.getTypeCovered() == set.type()
                    && signature.getName().equals(set.owner())
                    && signature.getSigner().equals(keys.zone())
                    && set.owner().subdomain(keys.zone());
        }

        /// RFC 4035 section 5.3.1: no more labels than the owner has. No fewer than the zone has either: a wildcard
        /// above the zone is not the zone's to sign.
        private boolean hasPossibleLabels(RRSIGRecord signature) {
            return signature.getLabels() <= labelsWithoutWildcard(set.owner())
                    && signature.getLabels() >= keys.zone().labels() - 1;
        }

        private boolean hasAlgorithm(RRSIGRecord signature) {
            return Algorithm.of(signature.getAlgorithm()).isPresent()
                    || miss(
                            Stage.ALGORITHM,
                            "is signed with algorithm " + signature.getAlgorithm() + ", which we do not know",
                            ExtendedError.UNSUPPORTED_DNSKEY_ALGORITHM);
        }

        private boolean isInTime(Period period) {
            return switch (period.relation(now)) {
                case WITHIN, WITHIN_SKEW -> true;
                case BEFORE ->
                    miss(
                            Stage.TIME,
                            "has a signature that counts only from " + period.inception() + " on",
                            ExtendedError.SIGNATURE_NOT_YET_VALID);
                case AFTER ->
                    miss(
                            Stage.TIME,
                            "has a signature that ended at " + period.expiration(),
                            ExtendedError.SIGNATURE_EXPIRED);
            };
        }

        /// RFC 4035 section 5.3.1: a key tag does not name one key; all that have it are tried, within bounds.
        private boolean holds(RRSIGRecord signature) {
            byte[] octets = null;
            for (ZoneKey key : keys.keys()) {
                if (key.tag() != signature.getFootprint() || key.algorithm() != signature.getAlgorithm()) {
                    continue;
                }
                if (!key.maySign()) {
                    missKey(signature, key);
                    continue;
                }
                if (checksLeft-- <= 0 || !budget.allowsSignatureCheck()) {
                    return miss(
                            Stage.MATHEMATICS,
                            "has more keys and signatures than we are ready to try",
                            ExtendedError.DNSSEC_BOGUS);
                }
                octets = octets == null ? form.signedOctets(signature) : octets;
                if (key.signed(octets, signature.getSignature())) {
                    return true;
                }
                miss(
                        Stage.MATHEMATICS,
                        "has a signature that key " + describe(signature) + " did not make",
                        ExtendedError.DNSSEC_BOGUS);
            }
            return miss(
                    Stage.KEY,
                    "is signed with key " + describe(signature) + ", which the zone does not have"
                            + (restsOnSha1(signature) ? ", or which counts for nothing (sha1 = insecure)" : ""),
                    ExtendedError.DNSKEY_MISSING);
        }

        private static boolean restsOnSha1(RRSIGRecord signature) {
            return Algorithm.of(signature.getAlgorithm())
                    .filter(Algorithm::restsOnSha1)
                    .isPresent();
        }

        private void missKey(RRSIGRecord signature, ZoneKey key) {
            if (key.isZoneKey()) {
                miss(
                        Stage.KEY,
                        "is signed with key " + describe(signature) + ", which is revoked or not for DNSSEC",
                        ExtendedError.DNSKEY_MISSING);
            } else {
                miss(
                        Stage.KEY,
                        "is signed with key " + describe(signature) + ", which is no zone key",
                        ExtendedError.NO_ZONE_KEY_BIT_SET);
            }
        }

        private Checked verified(RRSIGRecord signature, Period period) {
            long seconds = Math.min(set.ttlSeconds(), secondsAllowed(signature, period));
            var step = new Proof.Step.Signed(
                    set.owner(),
                    set.type(),
                    keys.zone(),
                    signature.getFootprint(),
                    signature.getAlgorithm(),
                    period.inception(),
                    period.expiration());
            int surplus = labelsWithoutWildcard(set.owner()) - signature.getLabels();
            return new Checked.Verified(
                    new RecordSet(set.owner(), set.type(), seconds, set.records()),
                    surplus > 0 ? set.owner().wild(set.owner().labels() - 1 - signature.getLabels()) : set.owner(),
                    step,
                    now.plusSeconds(seconds));
        }

        /// RFC 4035 section 5.3.3: never longer than the signature's own TTL, than the original TTL, nor than the
        /// signature
        /// counts. What only our tolerance for clocks let through is not kept at all.
        private long secondsAllowed(RRSIGRecord signature, Period period) {
            if (period.relation(now) == Period.Relation.WITHIN_SKEW) {
                return 0;
            }
            long told = Math.min(signature.getTTL(), signature.getOrigTTL());
            return Math.min(told, Duration.between(now, period.expiration()).toSeconds());
        }

        private boolean miss(Stage stage, String what, ExtendedError code) {
            if (stage.compareTo(farthest) > 0) {
                farthest = stage;
                reason = Optional.of(new Reason(subject() + " " + what, code));
            }
            return false;
        }

        private String subject() {
            return set.owner() + " " + Type.string(set.type());
        }

        private String describe(RRSIGRecord signature) {
            return signature.getFootprint() + " (algorithm " + signature.getAlgorithm() + ") of " + keys.zone();
        }
    }

    /// RFC 4034 section 3.1.3: neither the root label nor a leading asterisk counts.
    private static int labelsWithoutWildcard(Name owner) {
        return owner.labels() - 1 - (owner.isWild() ? 1 : 0);
    }
}
