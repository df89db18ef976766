package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.danelaw.lab.rules.Rule;
import org.danelaw.resolver.Capability.Capable;
import org.danelaw.resolver.Capability.Lacking;
import org.danelaw.resolver.Capability.Unknown;
import org.danelaw.resolver.Capability.Unreachable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a probe finds of servers that can, and of those that cannot.
class ProbingTest {
    private static final List<Duration> AMPLE = List.of(Duration.ofSeconds(30));

    @Test
    @Rule("A16")
    void aServerThatSendsSignedKeysOverUdpAndTcpIsCapable() throws IOException {
        assertThat(probe(FakeServer::addSignedKeys)).isEqualTo(new Capable());
    }

    @Test
    @Rule("A16")
    void aServerThatStripsSignaturesIsNot() throws IOException {
        assertThat(what(probe(message -> {
                    FakeServer.addSignedKeys(message);
                    message.removeAllRecords(Section.ANSWER);
                    message.addRecord(keysOf(message), Section.ANSWER);
                })))
                .containsExactly("strips signatures (no RRSIG with the DNSKEY records of .)");
    }

    private static org.xbill.DNS.Record keysOf(Message message) {
        var other = new Message();
        other.addRecord(message.getQuestion(), Section.QUESTION);
        FakeServer.addSignedKeys(other);
        return other.getSection(Section.ANSWER).getFirst();
    }

    @Test
    @Rule("A16")
    void aServerWithoutEdnsIsNot() throws IOException {
        assertThat(what(probe(message -> {
                    message.removeAllRecords(Section.ADDITIONAL);
                    FakeServer.addSignedKeys(message);
                })))
                .containsExactly("does not do EDNS");
    }

    @Test
    @Rule("A16")
    void aServerThatDoesNotUnderstandEdnsIsNot() throws IOException {
        assertThat(what(probe(message -> {
                    message.removeAllRecords(Section.ADDITIONAL);
                    message.getHeader().setRcode(Rcode.FORMERR);
                })))
                .containsExactly("does not do EDNS");
    }

    @Test
    @Rule("A16")
    void aServerThatFailsForTheRootIsNot() throws IOException {
        assertThat(what(probe(message -> message.getHeader().setRcode(Rcode.REFUSED))))
                .containsExactly("answers REFUSED for the keys of .");
    }

    @Test
    @Rule({"A15", "A16"})
    void aServerWithoutTcpIsIncapableNotBogus() throws IOException {
        try (var server = FakeServer.with(keys(FakeServer::addSignedKeys), Socket::close)) {
            assertThat(what(probe(server))).singleElement().asString().startsWith("does not answer over TCP");
        }
    }

    @Test
    @Rule("A16")
    void severalFaultsAreAllNamed() throws IOException {
        try (var server = FakeServer.with(keys(_ -> {}), Socket::close)) {
            assertThat(what(probe(server))).hasSize(2);
        }
    }

    @Test
    void whereNobodyListensNothingIsLearned() throws IOException {
        try (var server = FakeServer.good();
                var upstream = new UpstreamServer(server.server())) {
            server.stop();
            assertThat(new Prober(Name.root).probe(upstream)).isInstanceOf(Unreachable.class);
        }
    }

    @Test
    @Rule("A16")
    void changesAreToldAndTakeEffect() throws IOException {
        var told = Collections.synchronizedList(new ArrayList<Capability>());
        var events = new ResolverEvents() {
            @Override
            public void probed(DnsServer server, Capability capability) {
                told.add(capability);
            }
        };
        var behaviour = new AtomicReference<Consumer<Message>>(FakeServer::addSignedKeys);
        try (var server = FakeServer.with(
                        keys(message -> behaviour.get().accept(message)),
                        FakeServer.answering(query -> FakeServer.reply(query, behaviour.get())));
                var servers = new Servers(List.of(server.server()), AMPLE, events)) {
            var probing = new Probing(servers, new Prober(Name.root)::probe, events);

            assertThat(probing.probeAll()).isEqualTo(Duration.ofMinutes(5));
            probing.probeAll();
            behaviour.set(message -> {});
            assertThat(probing.probeAll()).isEqualTo(Duration.ofSeconds(5));
            assertThat(servers.unavailable()).isPresent();
            behaviour.set(FakeServer::addSignedKeys);
            probing.probeAll();

            assertThat(servers.unavailable()).isEmpty();
            assertThat(told).hasSize(3);
            assertThat(told.get(1)).isInstanceOf(Lacking.class);
        }
    }

