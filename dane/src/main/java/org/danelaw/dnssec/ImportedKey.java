package org.danelaw.dnssec;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/// A public key in the hands of the provider that took it.
record ImportedKey(SignatureScheme scheme, PublicKey key) {
    /// Whether `signature` is this key's over `octets`. What has not the shape of a signature is none.
    boolean signed(byte[] octets, byte[] signature) {
        try {
            Signature check = Signature.getInstance(scheme.signature(), scheme.provider());
            check.initVerify(key);
            check.update(octets);
            return check.verify(signature);
        } catch (GeneralSecurityException | RuntimeException notASignature) {
            // Providers throw either for a signature of the wrong length or with numbers out of range.
            return false;
        }
    }
}
