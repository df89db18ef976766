package org.danelaw.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The names that mail administrators know cipher suites by: OpenSSL's, for IANA's. Protocols have the same
/// names in both.
public final class OpenSslNames {
    private static final Map<String, String> BY_IANA = read();

    private OpenSslNames() {}

    /// OpenSSL's name for a suite of JSSE; JSSE's own where OpenSSL has none.
    public static String of(String jsseSuite) {
        // JSSE keeps the names that suites had before TLS.
        var iana = jsseSuite.replaceFirst("^SSL_", "TLS_");
        return BY_IANA.getOrDefault(iana, jsseSuite);
    }

    private static Map<String, String> read() {
        var table = Objects.requireNonNull(OpenSslNames.class.getResourceAsStream("openssl-names.tsv"), "the table");
        try (var lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> words[1]));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
