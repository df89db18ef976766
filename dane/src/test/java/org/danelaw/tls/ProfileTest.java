package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.util.Set;
import javax.crypto.spec.DHPublicKeySpec;
import javax.net.ssl.SSLContext;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;

/// Which Diffie-Hellman groups are good enough for what is required of the peer.
final class ProfileTest {
    @Rule("D15")
    @Test
    void aSmallDiffieHellmanGroupIsGoodEnoughOnlyWhereNobodyIsAuthenticated() throws GeneralSecurityException {
        assertThat(permits(Profile.AUTHENTICATED, 1024)).isFalse();
        assertThat(permits(Profile.AUTHENTICATED, 2048)).isTrue();
        assertThat(permits(Profile.ENCRYPTED, 1024)).isTrue();
        assertThat(permits(Profile.OPPORTUNISTIC, 1024)).isTrue();
    }

    /// What the constraints that a connection is given say of a server's share.
    private static boolean permits(Profile profile, int bits) throws GeneralSecurityException {
        var context = SSLContext.getDefault();
        var parameters = context.getDefaultSSLParameters();
        profile.apply(parameters, context.getSupportedSSLParameters());
        return parameters.getAlgorithmConstraints().permits(Set.of(CryptoPrimitive.KEY_AGREEMENT), share(bits));
    }

    private static PublicKey share(int bits) throws GeneralSecurityException {
        // Nobody computes with it, so it need not be a prime.
        var modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        return KeyFactory.getInstance("DH")
                .generatePublic(new DHPublicKeySpec(BigInteger.TEN, modulus, BigInteger.TWO));
    }
}
