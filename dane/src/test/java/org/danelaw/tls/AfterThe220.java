package org.danelaw.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.mailhost.MailHostSettings;
import org.danelaw.lab.mailhost.StartTls;
import org.danelaw.policy.Judgement;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.tlsa.CertificateAuthorities;
import org.danelaw.tlsa.CertificateCase;
import org.danelaw.tlsa.CertificateCases;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// Brings a connection to where a TLS connector takes over, with just as much SMTP as that takes.
final class AfterThe220 {
    private static final int DEADLINE_MILLIS = 60_000;

    static final InstantSource CLOCK = InstantSource.fixed(CertificateCases.NOW);
    static final Judgement NO_AUTHORITIES = new Judgement(new CertificateAuthorities(List.of()));

    private AfterThe220() {}

    static JsseTlsConnector connector() {
        return new JsseTlsConnector(NO_AUTHORITIES, CLOCK);
    }

    static Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(DEADLINE_MILLIS);
        line(socket);
        say(socket, "EHLO client.example.com");
        String reply;
        do {
            reply = line(socket);
        } while (reply.startsWith("250-"));
        say(socket, "STARTTLS");
        line(socket);
        return socket;
    }

    static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// A line without its CRLF; empty at the end.
    static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int octet = socket.getInputStream().read();
                octet >= 0 && octet != '\n';
                octet = socket.getInputStream().read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    static Handshake shake(MailHost host, TlsRequirement requirement) throws IOException {
        return connector().secure(connect(host.address()), requirement);
    }

    static MailHostSettings host(Identity identity, String... protocols) {
        var settings = MailHost.named("mx.example.com").showing(identity);
        return protocols.length == 0 ? settings : settings.startTls(StartTls.only(protocols));
    }

    static TlsRequirement dane(List<TlsaRecord> records, Name... names) {
        return new TlsRequirement.Dane(records, List.of(names), CertificateCase.BASE, MxTrust.SECURE);
    }

    static TlsRequirement encrypted() {
        return new TlsRequirement.Encrypted(new Check.Nothing(), CertificateCase.BASE);
    }

    static TlsRequirement ifOffered() {
        return new TlsRequirement.IfOffered(new Check.Nothing(), CertificateCase.BASE);
    }
}
