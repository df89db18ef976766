package org.danelaw.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.ResolverEvents;

/// The process whose processor time `ColdLookups` measures: prints, as its last line, what the cold domains
/// took.
///
/// Arguments: a directory with the zones of `BenchZones`, the port of the server to ask.
final class ColdSubject {
    private ColdSubject() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        var settings = DnsSettings.of(List.of(new DnsServer(server, 1))).withTrustAnchors(directory.resolve("anchors"));
        int domains = BenchZones.domainsIn(directory);
        try (var resolver = DnsResolver.start(settings, ResolverEvents.NONE)) {
            System.out.println(cpuOf(resolver, new Domains("w", domains)));
            resolver.flush();
            System.out.println(cpuOf(resolver, new Domains("c", domains)));
        }
    }

    private static Duration cpuOf(DnsResolver resolver, Domains domains)
            throws InterruptedException, ExecutionException {
        Duration before = cpu();
        domains.askAll(question -> insist(question, resolver.resolve(question)));
        return cpu().minus(before);
    }

    private static void insist(Question question, Validated<Answer> answer) {
        if (!(answer instanceof Validated.Secure<Answer>(Answer.Found _, var _))) {
            throw new IllegalStateException(question + ": " + answer);
        }
    }

    private static Duration cpu() {
        return Duration.ofNanos(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
    }
}
