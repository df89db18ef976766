package org.danelaw.lab.mailhost;

import java.util.List;

/// A message that a host received whole, up to its final dot, whatever it then replied.
///
/// @param parameters those of MAIL, as they came
/// @param size in octets, dots unstuffed, without the final dot
/// @param sha256 of the same octets, hexadecimal
/// @param content the same octets as Latin-1 text; empty where the host keeps no contents
/// @param reply what the host said to it
public record Mail(
        String sender,
        String parameters,
        List<String> recipients,
        boolean underTls,
        long size,
        String sha256,
        String content,
        String reply) {
    public Mail {
        recipients = List.copyOf(recipients);
    }

    public boolean accepted() {
        return reply.startsWith("2");
    }
}
