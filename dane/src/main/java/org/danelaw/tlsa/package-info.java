/// TLSA records and the certificates that they admit (RFC 6698, 7671, 7672 section 3): pure, without I/O;
/// the clock is an argument.
///
/// A TLSA record pins the key or certificate of a server (usage DANE-EE, 3) or of an authority that its
/// chain leads to (DANE-TA, 2). Mail uses no others: the usages that lean on public authorities, 0 and 1,
/// are unusable here (RFC 7672 section 3.1.3). [Usability] says which records count, [DigestAgility] which
/// of those still do beside stronger ones, and [TlsaRecords#admit] whether one of them admits what a server
/// presented.
///
/// Under DANE-EE nothing of the certificate is looked at but the octets that the record names, so
/// certificates stay raw octets here for as long as that can be: [RawCertificate] cuts the key out of one
/// that Java cannot read. Under DANE-TA, [TrustPath] looks for a way from the server's certificate to the
/// pinned authority among what was presented, and [PathRules] holds it against RFC 5280.
/// [CertificateAuthorities] does the same for the authorities of a CA store, for those destinations whose
/// operator asks for that; DANE never looks at them (rule D5).
@org.jspecify.annotations.NullMarked
package org.danelaw.tlsa;
