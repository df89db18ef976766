package org.danelaw.tlsa;

import java.util.List;
import java.util.OptionalInt;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.Identity;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// One thing that a server may present, TLSA records for it, and what is due: judged raw in this package,
/// through a handshake in `tls`, and by OpenSSL in the peers suite.
///
/// @param depth at which a record admits it; empty where none does
public record CertificateCase(
        String name, Identity identity, List<TlsaRecord> records, List<Name> references, OptionalInt depth) {
    /// The base domain of all cases.
    public static final Name BASE = name("mx.example.com.");

    static CertificateCase admitted(String name, int depth, Identity identity, String... tuples) {
        return new CertificateCase(name, identity, records(tuples), List.of(BASE), OptionalInt.of(depth));
    }

    static CertificateCase denied(String name, Identity identity, String... tuples) {
        return new CertificateCase(name, identity, records(tuples), List.of(BASE), OptionalInt.empty());
    }

    /// DANE-EE by key: whatever else is wrong with the certificate, it is admitted.
    static CertificateCase pinned(String name, Certified leaf, Certified... others) {
        return admitted(name, 0, Identity.of(leaf, others), leaf.tlsa(3, 1, 1));
    }

    CertificateCase alsoFor(String reference) {
        return new CertificateCase(name, identity, records, List.of(BASE, name(reference)), depth);
    }

    CertificateCase onlyFor(String reference) {
        return new CertificateCase(name, identity, records, List.of(name(reference)), depth);
    }

    static List<TlsaRecord> records(String... tuples) {
        return List.of(tuples).stream().map(CertificateCase::record).toList();
    }

    static TlsaRecord record(String tuple) {
        var words = tuple.split(" ", 4);
        return new TlsaRecord(
                Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
    }

    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
