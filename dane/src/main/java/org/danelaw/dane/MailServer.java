package org.danelaw.dane;

import java.net.InetAddress;
import java.util.List;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// One address of one mail server, and what must be proved there.
public final class MailServer {
    private final Candidate candidate;
    private final int port;

    MailServer(Candidate candidate, int port) {
        this.candidate = candidate;
        this.port = port;
    }

    /// The server's name.
    ///
    /// @return the name that an MX record names, without a final dot; the domain itself where it has none
    public String host() {
        return name().toString(true);
    }

    /// Where to connect to.
    ///
    /// @return the address; never one that the DNS was not asked for by [Dane]
    public InetAddress address() {
        return candidate.address();
    }

    /// Where to connect to.
    ///
    /// @return the port
    public int port() {
        return port;
    }

    /// What must be had before any mail is sent.
    ///
    /// @return the level; after [Dane#secure] was content, it was had
    public Level level() {
        return switch (candidate.requirement()) {
            case TlsRequirement.Dane _ -> Level.AUTHENTICATED;
            case TlsRequirement.Encrypted _ -> Level.ENCRYPTED;
            case TlsRequirement.IfOffered _ -> Level.IF_OFFERED;
            // No mode of this library asks for these.
            case TlsRequirement.Pkix _ -> throw new IllegalStateException("a CA is asked by nobody here");
            case TlsRequirement.Never _ -> throw new IllegalStateException("TLS is forbidden by nobody here");
            case TlsRequirement.Withheld _ -> throw new IllegalStateException("never a candidate");
        };
    }

    /// The TLSA records of which the server must match one.
    ///
    /// @return each in presentation format (RFC 6698 section 2.2); none below [Level#AUTHENTICATED]
    public List<String> tlsaRecords() {
        return candidate.requirement() instanceof TlsRequirement.Dane dane
                ? dane.records().stream().map(TlsaRecord::toString).toList()
                : List.of();
    }

    /// One line for a log.
    ///
    /// @return name, address, port and level
    @Override
    public String toString() {
        return host() + " [" + address().getHostAddress() + "]:" + port + " " + level();
    }

    Name name() {
        return candidate.host().name();
    }

    TlsRequirement requirement() {
        return candidate.requirement();
    }

    /// What a server must prove before it is given mail.
    public enum Level {
        /// Nothing: TLS is used where the server offers it.
        IF_OFFERED,

        /// TLS, whatever its certificate: the server has secure TLSA records, but none that can be used
        /// (RFC 7672 section 2.2).
        ENCRYPTED,

        /// TLS, with a certificate that one of its TLSA records admits.
        AUTHENTICATED
    }
}
