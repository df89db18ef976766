package org.danelaw.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.danelaw.lab.judges.DelvJudge;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.HostPlan;
import org.danelaw.lab.realm.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// BIND's validator and ours over all named domains of the lab: the MX, the hosts' addresses and the TLSA records.
@Tag("peers")
class DelvPeersTest {
    private static final int PORT = 25;
    private static final int AT_ONCE = 24;

    /// The domains of which delv judges something otherwise, and why.
    private static final Map<String, String> DIFFERENCES = Map.of(
            "tlsa-in-opt-out-span.danelaw.",
            "an opted-out span proves nothing (RFC 5155 section 9.2); delv calls the denial validated",
            "key-tags-collide.danelaw.",
            "each key of the tag is to be tried (RFC 4035 section 5.3.1); BIND stops at the first failure",
            "key-trap.danelaw.",
            "names whose signatures are sound, by one of the colliding keys; BIND stops at the first failure",
            "one-corrupt-signature.danelaw.",
            "one good signature is enough (RFC 6840 section 5.4); BIND stops at the first failure");

    private record Asked(Name name, int type) {
        @Override
        public String toString() {
            return name + " " + Type.string(type);
        }
    }

    @Test
    void delvJudgesEveryNamedDomainTheSameButForTheListedOnes(@TempDir Path directory) throws Exception {
        var now = Instant.now();
        var realm = Realm.danelaw(now, PORT);
        var internet = realm.internet();
        var judged = new AtomicInteger();
        var differing = new ConcurrentSkipListMap<String, String>();
        try (var panel = Panel.before(internet, now, directory);
                var server = NameServer.start(Answers.recursive(internet));
                // Servers that do not answer make both wait: side by side, that costs little.
                var askers = Executors.newFixedThreadPool(AT_ONCE)) {
            var delv = DelvJudge.before(internet, server.address(), directory);
            var asked = askers.invokeAll(questions(realm.domains()).stream()
                    .<Callable<Boolean>>map(question -> () -> {
                        judge(question, panel, delv).ifPresent(how -> differing.put(question.toString(), how));
                        return true;
                    })
                    .toList());
            for (var question : asked) {
                judged.addAndGet(question.get() ? 1 : 0);
            }
        }
        System.out.println(differing);
        System.out.println("delv: " + judged + " questions, " + differing.size() + " judged otherwise");
        assertThat(differing.keySet()).allMatch(DelvPeersTest::isExplained, "is listed");
    }

    private static boolean isExplained(String question) {
        return DIFFERENCES.keySet().stream()
                .anyMatch(domain -> question.split(" ", -1)[0].endsWith("." + domain) || question.startsWith(domain));
    }

    /// How the two differ; what nobody answers is not judged.
    private static Optional<String> judge(Asked asked, Panel panel, DelvJudge delv) throws IOException {
        if (!panel.isAnswered(asked.name(), asked.type())) {
            return Optional.empty();
        }
        var ours = panel.ours(asked.name(), asked.type()).ruling();
        var theirs = delv.on(asked.name(), asked.type());
        return ours == theirs ? Optional.empty() : Optional.of("delv " + theirs + ", Danelaw " + ours);
    }

    private static List<Asked> questions(List<Domain> domains) throws IOException {
        var questions = new ArrayList<Asked>();
        for (var domain : domains) {
            questions.add(new Asked(domain.name(), Type.MX));
            for (HostPlan host : domain.hosts()) {
                questions.add(new Asked(host.name(), Type.A));
                questions.add(new Asked(host.name(), Type.AAAA));
                questions.add(new Asked(Name.fromString("_" + PORT + "._tcp", host.name()), Type.TLSA));
            }
        }
        return questions;
    }
}
