package org.danelaw.dnssec;

/// How much work one question may still cause. Whoever writes a zone can make a validator try every key against every
/// signature (KeyTrap, CVE-2023-50387) or hash names without end (CVE-2023-50868); a budget that is spent makes the
/// look-up fail. Used by one thread.
public final class Budget {
    /// A set of an honest zone needs one check, in a key roll-over two, with colliding key tags a few.
    public static final int SIGNATURE_CHECKS_A_SET = 16;

    /// An honest question with a chain of aliases through cold zones needs some twenty.
    public static final int SIGNATURE_CHECKS_A_QUESTION = 128;

    /// DS digests over keys: an honest zone needs as many as it has DS records.
    public static final int DS_DIGESTS_A_QUESTION = 128;

    /// Names that are hashed for NSEC3, each with up to the permitted number of iterations: a denial needs as many as
    /// the name has labels and one more.
    public static final int NSEC3_HASHES_A_QUESTION = 160;

    /// Queries to upstreams: one for each label of each name on the way, and one for the keys of each zone.
    public static final int QUERIES_A_QUESTION = 64;

    private int signatureChecks = SIGNATURE_CHECKS_A_QUESTION;
    private int dsDigests = DS_DIGESTS_A_QUESTION;
    private int nsec3Hashes = NSEC3_HASHES_A_QUESTION;
    private int queries = QUERIES_A_QUESTION;
    private boolean spent;

    /// Takes one of each, or says that none is left.
    boolean allowsSignatureCheck() {
        return signatureChecks-- > 0 || exceeded();
    }

    boolean allowsDsDigest() {
        return dsDigests-- > 0 || exceeded();
    }

    boolean allowsNsec3Hash() {
        return nsec3Hashes-- > 0 || exceeded();
    }

    public boolean allowsQuery() {
        return queries-- > 0 || exceeded();
    }

    /// Whether something was refused: what was concluded then is no fact about the zone.
    public boolean isSpent() {
        return spent;
    }

    private boolean exceeded() {
        spent = true;
        return false;
    }
}
