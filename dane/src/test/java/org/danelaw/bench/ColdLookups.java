package org.danelaw.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.danelaw.dns.Question;
import org.danelaw.lab.peers.Nsd;
import org.danelaw.lab.peers.Unbound;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// The price of domains that nobody has asked about yet: processor time for the MX, A, AAAA and TLSA of each,
/// validated, beside Unbound. Both forward to the same Unbound, which validates nothing, before NSD with the
/// signed zones.
///
/// Only the processor time of the process under test counts. For Unbound that is a new one each round; for us
/// a new JVM, compiler and collector included, that has warmed up on as many other domains and then emptied
/// its cache. That JVM starts as the packaged gateway does: from jars, with an AOT cache (JEP 514, 515) that
/// a run of the same program made, and with the flags of `danelaw serve`.
///
/// Arguments: a directory with the zones of `BenchZones`, rounds (3), flags for the JVM under test.
final class ColdLookups {
    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final InetSocketAddress recursive;
    private final Domains domains;

    private ColdLookups(Path directory, InetSocketAddress recursive) throws IOException {
        this.directory = directory;
        this.recursive = recursive;
        this.domains = new Domains("c", BenchZones.domainsIn(directory));
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]).toAbsolutePath();
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        List<String> flags = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
        InetSocketAddress authority = freeAddress();
        InetSocketAddress recursive = freeAddress();
        try (var nsd = Nsd.serving(directory, authority, BenchZones.filesIn(directory));
                var iterator = Unbound.running(directory, "iterator", Unbound.Setup.iterating(recursive, authority))) {
            System.out.println("NSD is process " + nsd.process().pid() + ", the iterating Unbound "
                    + iterator.process().pid());
            new ColdLookups(directory, recursive).run(rounds, flags);
        }
    }

    private void run(int rounds, List<String> flags) throws Exception {
        // So that neither of the two finds the iterator cold.
        domains.askAll(question -> ask(recursive, question, 0));
        var cached = new ArrayList<>(List.of("-XX:AOTCache=" + train(flags)));
        cached.addAll(flags);
        var ratios = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
            Duration unbound = unbound(round);
            Duration ours = ours(cached);
            double ratio = (double) ours.toNanos() / unbound.toNanos();
            ratios.add(ratio);
            System.out.printf(
                    "round %d: CPU a domain: Unbound %.3f ms, Danelaw %.3f ms, ratio %.2f%n",
                    round, millisEach(unbound), millisEach(ours), ratio);
        }
        ratios.sort(null);
        System.out.printf(
                "cold look-ups: %.2f times the CPU of Unbound (median of %d rounds, %d domains; at most 1.5, aim 1.0)%n",
                ratios.get(ratios.size() / 2), rounds, domains.count());
    }

    private double millisEach(Duration cpu) {
        return cpu.toNanos() / 1e6 / domains.count();
    }

    /// Makes the AOT cache, by a run that is not counted.
    private Path train(List<String> flags) throws IOException, InterruptedException {
        Path cache = directory.resolve("cold.aot");
        var training = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache));
        training.addAll(flags);
        subject(training);
        return cache;
    }

    /// What a new JVM used for them after its warm-up.
    private Duration ours(List<String> flags) throws IOException, InterruptedException {
        return Duration.parse(subject(flags).strip().lines().toList().getLast());
    }

    /// Runs the JVM under test and returns what it said.
    private String subject(List<String> flags) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(flags);
        command.addAll(List.of(ColdSubject.class.getName(), directory.toString(), String.valueOf(recursive.getPort())));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the JVM under test failed: " + told);
        }
        return told;
    }

    /// What a new Unbound used for them.
    private Duration unbound(int round) throws Exception {
        InetSocketAddress address = freeAddress();
        Files.deleteIfExists(directory.resolve("validator" + round + ".log"));
        var setup = Unbound.Setup.forwarding(address, recursive, directory.resolve("anchors"));
        try (var unbound = Unbound.running(directory, "validator" + round, setup)) {
            Duration before = unbound.process().processorTime();
            domains.askAll(question -> ask(address, question, Flags.AD));
            return unbound.process().processorTime().minus(before);
        }
    }

    /// Asks as a mail server's library does; `flag` must be set in the reply.
    private static void ask(InetSocketAddress server, Question question, int flag) {
        var query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
        query.getHeader().setFlag(Flags.AD);
        byte[] octets = query.toWire();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (var socket = new DatagramSocket()) {
                socket.connect(server);
                socket.setSoTimeout(5000);
                socket.send(new DatagramPacket(octets, octets.length));
                var packet = new DatagramPacket(new byte[4096], 4096);
                socket.receive(packet);
                check(new Message(Arrays.copyOf(packet.getData(), packet.getLength())), flag);
                return;
            } catch (IOException lost) {
                System.out.println(question + ": " + lost);
            }
        }
        throw new IllegalStateException(question + " was not answered");
    }

    private static void check(Message reply, int flag) {
        boolean flagged = flag == 0 || reply.getHeader().getFlag(flag);
        if (!flagged || reply.getSection(Section.ANSWER).isEmpty()) {
            throw new IllegalStateException("not the answer that was expected: " + reply);
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
