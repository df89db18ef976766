package org.danelaw.dnssec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.danelaw.dns.Question;
import org.danelaw.dns.Received;
import org.danelaw.dns.SignedSet;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Zone;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/// Signature checks in a second of one core: through [Signatures], from parsed records to a verdict, beside the bare
/// provider, which is handed ready octets and an imported key. Prints a line for each algorithm, with the ratio.
///
/// It is CPU time that is measured, and rounds of both take turns, so that whatever else runs on the machine does
/// not matter much.
final class SignatureBench {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int ROUNDS = 20;
    private static final Duration ROUND = Duration.ofMillis(150);
    private static final int SETS = 64;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SignatureBench() {}

    public static void main(String[] arguments) {
        System.out.println(Crypto.fastest().describe());
        System.out.printf(Locale.ROOT, "%n%-20s %12s %12s %7s%n", "algorithm", "provider/s", "Danelaw/s", "ratio");
        for (var algorithm : org.danelaw.lab.world.Algorithm.values()) {
            var subject = Subject.of(algorithm);
            time(subject::ours, WARM_UP);
            time(subject::bare, WARM_UP);
            double ours = 0;
            double bare = 0;
            for (int round = 0; round < ROUNDS; round++) {
                bare += time(subject::bare, ROUND);
                ours += time(subject::ours, ROUND);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %12.0f %12.0f %6.0f%%%n",
                    algorithm,
                    bare / ROUNDS,
                    ours / ROUNDS,
                    100 * ours / bare);
        }
    }

    /// How often `work` ran in a second of this thread's CPU time, all of [#SETS] each time.
    private static double time(Runnable work, Duration length) {
        long start = THREADS.getCurrentThreadCpuTime();
        long taken = 0;
        long runs = 0;
        while (taken < length.toNanos()) {
            work.run();
            runs += SETS;
            taken = THREADS.getCurrentThreadCpuTime() - start;
        }
        return runs * 1e9 / taken;
    }

    /// Many sets of a zone, as they came in replies, and its keys.
    private record Subject(ZoneKeys keys, List<SignedSet> sets, ImportedKey key, List<byte[]> octets) {
        static Subject of(org.danelaw.lab.world.Algorithm algorithm) {
            String hosts = IntStream.range(0, SETS)
                    .mapToObj(number -> "host" + number + " A 192.0.2." + number + "\n")
                    .collect(Collectors.joining());
            var internet =
                    Internet.at(NOW, Zone.named("dane.example").with(hosts).signedWith(algorithm));
            var dnskeys = ask(internet, "dane.example.", Type.DNSKEY);
            var keys = ZoneKeys.of(dnskeys.set().owner(), dnskeys.set().as(DNSKEYRecord.class), Crypto.fastest());
            var sets = new ArrayList<SignedSet>();
            var octets = new ArrayList<byte[]>();
            for (int number = 0; number < SETS; number++) {
                var set = ask(internet, "host" + number + ".dane.example.", Type.A);
                sets.add(set);
                octets.add(new CanonicalForm(set.set())
                        .signedOctets(set.signatures().getFirst()));
            }
            return new Subject(
                    keys, sets, signer(keys, sets.getFirst().signatures().getFirst()), octets);
        }

        private static SignedSet ask(Internet internet, String name, int type) {
            var question = new Question(Name.fromConstantString(name), type);
            byte[] wire = internet.answer(Query.of(question.name(), type)).toWire();
            return ((Received.Understood) Received.of(wire))
                    .replyTo(question)
                    .answer()
                    .getFirst();
        }

        private static ImportedKey signer(ZoneKeys keys, RRSIGRecord signature) {
            var key = keys.keys().stream()
                    .filter(candidate -> candidate.tag() == signature.getFootprint())
                    .findFirst()
                    .orElseThrow();
            return Crypto.fastest()
                    .key(
                            Algorithm.of(key.algorithm()).orElseThrow(),
                            Objects.requireNonNull(key.dnskey().getKey()))
                    .orElseThrow();
        }

        void ours() {
            for (SignedSet set : sets) {
                if (!(new Signatures(keys, NOW, new Budget()).check(set) instanceof Checked.Verified)) {
                    throw new AssertionError("not verified: " + set);
                }
            }
        }

        void bare() {
            for (int i = 0; i < SETS; i++) {
                if (!key.signed(
                        octets.get(i), sets.get(i).signatures().getFirst().getSignature())) {
                    throw new AssertionError("not verified: " + sets.get(i));
                }
            }
        }
    }
}
