package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Writes a server's replies, in lines that fit their limit.
final class ReplyWriter {
    private static final int TEXT = SmtpLimits.REPLY_LINE - "250-".length() - "\r\n".length();

    private final Wire wire;

    ReplyWriter(Wire wire) {
        this.wire = wire;
    }

    /// Sends the reply, with those to other commands of its group.
    void add(Reply reply) throws IOException {
        List<String> lines = reply.lines();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            String separator = i < lines.size() - 1 ? "-" : " ";
            octets.writeBytes((reply.code() + separator).getBytes(StandardCharsets.US_ASCII));
            octets.writeBytes(text(lines.get(i)));
            octets.writeBytes(new byte[] {'\r', '\n'});
        }
        wire.queue(octets.toByteArray());
    }

    /// RFC 5321 section 4.2: text of printable ASCII; what quotes a client is cleaned of all else.
    private static byte[] text(String line) {
        byte[] octets = Printable.of(line).getBytes(StandardCharsets.US_ASCII);
        return octets.length <= TEXT ? octets : Arrays.copyOf(octets, TEXT);
    }
}
