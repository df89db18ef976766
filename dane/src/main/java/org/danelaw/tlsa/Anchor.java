package org.danelaw.tlsa;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// An authority at which a path of certificates may end.
///
/// @param limits the authority's certificate where that counts as a whole: its dates and constraints bind
/// the path; empty where only the key is pinned
/// @param by the record that pins it; empty for an authority of a CA store
record Anchor(PublicKey key, Optional<X509Certificate> limits, Optional<TlsaRecord> by) {}
