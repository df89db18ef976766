package org.danelaw.lab.mailhost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The first record of a handshake, read from the wire before JSSE sees it, for the server name that it asks for: JSSE
/// itself refuses names with underscores, which mail hosts have.
final class ClientHello {
    private static final int HEADER = 5;
    private static final int SESSION_ID_AT = HEADER + 4 + 2 + 32;
    private static final int SERVER_NAME = 0;

    private final byte[] record;

    private ClientHello(byte[] record) {
        this.record = record;
    }

    /// Reads one TLS record (RFC 8446 section 5.1) whole.
    static ClientHello read(Wire wire) throws IOException {
        var record = new ByteArrayOutputStream();
        for (int i = 0; i < HEADER; i++) {
            record.write(wire.read());
        }
        byte[] header = record.toByteArray();
        int length = ((header[3] & 0xff) << 8) | (header[4] & 0xff);
        for (int i = 0; i < length; i++) {
            record.write(wire.read());
        }
        return new ClientHello(record.toByteArray());
    }

    byte[] octets() {
        return record.clone();
    }

    /// The host_name of RFC 6066 section 3, in Latin-1.
    Optional<String> serverName() {
        try {
            var rest = ByteBuffer.wrap(record).position(SESSION_ID_AT);
            skip(rest, rest.get() & 0xff);
            skip(rest, rest.getShort() & 0xffff);
            skip(rest, rest.get() & 0xff);
            var extensions = rest.slice(rest.position() + 2, rest.getShort() & 0xffff);
            while (extensions.hasRemaining()) {
                int kind = extensions.getShort() & 0xffff;
                int length = extensions.getShort() & 0xffff;
                if (kind == SERVER_NAME) {
                    return Optional.of(hostName(extensions));
                }
                skip(extensions, length);
            }
            return Optional.empty();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException malformed) {
            // No ClientHello, or one in several records: JSSE will say what it makes of it.
            return Optional.empty();
        }
    }

    private static String hostName(ByteBuffer extension) {
        extension.getShort();
        extension.get();
        var name = new byte[extension.getShort() & 0xffff];
        extension.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static void skip(ByteBuffer buffer, int octets) {
        buffer.position(buffer.position() + octets);
    }
}
