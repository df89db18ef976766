package org.danelaw.tls;

import java.util.List;
import org.xbill.DNS.Name;

/// What was seen of a TLS connection (rule D18), for logs, reports and proof.
///
/// @param protocol OpenSSL's name, as `TLSv1.3`; empty where the handshake broke off before
/// @param cipher OpenSSL's name, as `ECDHE-RSA-AES256-GCM-SHA384`; empty where the handshake broke off before
/// @param group the key exchange group where the TLS stack tells it, else empty
/// @param chain the certificates as the peer sent them, DER, its own first
public record Evidence(String protocol, String cipher, String group, Name sni, List<byte[]> chain) {
    public Evidence {
        chain = List.copyOf(chain);
    }
}
