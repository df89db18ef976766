package org.danelaw.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.danelaw.events.ReverseName;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Reception.ClientFacts;

/// The trace of a message's way through this gateway (RFC 5321 section 4.4).
///
/// @param client what the client said of itself
/// @param address where it really is
/// @param smtpUtf8 whether the transaction asked for SMTPUTF8
record ReceivedField(
        ClientFacts client, InetAddress address, ReverseName name, String hostname, long mid, boolean smtpUtf8) {
    /// The whole field, folded, with its line ends.
    byte[] octets(List<Envelope.Recipient> recipients, ZonedDateTime now) {
        StringBuilder field = new StringBuilder("Received: from ")
                .append(client.name())
                .append(" (")
                .append(nameAndAddress())
                .append(")");
        client.tls().map(ReceivedField::tlsComment).ifPresent(field::append);
        field.append("\r\n\tby ")
                .append(hostname)
                .append(" with ")
                .append(protocol())
                .append(" id ")
                .append(mid);
        onlyRecipient(recipients)
                .ifPresent(to -> field.append("\r\n\tfor <").append(to).append('>'));
        // RFC 8314 section 4.3: the TLS cipher suite, by its registered name.
        client.tls().map(ReceivedField::tlsClause).ifPresent(field::append);
        field.append(";\r\n\t").append(MissingFields.DATE.format(now)).append("\r\n");
        return field.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// RFC 5321 section 4.1.3: an address literal. A name is told only where it leads back to the client.
    private String nameAndAddress() {
        String literal = address instanceof Inet6Address
                ? "[IPv6:" + withoutZone(address.getHostAddress()) + "]"
                : "[" + address.getHostAddress() + "]";
        return name instanceof ReverseName.Verified verified ? verified.name() + " " + literal : literal;
    }

    private static String withoutZone(String address) {
        int percent = address.indexOf('%');
        return percent < 0 ? address : address.substring(0, percent);
    }

    /// RFC 3848 and RFC 6531 section 4.3: S for TLS, A for AUTH; as whom is nobody's business on the way.
    private String protocol() {
        String marks = (client.tls().isPresent() ? "S" : "") + (client.user().isPresent() ? "A" : "");
        if (smtpUtf8) {
            return "UTF8SMTP" + marks;
        }
        return client.extended() ? "ESMTP" + marks : "SMTP";
    }

    private static String tlsClause(SSLSession session) {
        return "\r\n\ttls " + session.getCipherSuite();
    }

    /// For people, who look where other servers have it.
    private static String tlsComment(SSLSession session) {
        return "\r\n\t(using " + session.getProtocol() + " with cipher " + session.getCipherSuite() + ")";
    }

    /// RFC 5321 section 4.4 allows several, section 7.6 asks not to tell one recipient of another.
    private static Optional<String> onlyRecipient(List<Envelope.Recipient> recipients) {
        return recipients.size() == 1
                ? Optional.of(recipients.getFirst().address().toString())
                : Optional.empty();
    }
}
