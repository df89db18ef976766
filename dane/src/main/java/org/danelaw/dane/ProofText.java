package org.danelaw.dane;

import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Proof.Step;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Type;

/// A proof as lines to read, in the order of its chain.
final class ProofText {
    private ProofText() {}

    static List<String> lines(Proof proof) {
        return proof.steps().stream().map(ProofText::line).toList();
    }

    private static String line(Step step) {
        return switch (step) {
            case Step.Anchored(var zone, var tag, var algorithm) ->
                "a trust anchor admits key " + key(tag, algorithm) + " of " + zone;
            case Step.Delegated(var zone, var tag, var algorithm, var digest) ->
                "a DS record (digest " + digest + ") admits key " + key(tag, algorithm) + " of " + zone;
            case Step.Signed(var owner, var type, var signer, var tag, var algorithm, var from, var until) ->
                "key " + key(tag, algorithm) + " of " + signer + " signed " + owner + " " + Type.string(type)
                        + ", valid until " + until;
            case Step.Denied(var name, var type, var zone, var how) ->
                zone + " denies " + name + " " + Type.string(type) + ": " + how;
            case Step.NotDenied(var name, var type, var zone, var why) ->
                zone + " does not deny " + name + " " + Type.string(type) + ": " + why;
            case Step.Unsigned(var zone, var why) -> "below " + zone + " nothing is signed: " + why;
        };
    }

    private static String key(int tag, int algorithm) {
        return tag + " (" + DNSSEC.Algorithm.string(algorithm) + ")";
    }
}
