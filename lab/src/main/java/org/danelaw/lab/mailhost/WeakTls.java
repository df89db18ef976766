package org.danelaw.lab.mailhost;

import java.security.Security;

/// Lets the JDK's servers speak the TLS of old ones (TLS 1.0, anonymous suites, SHA-1), which they refuse by default,
/// and
/// take any server name.
///
/// JSSE reads the settings once, when it is loaded, so this has to come first; they hold for the whole process.
final class WeakTls {
    private static final String STILL_REFUSED = "SSLv3, RC4, DES, NULL";

    private WeakTls() {}

    static void allow() {
        Security.setProperty("jdk.tls.disabledAlgorithms", STILL_REFUSED);
        // JSSE breaks off when a server name has an underscore: ClientHello reads the name in its place.
        System.setProperty("jdk.tls.server.disableExtensions", "server_name");
    }
}
