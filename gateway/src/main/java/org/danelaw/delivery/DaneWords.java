package org.danelaw.delivery;

import java.util.Optional;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.Destination;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.policy.Verdict;
import org.danelaw.queue.Lane;
import org.danelaw.tls.Evidence;

/// What DANE came to for a host, in the words of the mail log. Pure.
final class DaneWords {
    private DaneWords() {}

    /// A result and its reason.
    record Judged(DaneResult result, String reason) {}

    /// Why DANE does not apply at all; empty where it does.
    ///
    /// @param dane the destination's DANE Support, before the mail flow policy has its say
    static Optional<Judged> off(Lane lane, DaneSupport dane) {
        if (!lane.dane()) {
            // Said on each delivery: DANE that is switched off must never look like DANE that found
            // nothing (E11).
            return Optional.of(new Judged(DaneResult.OFF, "policy " + lane.policy()));
        }
        return dane == DaneSupport.NONE
                ? Optional.of(new Judged(DaneResult.OFF, "destination controls"))
                : Optional.empty();
    }

    /// A connection that is as it had to be.
    static Judged opened(Destination.Hosts destination, Candidate candidate, Protection protection, InsecureMx use) {
        if (candidate.requirement() instanceof TlsRequirement.Dane dane
                && protection instanceof Protection.Encrypted(Verdict.Matched matched, var evidence)) {
            return new Judged(
                    dane.mx() == MxTrust.INSECURE ? DaneResult.INSECURE_MX : DaneResult.SUCCESS,
                    proof(dane, matched, evidence) + " " + dnssec(dane, candidate));
        }
        return new Judged(
                DaneResult.FALLBACK, fallback(destination, candidate.host().tlsa(), use));
    }

    /// Whether what the host must prove comes from its TLSA records, and not from TLS Support alone.
    static boolean isBound(Candidate candidate) {
        return candidate.requirement() instanceof TlsRequirement.Dane
                || candidate.host().tlsa() instanceof TlsaFinding.AllUnusable;
    }

    /// Rule D18: the evidence, in one line; the cipher is in the connection's line `TLS success` just before it. A
    /// raw public key is never the peer's, because none is ever asked for (rule D16).
    private static String proof(TlsRequirement.Dane dane, Verdict.Matched matched, Evidence evidence) {
        var record = matched.by();
        return "TLSA " + record.usage() + " " + record.selector() + " " + record.matchingType()
                + (record.isBareKeyBeside(evidence.chain()) ? " bare key" : "")
                + " at depth " + matched.depth() + " base " + Names.text(dane.sni())
                + matched.name().map(name -> " name " + Names.text(name)).orElse("")
                + (evidence.group().isEmpty() ? "" : " group " + evidence.group());
    }

    /// How far DNSSEC vouches for each look-up that led to the proof. Only secure TLSA records are ever required.
    private static String dnssec(TlsRequirement.Dane dane, Candidate candidate) {
        return "mx " + word(dane.mx()) + " address " + word(candidate.found()) + " tlsa secure";
    }

    private static String word(MxTrust mx) {
        return switch (mx) {
            case SECURE -> "secure";
            case INSECURE -> "insecure";
            case CONFIGURED -> "configured";
        };
    }

    private static String word(AddressFinding found) {
        return switch (found) {
            case AddressFinding.Secure secure -> "secure";
            case AddressFinding.Insecure insecure -> "insecure";
            case AddressFinding.None none -> throw new IllegalStateException("an address out of nothing");
            case AddressFinding.Failed failed -> throw new IllegalStateException("an address of a failed look-up");
        };
    }

    private static String fallback(Destination.Hosts destination, TlsaFinding tlsa, InsecureMx use) {
        return switch (tlsa) {
            case TlsaFinding.NotAsked(var why, var proof) -> "destination without DNSSEC";
            case TlsaFinding.Insecure insecure -> "destination without DNSSEC";
            case TlsaFinding.Absent absent -> "no TLSA record";
            case TlsaFinding.AllUnusable unusable -> "no usable TLSA record";
            case TlsaFinding.Usable usable -> insecureMx(destination, use);
            case TlsaFinding.Failed failed -> insecureMx(destination, use);
        };
    }

    private static String insecureMx(Destination.Hosts destination, InsecureMx use) {
        return "insecure MX" + (destination.trust() == MxTrust.INSECURE ? ", insecure-mx = " + word(use) : "");
    }

    private static String word(InsecureMx use) {
        return switch (use) {
            case DANE -> "dane";
            case ENCRYPT -> "encrypt";
            case MAY -> "may";
        };
    }
}
