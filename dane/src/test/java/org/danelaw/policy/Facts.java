package org.danelaw.policy;

import static org.danelaw.policy.DestinationRule.DaneSupport.MANDATORY;
import static org.danelaw.policy.DestinationRule.DaneSupport.OPPORTUNISTIC;
import static org.danelaw.policy.DestinationRule.TlsSupport.PREFERRED;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.policy.Destination.Hosts;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// Facts about `example.org` and its mail host `mx.example.net`, to decide on in tests.
final class Facts {
    static final Name DOMAIN = name("example.org");
    static final Name MX = name("mx.example.net");
    static final Proof PROOF = new Proof(List.of(), Instant.EPOCH);
    static final Reason SERVFAIL =
            new Reason("192.0.2.53 answered SERVFAIL for mx.example.net", ExtendedError.NO_REACHABLE_AUTHORITY);
    static final Reason EXPIRED =
            new Reason("the signature over mx.example.net expired", ExtendedError.SIGNATURE_EXPIRED);
    static final TlsaRecord USABLE = new TlsaRecord(3, 1, 1, "aa".repeat(32));
    static final TlsaRecord UNUSABLE = new TlsaRecord(1, 1, 1, "bb".repeat(32));
    static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.25");
    static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::25");

    static final AddressFinding NONE = new AddressFinding.None(PROOF);
    static final AddressFinding A_FAILED = new AddressFinding.Failed(Trouble.UNAVAILABLE, SERVFAIL);
    static final AddressFinding A_BOGUS = new AddressFinding.Failed(Trouble.BOGUS, EXPIRED);
    static final TlsaFinding NOT_ASKED = new TlsaFinding.NotAsked("its addresses are not signed with DNSSEC");
    static final TlsaFinding ABSENT =
            new TlsaFinding.Absent("a signed NSEC record denies _25._tcp.mx.example.net", PROOF);
    static final TlsaFinding INSECURE_TLSA = new TlsaFinding.Insecure(MX, PROOF);
    static final TlsaFinding TLSA = new TlsaFinding.Usable(List.of(USABLE), MX, PROOF);
    static final TlsaFinding ALL_UNUSABLE = new TlsaFinding.AllUnusable(List.of(UNUSABLE), MX, PROOF);
    static final TlsaFinding TLSA_FAILED = new TlsaFinding.Failed(Trouble.UNAVAILABLE, SERVFAIL);
    static final TlsaFinding TLSA_BOGUS = new TlsaFinding.Failed(Trouble.BOGUS, EXPIRED);

    private Facts() {}

    static Name name(String text) {
        return Name.fromConstantString(text + ".");
    }

    static AddressFinding secure(InetAddress... addresses) {
        return new AddressFinding.Secure(List.of(addresses), PROOF);
    }

    static AddressFinding insecure(InetAddress... addresses) {
        return new AddressFinding.Insecure(List.of(addresses), PROOF);
    }

    static HostFinding host(AddressFinding v4, AddressFinding v6, TlsaFinding tlsa) {
        return new HostFinding(new MxHost(MX, 10), MX, v4, v6, tlsa);
    }

    static HostFinding host(AddressFinding v4, TlsaFinding tlsa) {
        return host(v4, NONE, tlsa);
    }

    static Hosts destination(MxTrust trust, MxHost... hosts) {
        return new Hosts(new NextHop(DOMAIN, DOMAIN), trust, List.of(hosts), PROOF);
    }

    static Hosts destination(MxTrust trust) {
        return destination(trust, new MxHost(MX, 10));
    }

    static DestinationRule opportunistic() {
        return new DestinationRule(PREFERRED, OPPORTUNISTIC, InsecureMx.DANE);
    }

    static DestinationRule opportunistic(InsecureMx insecureMx) {
        return new DestinationRule(PREFERRED, OPPORTUNISTIC, insecureMx);
    }

    static DestinationRule mandatory() {
        return new DestinationRule(PREFERRED, MANDATORY, InsecureMx.DANE);
    }

    static TlsRequirement require(DestinationRule rule, MxTrust trust, HostFinding host) {
        return Decision.require(rule, DOMAIN, destination(trust), host);
    }
}
