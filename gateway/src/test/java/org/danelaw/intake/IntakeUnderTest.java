package org.danelaw.intake;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.danelaw.events.Event;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.LogLine;
import org.danelaw.events.MailLog;
import org.danelaw.smtp.ServerTimeouts;
import org.danelaw.smtp.SmtpLimits;
import org.danelaw.smtp.Telnet;
import org.danelaw.smtp.TestIdentity;

/// Listeners on loopback with a spool in memory, what they tell, and clients for them.
final class IntakeUnderTest implements Closeable {
    static final MailFlowPolicy RELAY = MailFlowPolicy.of("OUTBOUND", MailFlowPolicy.Action.RELAY);
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final ServerTimeouts TIMEOUTS = new ServerTimeouts(
            SmtpLimits.SESSION_IDLE, SmtpLimits.MESSAGE, SmtpLimits.HANDSHAKE, SmtpLimits.REPLY, Duration.ZERO);

    final MemorySpool spool = new MemorySpool();
    final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Intake> opened = new CopyOnWriteArrayList<>();
    private ReverseNames names = ReverseNames.UNASKED;
    private Authenticator users = Authenticator.NOBODY;
    private FreeSpace space = FreeSpace.PLENTY;

    IntakeUnderTest names(ReverseNames those) {
        names = those;
        return this;
    }

    IntakeUnderTest space(FreeSpace that) {
        space = that;
        return this;
    }

    IntakeUnderTest users(Authenticator those) {
        users = those;
        return this;
    }

    Intake open(ListenerSettings... settings) throws IOException {
        Services services = new Services(
                "gw.example", spool, events::add, names, users, space, TIMEOUTS, Clock.fixed(NOON, ZoneOffset.UTC));
        Intake intake = Intake.open(Arrays.asList(settings), services, new AtomicLong()::incrementAndGet);
        opened.add(intake);
        intake.start();
        return intake;
    }

    /// A client of a listener where everybody is under this policy.
    Telnet client(MailFlowPolicy policy) throws IOException {
        return connect(settings(group("ALL", "ALL", policy)));
    }

    Telnet connect(ListenerSettings settings) throws IOException {
        return Telnet.to(addressOf(open(settings)));
    }

    static InetSocketAddress addressOf(Intake intake) {
        return intake.addresses().values().iterator().next();
    }

    static SenderGroup group(String name, String member, MailFlowPolicy policy) {
        return new SenderGroup(name, List.of(Member.parse(member)), policy);
    }

    static ListenerSettings settings(SenderGroup... groups) {
        return settings(
                new RecipientAccess(List.of(
                        new RecipientAccess.Entry(
                                RecipientMatch.parse("left@ours.example"),
                                new RecipientAccess.Access.Reject("has left")),
                        new RecipientAccess.Entry(
                                RecipientMatch.parse("OURS.example"), new RecipientAccess.Access.Accept()),
                        new RecipientAccess.Entry(
                                RecipientMatch.parse(".ours.example"), new RecipientAccess.Access.Accept()))),
                groups);
    }

    static ListenerSettings settings(RecipientAccess access, SenderGroup... groups) {
        TestIdentity identity = TestIdentity.ec();
        return new ListenerSettings(
                "in",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new ServerIdentity(
                        List.of(identity.certificate()), identity.keys().getPrivate())),
                "slow",
                Arrays.asList(groups),
                access);
    }

    static MailFlowPolicy with(MailFlowPolicy policy, MailFlowPolicy.TlsOffer tls) {
        return new MailFlowPolicy(policy.name(), policy.action(), policy.dane(), tls, policy.auth(), policy.limits());
    }

    static MailFlowPolicy with(MailFlowPolicy policy, MailFlowPolicy.Auth auth) {
        return new MailFlowPolicy(policy.name(), policy.action(), policy.dane(), policy.tls(), auth, policy.limits());
    }

    static MailFlowPolicy with(MailFlowPolicy policy, MailFlowPolicy.Limits limits) {
        return new MailFlowPolicy(policy.name(), policy.action(), policy.dane(), policy.tls(), policy.auth(), limits);
    }

    /// Sends a message and returns the first reply that refuses, or the last.
    static String mail(Telnet client, String content) throws IOException {
        String last = "";
        for (String line :
                List.of("MAIL FROM:<alice@org.example>", "RCPT TO:<bob@dest.example>", "DATA", content + ".")) {
            last = client.say(line);
            if (last.startsWith("4") || last.startsWith("5")) {
                break;
            }
        }
        return last;
    }

    /// The mail log so far.
    List<String> log() {
        return events.stream()
                .flatMap(event -> MailLog.lines(event).stream())
                .map(LogLine::text)
                .toList();
    }

    void waitForEnd() {
        waitForEnd(1);
    }

    void waitForEnd(int connections) {
        while (events.stream().filter(IntakeEvent.Closed.class::isInstance).count() < connections) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        opened.forEach(intake -> intake.stop(Duration.ZERO));
    }
}
