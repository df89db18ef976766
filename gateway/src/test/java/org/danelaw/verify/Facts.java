package org.danelaw.verify;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.danelaw.dns.DomainName;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.policy.Verdict;
import org.danelaw.tls.Evidence;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// Facts made by hand, for what follows from them.
final class Facts {
    static final Name DOMAIN = DomainName.parse("example.org");
    static final Name MX1 = DomainName.parse("mx1.example.org");
    static final Name MX2 = DomainName.parse("mx2.example.org");
    static final InetAddress IP1 = InetAddress.ofLiteral("192.0.2.1");
    static final InetAddress IP2 = InetAddress.ofLiteral("192.0.2.2");
    static final InetAddress IP6 = InetAddress.ofLiteral("2001:db8::1");
    static final Certified CERTIFICATE =
            CertificateMaker.host("mx1.example.org").make();
    static final TlsaRecord RECORD = new TlsaRecord(3, 1, 1, "ab".repeat(32));
    static final Proof PROOF = new Proof(
            List.of(
                    new Proof.Step.Anchored(Name.root, 20326, 8),
                    new Proof.Step.Signed(
                            DOMAIN, 15, DOMAIN, 4711, 13, Instant.EPOCH, Instant.EPOCH.plusSeconds(86_400))),
            Instant.EPOCH.plusSeconds(3_600));
    static final Reason WHY = new Reason("the server said SERVFAIL", ExtendedError.OTHER);

    private Facts() {}

    static Report report(Destination destination, HostReport... hosts) {
        return new Report(DOMAIN, 25, destination, List.of(hosts), Optional.empty(), Duration.ofMillis(12));
    }

    static Destination.Hosts hosts(MxTrust trust, Name... names) {
        var hosts = IntStream.range(0, names.length)
                .mapToObj(i -> new MxHost(names[i], 10 * (i + 1)))
                .toList();
        return new Destination.Hosts(new NextHop(DOMAIN, DOMAIN), trust, hosts, PROOF);
    }

    static HostFinding host(Name name, AddressFinding v4, AddressFinding v6, TlsaFinding tlsa) {
        return new HostFinding(new MxHost(name, 10), name, v4, v6, tlsa);
    }

    static HostFinding host(Name name, AddressFinding v4, TlsaFinding tlsa) {
        return host(name, v4, new AddressFinding.None(PROOF), tlsa);
    }

    /// A host at [#IP1] with usable records.
    static HostFinding able(Name name) {
        return host(name, secure(IP1), usable(name));
    }

    static AddressFinding secure(InetAddress... addresses) {
        return new AddressFinding.Secure(List.of(addresses), PROOF);
    }

    static AddressFinding insecure(InetAddress... addresses) {
        return new AddressFinding.Insecure(List.of(addresses), PROOF);
    }

    static AddressFinding failed(Trouble trouble) {
        return new AddressFinding.Failed(trouble, WHY);
    }

    static TlsaFinding usable(Name base) {
        return new TlsaFinding.Usable(List.of(RECORD), base, PROOF);
    }

    static TlsaFinding unusable(Name base) {
        return new TlsaFinding.AllUnusable(List.of(new TlsaRecord(1, 1, 1, "cd".repeat(32))), base, PROOF);
    }

    static HostReport tried(HostFinding finding, Ending... endings) {
        var addresses = Stream.concat(finding.v4().addresses().stream(), finding.v6().addresses().stream())
                .toList();
        return new HostReport(
                finding,
                IntStream.range(0, endings.length)
                        .mapToObj(i -> new Attempt(addresses.get(i), 25, endings[i]))
                        .toList());
    }

    static Ending proved() {
        return new Ending.Secured(new Verdict.Matched(RECORD, 0, Optional.empty()), evidence());
    }

    static Ending established() {
        return new Ending.Secured(new Verdict.Unchecked(""), evidence());
    }

    static Ending refused() {
        return new Ending.Refused(
                new Verdict.Mismatched(List.of(RECORD + ": the server's key is another")), evidence());
    }

    static Evidence evidence() {
        return new Evidence("TLSv1.3", "TLS_AES_256_GCM_SHA384", "x25519", MX1, List.of(CERTIFICATE.der()));
    }
}
