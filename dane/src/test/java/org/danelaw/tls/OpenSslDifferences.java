package org.danelaw.tls;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where OpenSSL 3.0 judges a case in another way than Danelaw does, and which RFC speaks for Danelaw.
record OpenSslDifferences(String why, String openSsl, String danelaw, List<String> cases) {
    private static final String DENIED = "denied";

    static final List<OpenSslDifferences> ALL = List.of(
            new OpenSslDifferences(
                    "RFC 7672 section 3.1.1: DANE-EE looks at the server's own certificate or key and at nothing else; "
                            + "OpenSSL breaks the handshake off over a second certificate that it cannot read, and over "
                            + "more than 100 KB",
                    DENIED,
                    "depth 0",
                    List.of(
                            "180 KB of certificates",
                            "garbage between certificates",
                            "second certificate garbage",
                            "second certificate in PEM",
                            "second certificate of one octet",
                            "second certificate truncated")),
            new OpenSslDifferences(
                    "RFC 5280 section 6.1: what stands on no path is no part of what is validated; OpenSSL as before",
                    DENIED,
                    "depth 2",
                    List.of("TA, garbage behind")),
            new OpenSslDifferences(
                    "RFC 6698 section 2.1.2 and RFC 5280 section 6.1.1 (d): selector SPKI pins a key, and a trust anchor "
                            + "is a name and a key; OpenSSL holds the path to the certificate that happens to carry it",
                    DENIED,
                    "depth 2",
                    List.of(
                            "TA by key: CA:FALSE",
                            "TA by key: expired",
                            "TA by key: may certify others only",
                            "TA by key: path length 0")),
            new OpenSslDifferences(
                    "RFC 5280 section 4.2.1.12: anyExtendedKeyUsage restricts nothing; OpenSSL wants serverAuth by name",
                    DENIED,
                    "depth 2",
                    List.of("TA, server's for any use")),
            new OpenSslDifferences(
                    "RFC 4158 section 2.3: of several issuers of one name each may be the right one; OpenSSL takes the "
                            + "first and does not come back",
                    DENIED,
                    "depth 1",
                    List.of("impostor of the same name before the TA")),
            new OpenSslDifferences(
                    "RFC 7672 section 3.1.2: DANE-TA pins an issuer of the server's certificate; OpenSSL lets a "
                            + "self-signed one pass whose own key is pinned so",
                    "depth 1",
                    DENIED,
                    List.of("DANE-TA holds the server's own key, 2 1 0")),
            new OpenSslDifferences(
                    "RFC 7672 section 3.2.3: a wildcard is the whole left-most label; OpenSSL allows one in a part of it "
                            + "unless told otherwise",
                    "depth 2",
                    DENIED,
                    List.of("TA, wildcard in a part of a label")),
            new OpenSslDifferences(
                    "RFC 5280 section 4.2.1.10: a name that counts as a host's is under the issuer's name constraints; "
                            + "OpenSSL does not hold a CN with a wildcard against them",
                    "depth 2",
                    DENIED,
                    List.of("TA, wildcard CN that the issuer may not certify")));

    /// Both judgements by case.
    static Map<String, String> byCase() {
        var all = new HashMap<String, String>();
        for (var difference : ALL) {
            for (var name : difference.cases) {
                all.put(name, "OpenSSL " + difference.openSsl + ", Danelaw " + difference.danelaw);
            }
        }
        return all;
    }
}
