package org.danelaw.tls;

import java.net.Socket;
import org.danelaw.policy.TlsRequirement;

/// Makes a connected socket a TLS connection, held against what the peer must prove.
@FunctionalInterface
public interface TlsConnector {
    /// Shakes hands over `plain` (its time-outs are the caller's) and judges the peer inside the handshake. Never
    /// throws
    /// for anything that the peer does; unless secured, `plain` is closed.
    Handshake secure(Socket plain, TlsRequirement requirement);
}
