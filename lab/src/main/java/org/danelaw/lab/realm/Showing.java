package org.danelaw.lab.realm;

/// What a mail host does about STARTTLS, and which certificates it shows.
public enum Showing {
    NO_STARTTLS,
    /// Offers STARTTLS and answers it with 454.
    STARTTLS_REFUSED,
    /// Says 220 and answers the ClientHello with an alert.
    HANDSHAKE_FAILS,
    SELF_SIGNED,
    SELF_SIGNED_EXPIRED,
    /// A certificate under an intermediate authority under a private root, all three in the chain.
    CHAIN,
    CHAIN_EXPIRED,
    /// As CHAIN, the root left out.
    CHAIN_WITHOUT_ROOT,
    /// A certificate that names the root as its issuer but was never signed by it, and the true root behind it.
    FORGED_CHAIN,
    /// Self-signed RSA, TLS 1.2 only, key exchange by elliptic curves.
    RSA_TLS12_ECDHE,
    /// The same, key exchange by plain Diffie-Hellman.
    RSA_TLS12_DHE
}
