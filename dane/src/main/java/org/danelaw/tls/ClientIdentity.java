package org.danelaw.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate chain that is shown to hosts which ask for one, the client's own first, and the key to it.
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
    public ClientIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a client that shows nothing has no identity");
        }
    }

    KeyManager[] managers() {
        return new KeyManager[] {new Shown(this)};
    }

    /// Shows the identity to whoever can check a signature of its kind. The authorities that a host names
    /// are not looked at, unlike JSSE's own way: many mail hosts name a public list by habit and take any
    /// certificate.
    private static final class Shown extends X509ExtendedKeyManager {
        private static final String ALIAS = "client";

        private final ClientIdentity identity;

        Shown(ClientIdentity identity) {
            this.identity = identity;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return Stream.of(keyTypes)
                            .anyMatch(type -> type.equals(identity.key().getAlgorithm()))
                    ? ALIAS
                    : null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return keyType.equals(identity.key().getAlgorithm()) ? new String[] {ALIAS} : null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return alias.equals(ALIAS) ? identity.chain().toArray(X509Certificate[]::new) : null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return alias.equals(ALIAS) ? identity.key() : null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