    @Test
    void aCapableServerThatFallsSilentStaysCapable() throws IOException {
        try (var server = FakeServer.with(keys(FakeServer::addSignedKeys), keysOverTcp(FakeServer::addSignedKeys));
                var servers = new Servers(List.of(server.server()), AMPLE, ResolverEvents.NONE)) {
            var probing = new Probing(servers, new Prober(Name.root)::probe, ResolverEvents.NONE);
            probing.probeAll();
            server.stop();
            probing.probeAll();

            assertThat(servers.capabilities().values()).containsExactly(new Capable());
        }
    }

    @Test
    void aCapableServerThatFailsOnceStaysCapable() throws IOException {
        var failures = new java.util.concurrent.atomic.AtomicInteger();
        try (var server = FakeServer.with(
                        keys(message -> {
                            if (failures.getAndDecrement() <= 0) {
                                FakeServer.addSignedKeys(message);
                            }
                        }),
                        keysOverTcp(FakeServer::addSignedKeys));
                var servers = new Servers(List.of(server.server()), AMPLE, ResolverEvents.NONE)) {
            var probing = new Probing(servers, new Prober(Name.root)::probe, ResolverEvents.NONE);
            probing.probeAll();
            failures.set(1);
            probing.probeAll();

            assertThat(servers.capabilities().values()).containsExactly(new Capable());
        }
    }

    @Test
    @Rule("A16")
    void aDeadServerDoesNotHoldUpTheStartBesideACapableOneOfItsPriority() throws Exception {
        try (var dead = FakeServer.good();
                var good = FakeServer.good();
                var servers = new Servers(List.of(dead.server(), good.server()), AMPLE, ResolverEvents.NONE)) {
            var givenUp = new CountDownLatch(1);
            var probing = new Probing(servers, deadUntil(givenUp, dead), ResolverEvents.NONE);
            try (var _ = Chore.start("probing", probing::probeAll)) {
                assertThat(probing.awaitFirst(Duration.ofMinutes(5))).isTrue();

                assertThat(servers.unavailable()).isEmpty();
                assertThat(servers.capabilities().values()).contains(new Unknown());
                givenUp.countDown();
            }
        }
    }

    @Test
    @Rule("A16")
    void aServerOfAWorsePriorityIsReadyOnlyWhenTheBetterOneIsKnown() throws Exception {
        var worseIsKnown = new CountDownLatch(1);
        var events = new ResolverEvents() {
            @Override
            public void probed(DnsServer server, Capability capability) {
                worseIsKnown.countDown();
            }
        };
        try (var dead = FakeServer.good();
                var worse = FakeServer.good();
                var servers = new Servers(List.of(dead.server(1), worse.server(2)), AMPLE, events)) {
            var givenUp = new CountDownLatch(1);
            var probing = new Probing(servers, deadUntil(givenUp, dead), events);
            try (var _ = Chore.start("probing", probing::probeAll)) {
                worseIsKnown.await();
                assertThat(probing.awaitFirst(Duration.ZERO)).isFalse();

                givenUp.countDown();
                assertThat(probing.awaitFirst(Duration.ofMinutes(5))).isTrue();
            }
        }
    }

    /// Finds every server capable at once, but `dead` not before the test says so.
    private static Function<UpstreamServer, Capability> deadUntil(CountDownLatch givenUp, FakeServer dead) {
        return server -> {
            if (!server.server().address().equals(dead.server().address())) {
                return new Capable();
            }
            try {
                givenUp.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new Unreachable("does not answer");
        };
    }

    private static Capability probe(Consumer<Message> change) throws IOException {
        try (var server = FakeServer.with(keys(change), keysOverTcp(change))) {
            return probe(server);
        }
    }

    private static Capability probe(FakeServer server) throws IOException {
        try (var upstream = new UpstreamServer(server.server())) {
            Capability found = new Prober(Name.root).probe(upstream);
            assertThat(server.datagrams().getFirst().getQuestion().getType()).isEqualTo(Type.DNSKEY);
            return found;
        }
    }

    private static FakeServer.OnDatagram keys(Consumer<Message> change) {
        return (query, back) -> back.send(FakeServer.reply(query, change));
    }

    private static FakeServer.OnConnection keysOverTcp(Consumer<Message> change) {
        return FakeServer.answering(query -> FakeServer.reply(query, change));
    }

    private static List<String> what(Capability capability) {
        return ((Lacking) capability).what();
    }
}
