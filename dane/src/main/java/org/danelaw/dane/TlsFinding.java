package org.danelaw.dane;

import java.net.Socket;

/// What a server showed when TLS was begun: the proof that was required, or something else, which is an
/// [Obstacle].
public sealed interface TlsFinding permits TlsFinding.Secured, Obstacle {
    /// It proved what it had to; go on with EHLO over `socket`.
    ///
    /// @param socket the TLS connection
    /// @param protocol as OpenSSL names it, such as `TLSv1.3`
    /// @param cipher as OpenSSL names it, such as `TLS_AES_256_GCM_SHA384`
    /// @param proof what admitted it: the TLSA record and the place in the chain that it matched, or that
    /// nothing was asked
    record Secured(Socket socket, String protocol, String cipher, String proof) implements TlsFinding {}
}
