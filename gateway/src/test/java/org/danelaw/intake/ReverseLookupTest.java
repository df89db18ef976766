package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.events.ReverseName;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.Resolver;
import org.danelaw.resolver.ResolverEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

@Timeout(120)
final class ReverseLookupTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
    private static final InetAddress CLIENT_V6 = InetAddress.ofLiteral("2001:db8::7");
    private static final Name POINTER = Name.fromConstantString("7.2.0.192.in-addr.arpa.");
    private static final Name POINTER_V6 =
            Name.fromConstantString("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.");

    /// A DNS in which nothing is but what a test puts there.
    private static final class Zones implements Resolver {
        private static final Proof PROOF = new Proof(List.of(), Instant.MAX);
        private static final Reason TROUBLE = new Reason("the server answered SERVFAIL", ExtendedError.OTHER);
        private final Map<Question, Validated<Answer>> answers = new HashMap<>();
        private final List<Question> asked = new CopyOnWriteArrayList<>();

        Zones with(Record... records) {
            var set = new RecordSet(records[0].getName(), records[0].getType(), 60, List.of(records));
            return answer(set.owner(), set.type(), new Validated.Insecure<>(new Answer.Found(set, List.of()), PROOF));
        }

        Zones answer(Name name, int type, Validated<Answer> answer) {
            answers.put(new Question(name, type), answer);
            return this;
        }

        @Override
        public Validated<Answer> resolve(Question question) {
            asked.add(question);
            var nothing = new Validated.Secure<Answer>(new Answer.NoSuchName(List.of()), PROOF);
            return answers.getOrDefault(question, nothing);
        }

        ReverseName of(InetAddress client) {
            return new ReverseLookup(this, Duration.ofMinutes(1)).of(client);
        }
    }

    private final Zones zones = new Zones();

    private static Record pointer(Name owner, String target) {
        return new PTRRecord(owner, DClass.IN, 60, Name.fromConstantString(target));
    }

    private static Record address(String owner, String address) {
        var name = Name.fromConstantString(owner);
        var ip = InetAddress.ofLiteral(address);
        return ip.getAddress().length == 4
                ? new ARecord(name, DClass.IN, 60, ip)
                : new AAAARecord(name, DClass.IN, 60, ip);
    }

    @Test
    void aNameThatLeadsBackToTheClientIsVerified() {
        zones.with(pointer(POINTER, "MX.Example.ORG."))
                .with(address("mx.example.org.", "192.0.2.6"), address("mx.example.org.", "192.0.2.7"));

        assertThat(zones.of(CLIENT)).isEqualTo(new ReverseName.Verified("mx.example.org"));
    }

    @Test
    void soIsThatOfAnIpv6Client() {
        zones.with(pointer(POINTER_V6, "mx.example.org.")).with(address("mx.example.org.", "2001:db8::7"));

        assertThat(zones.of(CLIENT_V6)).isEqualTo(new ReverseName.Verified("mx.example.org"));
    }

    @Test
    void aNameThatLeadsElsewhereOrNowhereIsOnlyClaimed() {
        zones.with(pointer(POINTER, "mx.example.org.")).with(address("mx.example.org.", "198.51.100.7"));
        zones.with(pointer(POINTER_V6, "gone.example.org."));

        assertThat(zones.of(CLIENT)).isEqualTo(new ReverseName.Claimed("mx.example.org"));
        assertThat(zones.of(CLIENT_V6)).isEqualTo(new ReverseName.Claimed("gone.example.org"));
    }

    @Test
    void aClientWithoutANameIsUnknown() {
        assertThat(zones.of(CLIENT)).isEqualTo(new ReverseName.Unknown());
    }

    @Test
    void ofSeveralNamesAllThatLeadBackCountInAnOrderOfTheirOwn() {
        zones.with(
                        pointer(POINTER, "b.example.org."),
                        pointer(POINTER, "c.example.org."),
                        pointer(POINTER, "a.example.org."))
                .with(address("b.example.org.", "192.0.2.7"))
                .with(address("a.example.org.", "192.0.2.7"));

        assertThat(zones.of(CLIENT)).isEqualTo(new ReverseName.Verified(List.of("a.example.org", "b.example.org")));
    }

    @Test
    void onlySoManyNamesAreLookedAt() {
        var pointers = new ArrayList<Record>();
        for (int i = 0; i < 100; i++) {
            pointers.add(pointer(POINTER, "mx" + i + ".example.org."));
        }
        zones.with(pointers.toArray(Record[]::new));

        assertThat(zones.of(CLIENT)).isInstanceOf(ReverseName.Claimed.class);
        assertThat(zones.asked).hasSize(1 + IntakeLimits.REVERSE_NAMES);
    }

    @Test
    void whatNoHostIsCalledIsNoName() {
        zones.with(pointer(POINTER, "mx\\032verified\\032yes.example.org."));

        assertThat(zones.of(CLIENT)).isEqualTo(new ReverseName.Unknown());
    }

    @Test
    void aBogusReverseZoneGivesNoName() {
        zones.answer(POINTER, Type.PTR, new Validated.Bogus<>(Zones.TROUBLE));

        assertThat(zones.of(CLIENT))
                .isEqualTo(new ReverseName.Undecided(
                        Optional.empty(), "7.2.0.192.in-addr.arpa. PTR: the server answered SERVFAIL"));
    }

    @Test
    void aNameWhoseAddressesCannotBeHadIsNotVerified() {
        zones.with(pointer(POINTER, "mx.example.org."))
                .answer(Name.fromConstantString("mx.example.org."), Type.A, new Validated.Unavailable<>(Zones.TROUBLE));

        assertThat(zones.of(CLIENT))
                .isEqualTo(new ReverseName.Undecided(
                        Optional.of("mx.example.org"), "mx.example.org. A: the server answered SERVFAIL"));
    }

    @Test
    void aFailureBesideAVerifiedNameIsTold() {
        zones.with(pointer(POINTER, "a.example.org."), pointer(POINTER, "b.example.org."))
                .with(address("a.example.org.", "192.0.2.7"))
                .answer(Name.fromConstantString("b.example.org."), Type.A, new Validated.Unavailable<>(Zones.TROUBLE));

        assertThat(zones.of(CLIENT))
                .isEqualTo(new ReverseName.Verified(
                        List.of("a.example.org"), Optional.of("b.example.org. A: the server answered SERVFAIL")));
    }

    @Test
    void theClientIsNotKeptWaiting() {
        var never = new CountDownLatch(1);
        var lookup = new ReverseLookup(question -> forever(never), Duration.ofMillis(20));

        assertThat(lookup.of(CLIENT))
                .isEqualTo(new ReverseName.Undecided(Optional.empty(), "it took longer than 20 ms"));
        never.countDown();
    }

    @Test
    void clientsWhoseZonesDoNotAnswerLeaveRoomForOthers() {
        var never = new CountDownLatch(1);
        var lookup = new ReverseLookup(question -> forever(never), Duration.ZERO);
        for (int i = 0; i < IntakeLimits.REVERSE_LOOKUPS; i++) {
            lookup.of(CLIENT);
        }

        assertThat(lookup.of(CLIENT))
                .isEqualTo(new ReverseName.Undecided(
                        Optional.empty(), IntakeLimits.REVERSE_LOOKUPS + " of them are under way already"));
        never.countDown();
    }

    private static Validated<Answer> forever(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return new Validated.Unavailable<>(Zones.TROUBLE);
    }

    @Test
    void aSignedNameIsVerifiedAndAForgedOneIsNoName(@TempDir Path folder) throws Exception {
        var reverse = Zone.named("2.0.192.in-addr.arpa").with("7 PTR mx.inside.example.\n");
        var elsewhere = Zone.named("inside.example").with("mx A 198.51.100.7\n");
        var forged = elsewhere.but(Damage.recordsOf("mx", "A").areReplacedBy("mx A 192.0.2.7\n"));

        assertThat(throughTheLab(folder, reverse, Zone.named("inside.example").with("mx A 192.0.2.7\n")))
                .isEqualTo(new ReverseName.Verified("mx.inside.example"));
        assertThat(throughTheLab(folder, reverse, elsewhere)).isEqualTo(new ReverseName.Claimed("mx.inside.example"));
        assertThat(throughTheLab(folder, reverse, forged))
                .isInstanceOfSatisfying(
                        ReverseName.Undecided.class,
                        undecided -> assertThat(undecided.claimed()).contains("mx.inside.example"));
    }

    private static ReverseName throughTheLab(Path folder, Zone... zones) throws Exception {
        var internet = Internet.at(Instant.now(), zones);
        var anchors = Files.writeString(folder.resolve("anchors"), internet.anchorText());
        try (var server = NameServer.start(Answers.recursive(internet));
                var resolver = DnsResolver.start(
                        DnsSettings.of(List.of(new DnsServer(server.address(), 0)))
                                .withTrustAnchors(anchors),
                        ResolverEvents.NONE)) {
            return new ReverseLookup(resolver, Duration.ofMinutes(1)).of(CLIENT);
        }
    }
}
