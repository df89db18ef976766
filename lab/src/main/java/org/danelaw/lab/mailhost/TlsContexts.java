package org.danelaw.lab.mailhost;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// A host's JSSE contexts, one for each server name that it knows and one for all others; each remembers its sessions,
/// so
/// that a client can resume them.
final class TlsContexts {
    private final SSLContext otherwise;
    private final Map<String, SSLContext> byName = new HashMap<>();

    TlsContexts(MailHostSettings settings) {
        WeakTls.allow();
        otherwise = context(settings.identities());
        settings.byServerName().forEach((name, identity) -> byName.put(name, context(List.of(identity))));
    }

    SSLContext forName(Optional<String> asked) {
        return asked.map(byName::get).orElse(otherwise);
    }

    private static SSLContext context(List<Identity> shown) {
        try {
            var context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(new KeyManager[] {new Identities(shown)}, null, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
