package org.danelaw.tls;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Set;
import javax.crypto.interfaces.DHPublicKey;
import org.jspecify.annotations.Nullable;

/// Refuses weak Diffie-Hellman groups in one handshake, and takes down which group it was: JSSE shows the
/// server's share to nobody but the constraints of a socket.
final class KeyExchange implements AlgorithmConstraints {
    /// RFC 9325 section 4.4: no smaller group where security counts.
    static final int MODERN_DH_BITS = 2048;
    /// Whatever the process allows at all.
    static final int ANY_BITS = 0;

    private final int leastDhBits;
    private String group = "";

    KeyExchange(int leastDhBits) {
        this.leastDhBits = leastDhBits;
    }

    /// The group in the names of the IANA registry; empty where none was seen.
    String group() {
        return group;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        if (!primitives.contains(CryptoPrimitive.KEY_AGREEMENT)) {
            return true;
        }
        return switch (key) {
            case XECPublicKey share
            when share.getParams() instanceof NamedParameterSpec named -> {
                group = named.getName().toLowerCase(java.util.Locale.ROOT);
                yield true;
            }
            case ECPublicKey share -> {
                group = "secp" + share.getParams().getOrder().bitLength() + "r1";
                yield true;
            }
            case DHPublicKey share -> {
                int bits = share.getParams().getP().bitLength();
                group = "ffdhe" + bits;
                yield bits >= leastDhBits;
            }
            default -> true;
        };
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
        return permits(primitives, key);
    }
}
