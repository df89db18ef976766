package org.danelaw.delivery;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.tls.Evidence;

/// What the other side must publish so that its certificate is accepted: the lines of a report.
final class Remedy {
    private Remedy() {}

    static List<String> of(Candidate candidate, int port, Evidence evidence) {
        var host = Names.text(candidate.host().name());
        return switch (candidate.requirement()) {
            case TlsRequirement.Dane dane -> dane(dane, host, port, evidence);
            case TlsRequirement.Pkix(var names, var sni) ->
                List.of("Install a certificate of a public CA at " + host + " that carries one of these names: "
                        + String.join(", ", names.stream().map(Names::text).toList()) + ".");
            case TlsRequirement other -> List.of();
        };
    }

    private static List<String> dane(TlsRequirement.Dane dane, String host, int port, Evidence evidence) {
        var owner = "_" + port + "._tcp." + dane.sni();
        var lines = new ArrayList<String>();
        lines.add("The TLSA records found at " + owner + " are:");
        dane.records().forEach(record -> lines.add("  " + owner + " IN TLSA " + record));
        if (evidence.chain().isEmpty()) {
            lines.add("None of them admits what " + host + " shows; it showed no certificate.");
        } else {
            lines.add("None of them admits the certificate that " + host + " shows. Put the old certificate back, or"
                    + " publish this record and wait for the old ones' time to live before they are removed:");
            lines.add("  " + owner + " IN TLSA " + record(evidence.chain().getFirst()));
        }
        return lines;
    }

    /// RFC 7671 section 5.1 recommends `3 1 1`; a certificate whose key cannot be read is named whole.
    private static String record(byte[] certificate) {
        try {
            var parsed =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            return "3 1 1 " + sha256(parsed.getPublicKey().getEncoded());
        } catch (CertificateException unreadable) {
            return "3 0 1 " + sha256(certificate);
        }
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
