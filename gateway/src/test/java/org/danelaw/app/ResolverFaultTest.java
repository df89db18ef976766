package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.IntakeEvent;
import org.danelaw.lab.exam.Exam;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Outcome;
import org.danelaw.lab.realm.Realm;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Misconduct;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A gateway whose only resolver goes away, or lies: mail whose domain is held to DANE waits until the resolver
/// is there and honest again, and goes then.
@Timeout(1800)
class ResolverFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ATTACKER = "127.0.0.66";
    private static final Conduct HONEST = (query, usual) -> usual;

    /// Sound, signed without TLSA records, without DNSSEC, and with the wrong key: enough for each day.
    private static final Set<String> FEW =
            Set.of("dane-ee.danelaw", "dane-ta.danelaw", "no-tlsa.danelaw", "wrong-key.danelaw", "expired.danelaw");

    private static final Set<String> DAILY = Set.of(
            "strips signatures",
            "forges addresses",
            "denies TLSA records",
            "denies every name",
            "stalls at TLSA records");

    private static final AtomicInteger SENT = new AtomicInteger();
    private static final AtomicInteger KINDS_PASSED = new AtomicInteger();
    private static final AtomicInteger DELIVERED = new AtomicInteger();

    private static LiveRealm live;
    private static MailHost attacker;

    @TempDir
    private Path folder;

    private final AtomicReference<Conduct> conduct = new AtomicReference<>(HONEST);
    private final Opened opened = new Opened();

    @BeforeAll
    static void buildTheWorld() throws IOException {
        live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()));
        var like = live.realm().hosts().getFirst();
        attacker = live.realm()
                .settings(like)
                .on(InetAddress.ofLiteral(ATTACKER), live.realm().port())
                .start();
    }

    @AfterAll
    static void endTheWorld() throws IOException {
        if (KINDS_PASSED.get() == kinds().count()) {
            ExamResult.unseeded(
                            "resolver-that-lies",
                            SENT.get(),
                            "messages",
                            "in " + kinds().count() + " ways; none went where DANE does not let it, and the "
                                    + DELIVERED + " that may go went after the lie")
                    .report();
        }
        attacker.close();
        live.close();
    }

    @AfterEach
    void stop() throws IOException {
        opened.close();
    }

    @Test
    void mailWaitsWhileTheResolverIsGoneAndGoesWhenItIsBack() throws Exception {
        var resolver = resolver(0);
        var port = resolver.address().getPort();
        var gateway = gateway(DemoMode.OPPORTUNISTIC, port);
        resolver.close();
        var domains = Stream.of("dane-ee.danelaw", "no-tlsa.danelaw")
                .map(ResolverFaultTest::domain)
                .toList();
        gateway.send(domains);

        for (var domain : domains) {
            var ended = gateway.ended(domain);
            assertThat(ended.ending().outcome()).isEqualTo(Outcome.DEFERRED);
            assertThat(ended.reason()).isIn("domain lookup error", "no DNSSEC-capable resolver");
            assertThat(ended.sentence()).contains("127.0.0.1:" + port);
            assertThat(live.mailCount(domain)).isZero();
        }

        try (var back = resolver(port)) {
            assertThat(back.address().getPort()).isEqualTo(port);
            gateway.awaitAll(domains);
        }
        assertThat(gateway.wrong).isEmpty();
        assertThat(live.hosts(Name.fromConstantString("mx.dane-ee.danelaw.")))
                .allSatisfy(host -> assertThat(host.mails()).allMatch(mail -> mail.underTls()));
    }

    /// What a resolver may lie about, but for the root: so it is thought to be capable of DNSSEC.
    static Map<String, Conduct> lies() {
        return Map.ofEntries(
                Map.entry("strips signatures", Misconduct.stripDnssec().then(Misconduct.claimAuthenticity())),
                Map.entry("forges addresses", forge().then(Misconduct.claimAuthenticity())),
                Map.entry(
                        "forges and strips",
                        forge().then(Misconduct.stripDnssec()).then(Misconduct.claimAuthenticity())),
                Map.entry("denies TLSA records", Misconduct.forType("TLSA", denial(Rcode.NOERROR))),
                Map.entry("denies TLSA names", Misconduct.forType("TLSA", denial(Rcode.NXDOMAIN))),
                Map.entry("denies every name", denial(Rcode.NXDOMAIN)),
                Map.entry("denies every record", denial(Rcode.NOERROR)),
                Map.entry("fails", Misconduct.servfail()),
                Map.entry("fails for TLSA records", Misconduct.forType("TLSA", Misconduct.servfail())),
                Map.entry("stalls", Misconduct.areSilent()),
                Map.entry("stalls at TLSA records", Misconduct.forType("TLSA", Misconduct.areSilent())),
                Map.entry("talks garbage", Misconduct.talkGarbage()),
                Map.entry("breaks off", Misconduct.breakOff()),
                Map.entry("cuts every answer off", Misconduct.truncateAlways()),
                Map.entry("answers another question", Misconduct.answerAnotherQuestion()));
    }

    static Stream<String> kinds() {
        return lies().keySet().stream().sorted().filter(kind -> Exam.running() || DAILY.contains(kind));
    }

    @ParameterizedTest(name = "a resolver that {0}")
    @MethodSource("kinds")
    void aLieOnlyEverMakesMailWait(String kind) throws Exception {
        var lie = Objects.requireNonNull(lies().get(kind));
        var before = attacker.mailCount();
        var resolver = resolver(0);
        opened.with(resolver, resolver::close);
        var opportunistic = gateway(DemoMode.OPPORTUNISTIC, resolver.address().getPort());
        var mandatory = gateway(DemoMode.MANDATORY, resolver.address().getPort());
        conduct.set(Misconduct.when(query -> query.name().labels() > 1, lie));
        var domains = domains();
        opportunistic.send(domains);
        mandatory.send(domains);

        for (var domain : domains) {
            // DANE is bypassed where nobody promised it, but never where it is promised (RFC 7672 section 2.1.1).
            assertThat(opportunistic.ended(domain).ending().outcome())
                    .as("%s, opportunistic", domain.mailName())
                    .isIn(Outcome.DEFERRED, domain.opportunistic().outcome());
            assertThat(mandatory.ended(domain).ending().outcome())
                    .as("%s, mandatory", domain.mailName())
                    .isIn(Outcome.DEFERRED, domain.mandatory().outcome());
        }
        assertThat(attacker.mailCount()).isEqualTo(before);

        conduct.set(HONEST);
        // What is bogus is believed to be so for a minute, which no test waits for.
        opportunistic.gateway().resolver().flush();
        mandatory.gateway().resolver().flush();
        var sound = domains.stream()
                .filter(domain -> domain.mandatory().outcome() == Outcome.AUTHENTICATED)
                .toList();
        opportunistic.awaitAll(sound);
        mandatory.awaitAll(sound);
        assertThat(opportunistic.wrong).isEmpty();
        assertThat(mandatory.wrong).isEmpty();
        SENT.addAndGet(2 * domains.size());
        KINDS_PASSED.incrementAndGet();
        DELIVERED.addAndGet(2 * sound.size());
    }

    /// Those that are held to DANE: about others a resolver can lie, for nobody has signed them.
    private static List<Domain> domains() {
        return live.realm().domains().stream()
                .filter(live::runs)
                // Here the MX records are unsigned: who forges them can have the mail bounce (RFC 7672 section 2.2.1).
                .filter(domain -> !domain.mailName().startsWith("insecure-mx"))
                .filter(domain -> Exam.running() || FEW.contains(domain.mailName()))
                .filter(domain -> Set.of(Outcome.AUTHENTICATED, Outcome.DEFERRED)
                                .contains(domain.opportunistic().outcome())
                        || domain.mailName().equals("no-tlsa.danelaw"))
                .toList();
    }

    private static Domain domain(String name) {
        return live.realm().domains().stream()
                .filter(domain -> domain.mailName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Conduct denial(int rcode) {
        return (query, usual) -> usual.map(message -> {
            var denied = message.clone();
            denied.removeAllRecords(Section.ANSWER);
            denied.removeAllRecords(Section.AUTHORITY);
            denied.getHeader().setRcode(rcode);
            return denied;
        });
    }

    /// Leads every name to the attacker, under the signatures of the truth.
    private static Conduct forge() {
        return (query, usual) -> usual.map(message -> {
            var forged = message.clone();
            forged.removeAllRecords(Section.ANSWER);
            message.getSection(Section.ANSWER).forEach(record -> forged.addRecord(forged(record), Section.ANSWER));
            return forged;
        });
    }

    private static Record forged(Record record) {
        return switch (record.getType()) {
            case Type.A -> new ARecord(record.getName(), record.getDClass(), record.getTTL(), address());
            case Type.MX -> new MXRecord(record.getName(), record.getDClass(), record.getTTL(), 1, record.getName());
            default -> record;
        };
    }

    private static InetAddress address() {
        return InetAddress.ofLiteral(ATTACKER);
    }

    private NameServer resolver(int port) throws IOException {
        var honest = Answers.recursive(live.realm().internet());
        return NameServer.start("127.0.0.1", port, query -> answer(query, honest));
    }

    private Response answer(Query query, Answers honest) {
        return conduct.get().toward(query, honest.to(query));
    }

    private Sender gateway(DemoMode mode, int resolver) throws IOException {
        var witness = new Witness();
        var sender = new Sender(mode, witness);
        var file = Operation.configure(live, folder);
        var text = Files.readString(file)
                .replace("\"data\"", "\"" + mode.word() + "\"")
                .replace("\"mandatory\"", "\"" + mode.word() + "\"")
                .replace(":" + live.resolver().address().getPort(), ":" + resolver)
                .replace("[dns]\n", "[dns]\ntimeouts-seconds = [1]\n");
        var other = Files.writeString(folder.resolve(mode.word() + ".toml"), text + """
                [bounce-profile.default]
                initial-retry-seconds = 1
                max-retry-seconds = 1
                max-retries = 1000000
                """);
        if (!(ConfigFile.read(other) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        sender.started = Optional.of(opened.with(Gateway.start(settings, Dialer::tcp, List.of(witness, sender))));
        return sender;
    }

    /// A gateway with mail to send.
    private static final class Sender implements Events {
        private final DemoMode mode;
        private final Witness witness;
        private final Set<Long> finished = ConcurrentHashMap.newKeySet();
        private final Map<String, Long> mids = new ConcurrentHashMap<>();
        final List<Event> wrong = new CopyOnWriteArrayList<>();
        private Optional<Gateway> started = Optional.empty();

        Sender(DemoMode mode, Witness witness) {
            this.mode = mode;
            this.witness = witness;
        }

        Gateway gateway() {
            return started.orElseThrow();
        }

        void send(List<Domain> domains) throws IOException, InterruptedException {
            var address = gateway().addresses().values().iterator().next();
            new Postman(mode, address, witness).send(domains);
        }

        Ended ended(Domain domain) throws InterruptedException {
            return witness.of(mode.recipient(domain), PATIENCE)
                    .orElseThrow(() -> new AssertionError("no outcome for " + domain.mailName()));
        }

        /// Waits until the mail to these is delivered.
        void awaitAll(List<Domain> domains) throws InterruptedException {
            var wanted = domains.stream()
                    .map(domain -> mids.get(mode.recipient(domain)))
                    .toList();
            synchronized (finished) {
                while (!finished.containsAll(wanted)) {
                    finished.wait();
                }
            }
        }

        @Override
        public void accept(Event event) {
            switch (event) {
                case IntakeEvent.RecipientTaken(var mid, var icid, var rid, var to) -> mids.put(to.toString(), mid);
                case DeliveryEvent.Bounced bounced -> wrong.add(bounced);
                case DeliveryEvent.DaneJudged judged
                when judged.dcid() != DeliveryEvent.NO_CONNECTION
                        && judged.domain().startsWith("dane-") -> {
                    if (judged.result() != DeliveryEvent.DaneResult.SUCCESS) {
                        wrong.add(judged);
                    }
                }
                case DeliveryEvent.Finished(var mid) -> {
                    synchronized (finished) {
                        finished.add(mid);
                        finished.notifyAll();
                    }
                }
                default -> {
                    // Nothing else is of interest here.
                }
            }
        }
    }
}
