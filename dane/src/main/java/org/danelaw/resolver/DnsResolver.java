package org.danelaw.resolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;

/// A validating resolver over a list of name servers: with a cache, with trust anchors that follow RFC 5011,
/// and with an eye on what each server can do. Thread-safe.
public final class DnsResolver implements Resolver, AutoCloseable {
    // The first probes: what is not known by then is found out while questions already come.
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    // How the memory is shared out, in eighths.
    private static final int ANSWERS = 5;
    private static final int ZONES = 2;
    private static final int PLAIN = 1;

    private final Servers servers;
    private final ZoneCache zones;
    private final AnswerCache answers;
    private final AnswerCache plain;
    private final Anchors anchors;
    private final List<Chore> chores = new ArrayList<>();

    private DnsResolver(DnsSettings settings, Trust trust, ResolverEvents events, InstantSource clock) {
        // Each question of a validation ends within the servers' time; who waits for another's waits twice at
        // most.
        Duration longestWait = settings.longestWait().plus(settings.longestWait());
        long eighth = settings.cacheBytes() / (ANSWERS + ZONES + PLAIN);
        this.servers = trust.servers;
        this.anchors = trust.anchors;
        this.zones = new ZoneCache(ZONES * eighth, longestWait, clock);
        var upstream = new SharedUpstream(servers, longestWait);
        var equipment = new Equipment(anchors, zones, clock, settings.validation(), settings.crypto());
        var validator = new Validator(upstream, equipment, events);
        this.answers = new AnswerCache(
                question -> validate(validator, question), ANSWERS * eighth, longestWait, clock, events);
        this.plain = new AnswerCache(new PlainResolver(servers, clock), PLAIN * eighth, longestWait, clock, events);
    }

    /// Whom we ask, and whom we believe.
    private record Trust(Servers servers, Anchors anchors) {}

    /// Reads the trust anchors, probes the servers, and is ready as soon as one of the best priority can do
    /// DNSSEC. Waits for the servers a few seconds at most: that none of them answers is no fault here, but of
    /// every question (rule A16).
    ///
    /// @throws IOException if the trust anchors or their state cannot be read, as `FILE:LINE: text` for each
    /// problem: without anchors nothing may be trusted
    public static DnsResolver start(DnsSettings settings, ResolverEvents events) throws IOException {
        return start(settings, events, START_PATIENCE);
    }

    /// As [#start(DnsSettings, ResolverEvents)], for callers who have less time than that: no longer than `atMost` is
    /// waited for the servers.
    public static DnsResolver start(DnsSettings settings, ResolverEvents events, Duration atMost) throws IOException {
        var patience = atMost.compareTo(START_PATIENCE) < 0 ? atMost : START_PATIENCE;
        return start(settings, events, InstantSource.system(), patience);
    }

    static DnsResolver start(DnsSettings settings, ResolverEvents events, InstantSource clock) throws IOException {
        return start(settings, events, clock, START_PATIENCE);
    }

    private static DnsResolver start(
            DnsSettings settings, ResolverEvents events, InstantSource clock, Duration patience) throws IOException {
        var configured = ConfiguredAnchors.read(settings.trustAnchors());
        var servers = new Servers(settings.servers(), settings.timeOuts(), events);
        var refresh = new Refresh(servers, settings.crypto(), clock);
        Optional<AnchorKeeper> keeper = settings.anchorState().isPresent()
                ? Optional.of(
                        AnchorKeeper.open(configured, settings.anchorState().get(), refresh, events))
                : Optional.empty();
        Anchors anchors = keeper.isPresent() ? keeper.get() : configured::anchors;
        var resolver = new DnsResolver(settings, new Trust(servers, anchors), events, clock);
        resolver.startChores(new Probing(servers, new Prober(configured.probeZone())::probe, events), patience, keeper);
        return resolver;
    }

    private void startChores(Probing probing, Duration patience, Optional<AnchorKeeper> keeper) {
        chores.add(Chore.start("dns-probing", probing::probeAll));
        chores.add(Chore.start("dns-sweep", this::sweep));
        try {
            probing.awaitFirst(patience);
        } catch (InterruptedException stopped) {
            // The caller wants no resolver any more, and will close this one.
            Thread.currentThread().interrupt();
        }
        keeper.ifPresent(anchorKeeper -> chores.add(Chore.start("dns-anchors", anchorKeeper::refreshDue)));
    }

    private Duration sweep() {
        try {
            servers.sweep();
            return SWEEP;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What our own validation makes of the answer.
    ///
    /// While no server can do DNSSEC every question is `Unavailable`, and its reason passes
    /// `isNoCapableServer`.
    @Override
    public Validated<Answer> resolve(Question question) {
        return answers.resolve(question);
    }

    private Validated<Answer> validate(Validator validator, Question question) {
        if (anchors.current().isEmpty()) {
            // Unlike RFC 5011 section 5, because for us the root without anchors is no unsigned internet.
            return new Validated.Unavailable<>(new Reason(
                    "no trust anchor is left: all were revoked, and new ones must be configured",
                    ExtendedError.DNSKEY_MISSING));
        }
        return validator.validate(question);
    }

    /// Answers without validation, never secure, that any server may give: for mail that goes out without
    /// DANE while no server can do DNSSEC (rule A16).
    public Resolver plain() {
        return plain;
    }

    /// Whether a look-up failed because no server can do DNSSEC, rather than for anything about its name
    /// (rule A16).
    public static boolean isNoCapableServer(Reason reason) {
        return reason.code() == ExtendedError.NOT_READY;
    }

    /// Why no DNSSEC can be had at all now (rule A16), or nothing. Cheap: it may be asked for each message.
    public Optional<Reason> unavailable() {
        return servers.unavailable();
    }

    public DnsStatus status() {
        var capabilities = new LinkedHashMap<DnsServer, Capability>();
        servers.capabilities().forEach((server, capability) -> capabilities.put(server.server(), capability));
        return new DnsStatus(
                answers.hits() + answers.misses() + plain.hits() + plain.misses(),
                answers.hits() + plain.hits(),
                answers.misses() + plain.misses(),
                answers.size() + plain.size(),
                answers.bytes() + plain.bytes() + zones.bytes(),
                anchors.current().size(),
                capabilities,
                servers.unavailable());
    }

    /// Forgets all answers and all that is known of zones.
    public void flush() {
        answers.clear();
        plain.clear();
        zones.clear();
    }

    /// Ends the chores and closes the sockets; look-ups under way fail.
    @Override
    public void close() throws IOException {
        chores.forEach(Chore::close);
        servers.close();
    }
}
