package org.danelaw.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.xbill.DNS.Name;

/// One handshake over one socket.
final class Attempt {
    /// However slowly a peer trickles its part, the handshake is over by then; read time-outs are the
    /// caller's.
    private static final Duration LONGEST_HANDSHAKE = Duration.ofMinutes(2);
    /// How long a peer that is refused may take to read why.
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);
    /// What a refused peer may still have sent; more of it is not read.
    private static final int MOST_FAREWELL_OCTETS = 512 * 1024;

    private final Socket plain;
    private final Optional<ClientIdentity> client;
    private final Name sni;
    private final Profile profile;
    private final Function<List<byte[]>, Verdict> judge;
    private final JudgingTrustManager trust;
    private KeyExchange keyExchange = new KeyExchange(KeyExchange.ANY_BITS);

    Attempt(
            Socket plain,
            TlsRequirement requirement,
            Optional<ClientIdentity> client,
            Function<List<byte[]>, Verdict> judge) {
        this.plain = plain;
        this.client = client;
        this.profile = Profile.of(requirement);
        this.sni = serverName(requirement);
        this.judge = judge;
        this.trust = new JudgingTrustManager(judge);
    }

    private static Name serverName(TlsRequirement requirement) {
        return switch (requirement) {
            case TlsRequirement.Dane dane -> dane.sni();
            case TlsRequirement.Pkix pkix -> pkix.sni();
            case TlsRequirement.Encrypted encrypted -> encrypted.sni();
            case TlsRequirement.IfOffered ifOffered -> ifOffered.sni();
            case TlsRequirement.Never never -> throw new IllegalArgumentException("no TLS is wanted");
            case TlsRequirement.Withheld(var why) -> throw new IllegalArgumentException("withheld: " + why);
        };
    }

    Handshake shake() {
        try (var _ = Deadline.of(LONGEST_HANDSHAKE, plain)) {
            var secured = layered();
            start(secured);
            return judged(secured);
        } catch (IOException broken) {
            farewell();
            return brokenOff(broken);
        }
    }

    private SSLSocket layered() throws IOException {
        // A new context each time: sessions of another would be resumed without a verdict (rule D17).
        var context = context();
        // With the address for a name: of a name JSSE makes an SNI first, which takes 15 ms once, and ours
        // replaces it.
        var secured = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), false);
        var parameters = secured.getSSLParameters();
        keyExchange = profile.apply(parameters, context.getSupportedSSLParameters());
        parameters.setServerNames(serverNames());
        secured.setSSLParameters(parameters);
        return secured;
    }

    private SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(client.map(ClientIdentity::managers).orElse(null), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has TLS", missing);
        }
    }

    /// RFC 7672 section 8.1: the TLSA base domain, always. RFC 6066 section 3: without the final dot, and
    /// never an address. JSSE's own type for host names refuses underscores, which mail hosts have.
    private List<SNIServerName> serverNames() {
        if (sni.equals(Name.root) || MxHost.literal(sni).isPresent()) {
            return List.of();
        }
        byte[] octets = sni.toString(true).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        return List.of(new SNIServerName(StandardConstants.SNI_HOST_NAME, octets) {});
    }

    private static void start(SSLSocket secured) throws IOException {
        try {
            LenientCertificates.reading(secured::startHandshake);
        } catch (RuntimeException odd) {
            // Some keys and parameters that only a hostile peer sends make providers throw so, not JSSE's
            // own exception.
            throw new SSLException("the JDK cannot go on: " + odd, odd);
        }
    }

    private Handshake judged(SSLSocket secured) {
        var session = secured.getSession();
        var evidence = new Evidence(
                session.getProtocol(),
                OpenSslNames.of(session.getCipherSuite()),
                keyExchange.group(),
                sni,
                trust.chain());
        // An anonymous suite presents nothing to judge, which is a verdict too.
        var verdict = trust.verdict().orElseGet(() -> judge.apply(List.of()));
        if (verdict instanceof Verdict.Mismatched mismatched) {
            farewell();
            return new Handshake.Refused(mismatched, evidence);
        }
        return new Handshake.Secured(new SecuredSocket(secured, plain), verdict, evidence);
    }

    private Handshake brokenOff(IOException broken) {
        if (trust.verdict().isPresent() && trust.verdict().get() instanceof Verdict.Mismatched mismatched) {
            return new Handshake.Refused(mismatched, new Evidence("", "", keyExchange.group(), sni, trust.chain()));
        }
        return new Handshake.Failed(Failures.sentence(broken));
    }

    /// Lets the peer read the alert, which is on its way: closing at once, with octets of the peer unread,
    /// would take it back (RFC 1122 section 4.2.2.13).
    private void farewell() {
        try (plain;
                var _ = Deadline.of(LONGEST_FAREWELL, plain)) {
            plain.shutdownOutput();
            plain.getInputStream().skip(MOST_FAREWELL_OCTETS);
        } catch (IOException gone) {
            // The peer is gone already, or took too long.
            assert gone != null;
        }
    }
}
