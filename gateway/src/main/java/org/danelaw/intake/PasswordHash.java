package org.danelaw.intake;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2) keeps it, written
/// `{PBKDF2-SHA256}iterations$salt$hash`, both in Base64 with `.` for `+` and without padding: what OpenLDAP's
/// `pw-pbkdf2` and Python's `passlib.hash.ldap_pbkdf2_sha256` write, too.
public final class PasswordHash {
    /// More take longer than a client waits.
    public static final int MOST_ITERATIONS = 5_000_000;

    /// Fewer are no hindrance to anybody (RFC 8018 section 4.2).
    public static final int LEAST_ITERATIONS = 1_000;

    /// What we write: the advice of OWASP's password storage cheat sheet of 2023.
    static final int ITERATIONS = 600_000;

    static final int MOST_SALT_OCTETS = 64;
    static final int LEAST_SALT_OCTETS = 8;
    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;

    private static final Pattern FORM = Pattern.compile(
            "\\{PBKDF2-SHA256}(?<iterations>[1-9][0-9]{0,8})\\$(?<salt>[A-Za-z0-9./+]+)=*\\$(?<hash>[A-Za-z0-9./+]+)=*");

    /// One that no password is known for.
    static final PasswordHash NOBODYS = new PasswordHash(ITERATIONS, new byte[SALT_OCTETS], new byte[HASH_OCTETS]);

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException with a sentence that does not quote it
    public static PasswordHash parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a hash has the form {PBKDF2-SHA256}iterations$salt$hash, which"
                    + " danelaw config hash-password makes");
        }
        int iterations = Integer.parseInt(parts.group("iterations"));
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    "a hash has from " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS + " iterations");
        }
        byte[] salt = octets(parts.group("salt"));
        if (salt.length < LEAST_SALT_OCTETS || salt.length > MOST_SALT_OCTETS) {
            throw new IllegalArgumentException(
                    "a salt has from " + LEAST_SALT_OCTETS + " to " + MOST_SALT_OCTETS + " octets");
        }
        byte[] hash = octets(parts.group("hash"));
        if (hash.length != HASH_OCTETS) {
            throw new IllegalArgumentException("a hash of PBKDF2-SHA256 has " + HASH_OCTETS + " octets");
        }
        return new PasswordHash(iterations, salt, hash);
    }

    /// Makes the hash of a password, with a salt of its own.
    ///
    /// @throws IllegalArgumentException where the password is empty
    public static PasswordHash of(String password) {
        return of(password, ITERATIONS);
    }

    static PasswordHash of(String password, int iterations) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("a password must not be empty");
        }
        byte[] salt = new byte[SALT_OCTETS];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, iterations, salt));
    }

    /// Whether this is the password; it takes as long if it is not.
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, iterations, salt)) && !password.isEmpty();
    }

    private static byte[] derive(String password, int iterations, byte[] salt) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_OCTETS * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the Java runtime has no PBKDF2 with HMAC-SHA-256", missing);
        } finally {
            key.clearPassword();
        }
    }

    private static byte[] octets(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replace('.', '+'));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("salt and hash are Base64, with . or + for 62", malformed);
        }
    }

    private static String text(byte[] octets) {
        return Base64.getEncoder().withoutPadding().encodeToString(octets).replace('+', '.');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    /// The written form.
    @Override
    public String toString() {
        return "{PBKDF2-SHA256}" + iterations + "$" + text(salt) + "$" + text(hash);
    }
}
