package org.danelaw.smtp;

import java.util.ArrayList;
import java.util.List;

/// Writes the commands of one transaction, with the parameters that a server's capabilities allow.
record ClientCommands(Capabilities server) {
    /// MAIL, each RCPT, DATA.
    List<String> of(Envelope envelope, Content content) {
        List<String> commands = new ArrayList<>();
        commands.add(mail(envelope, content));
        envelope.recipients().forEach(recipient -> commands.add(recipient(recipient)));
        commands.add("DATA");
        commands.forEach(ClientCommands::requireOneLine);
        return commands;
    }

    private String mail(Envelope envelope, Content content) {
        StringBuilder mail = new StringBuilder("MAIL FROM:<");
        envelope.sender().ifPresent(mail::append);
        mail.append('>');
        if (server.offers("SIZE")) {
            mail.append(" SIZE=").append(content.size());
        }
        if (envelope.needs().eightBitMime()) {
            mail.append(" BODY=8BITMIME");
        }
        if (envelope.needsSmtpUtf8()) {
            mail.append(" SMTPUTF8");
        }
        if (server.offers("DSN")) {
            envelope.dsn().ret().ifPresent(ret -> mail.append(" RET=").append(ret));
            envelope.dsn().envelopeId().ifPresent(id -> mail.append(" ENVID=").append(id));
        }
        return mail.toString();
    }

    private String recipient(Envelope.Recipient recipient) {
        StringBuilder rcpt =
                new StringBuilder("RCPT TO:<").append(recipient.address()).append('>');
        if (server.offers("DSN")) {
            recipient.notifyWhen().ifPresent(when -> rcpt.append(" NOTIFY=").append(when));
            recipient
                    .originalRecipient()
                    .ifPresent(original -> rcpt.append(" ORCPT=").append(original));
        }
        return rcpt.toString();
    }

    /// Whatever an envelope holds, it must not become a second command.
    private static void requireOneLine(String command) {
        if (command.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("'" + Printable.of(command) + "' has a control character in it");
        }
    }
}
