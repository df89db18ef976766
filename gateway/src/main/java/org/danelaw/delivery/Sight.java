package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.danelaw.dnssec.Proof;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.TlsaFinding;

/// What stands in the DNS of a lane's destination at one moment, as far as delivery goes by it: two sights are compared
/// to know whether another attempt could end otherwise.
///
/// @param facts without their proofs, and in no order that says nothing
/// @param fresh how long the first of them lasts; empty where a look-up failed
record Sight(List<Object> facts, Optional<Duration> fresh) {
    Sight {
        facts = List.copyOf(facts);
    }

    /// Asks the DNS, whose answers may come from a cache.
    ///
    /// @param now by the wall clock
    static Sight of(Footing footing, Instant now) {
        var eye = new Eye();
        switch (footing) {
            case Footing.Firm firm -> eye.see(firm);
            case Footing.Withheld(var why) -> eye.fail(why);
            case Footing.Discarded discarded -> eye.see(discarded);
            case Footing.Unnameable unnameable -> eye.see(unnameable);
        }
        return new Sight(eye.facts, eye.failed ? Optional.empty() : Optional.of(Duration.between(now, eye.until)));
    }

    /// Whether it shows what the other does.
    boolean isLike(Sight other) {
        return facts.equals(other.facts);
    }

    /// Gathers what there is to see.
    private static final class Eye {
        private final List<Object> facts = new ArrayList<>();
        private Instant until = Instant.MAX;
        private boolean failed;

        void see(Object fact) {
            facts.add(fact);
        }

        private void see(Proof proof, Object... more) {
            if (proof.validUntil().isBefore(until)) {
                until = proof.validUntil();
            }
            facts.add(List.of(more));
        }

        /// How a look-up fails in detail may be another thing each time.
        void fail(Object how) {
            failed = true;
            facts.add(how);
        }

        void see(Footing.Firm firm) {
            switch (firm.destination()) {
                case Destination.Hosts hosts -> {
                    see(hosts.proof(), hosts.trust(), new HashSet<>(hosts.hosts()));
                    // Equals are shuffled each time.
                    hosts.hosts().stream()
                            .sorted(Comparator.comparingInt(MxHost::preference).thenComparing(MxHost::name))
                            .map(firm::host)
                            .forEach(this::see);
                }
                case Destination.NullMx(var proof) -> see(proof, "null MX");
                case Destination.NoSuchDomain(var proof) -> see(proof, "no such domain");
                case Destination.Unresolved(var trouble, var why) -> fail(trouble);
            }
        }

        private void see(HostFinding host) {
            see(host.expanded());
            for (var family : AddressFamily.values()) {
                see(host.of(family));
            }
            see(host.tlsa());
        }

        private void see(AddressFinding finding) {
            switch (finding) {
                case AddressFinding.Secure(var addresses, var proof) -> see(proof, "secure", new HashSet<>(addresses));
                case AddressFinding.Insecure(var addresses, var proof) ->
                    see(proof, "insecure", new HashSet<>(addresses));
                case AddressFinding.None(var proof) -> see(proof, "none");
                case AddressFinding.Failed(var trouble, var why) -> fail(trouble);
            }
        }

        private void see(TlsaFinding finding) {
            switch (finding) {
                case TlsaFinding.Usable(var records, var base, var proof) -> see(proof, base, new HashSet<>(records));
                case TlsaFinding.AllUnusable(var records, var base, var proof) ->
                    see(proof, base, new HashSet<>(records));
                case TlsaFinding.Insecure(var base, var proof) -> see(proof, "insecure", base);
                case TlsaFinding.Absent(var why, var proof) -> see(proof, "absent");
                case TlsaFinding.NotAsked(var why, var proof) -> see(proof, "not asked");
                case TlsaFinding.Failed(var trouble, var why) -> fail(trouble);
            }
        }
    }
}
