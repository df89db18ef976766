package org.danelaw.tls;

/// `docs/certificates.md`: what of the table of certificates reaches the decision.
final class CertificatesPage {
    private static final String HEAD = """
            # Certificates that reach the decision

            Printed by `CarriedCertificatesTest`, which presents each of these to Danelaw in a handshake; do not edit.

            Under DANE a certificate may be expired, self-signed, for another name, or of a form that no authority would
            issue, and still be the right one (RFC 7672 section 3.1.1). TLS libraries break the handshake off over some
            of these before anybody could say so. *Carried* means that the certificates reached Danelaw's own decision
            as they were sent, and that it decided as the second column says; *not carried* that the JDK's TLS would not
            go on, with the reason that the log then shows: the host is skipped and the message stays in the queue.

            """;

    private static final String BEYOND = """

            ## What cannot be carried

            - More than 100 certificates, or more than 256 KB of them: JSSE stops reading. Of what is carried, the first 16
              certificates within the first 100 KB are looked at.
            - A server's own key that the JDK cannot check a signature with, because the handshake itself is signed with
              it: curves that the JDK does not know (`brainpool`, `secp256k1`, written-out parameters of no named curve),
              DSA under TLS 1.3, GOST, and RSA keys of fewer than 512 or more than 16384 bits. The reason is the JDK's.
            - Raw public keys (RFC 7250): never offered.

            In each of these the handshake fails and nothing is sent; a matching record cannot mend it, and no mismatch is
            reported either.
            """;

    private CertificatesPage() {}

    static String of(String rows, String carried) {
        return HEAD
                + carried + " are carried.\n\n"
                + "| presented | decision | TLS 1.3 | TLS 1.2 |\n| --- | --- | --- | --- |\n"
                + rows + BEYOND;
    }
}
