/// Takes a connected socket after the 220, shakes hands, and asks `policy` for the verdict before any
/// further octet is sent; no SMTP.
///
/// [JsseTlsConnector] works over the JDK's own TLS, which was made for clients that want trust in
/// authorities, and is led past that with care: the verdict is the trust manager's, so it falls inside the
/// handshake and never is skipped by a resumed session; certificates that the JDK cannot read reach it as
/// raw octets ([LenientCertificates]); what the JDK forbids for all is allowed again ([JsseSettings]) and
/// bounded for each connection ([Profile]).
/// `docs/certificates.md` lists what it still cannot carry.
@org.jspecify.annotations.NullMarked
package org.danelaw.tls;
