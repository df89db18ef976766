package org.danelaw.verify;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The forms that a line of `daneverify` may have: those that operators and their scripts know, and one more.
final class LineForms {
    private static final String MX = "MX\\(\\S+\\) in \\S+";
    private static final String ADDRESS = "(A|AAAA) record \\(\\S+\\)";

    private static final Pattern KNOWN = Pattern.compile(List.of(
                    "SECURE MX record\\(\\S+\\) found for \\S+",
                    "INSECURE MX record\\(\\S+\\) found for \\S+",
                    "INSECURE MX record\\(\\S+\\) found\\. The command will still proceed\\.",
                    "(BOGUS|NULL) MX record found for \\S+",
                    "NO MX or address record found for \\S+",
                    "(SECURE|INSECURE) " + ADDRESS + " found for " + MX,
                    "BOGUS (A|AAAA) record found for " + MX,
                    "Trying next " + ADDRESS + " for " + MX,
                    "Trying next MX record in \\S+",
                    "Connecting to \\S+ on port \\d+\\.",
                    "Connected to \\S+ from interface \\S+\\.",
                    "Connection to \\S+ on port \\d+ failed: .+",
                    "(SECURE|INSECURE|BOGUS|UNUSABLE|NO) TLSA record found for " + MX,
                    "Lookup of (MX|A|AAAA|TLSA) for \\S+ failed: .+",
                    "STARTTLS not offered by \\S+",
                    "Checking TLS connection\\.",
                    "TLS connection established: protocol TLSv1\\.[23], cipher \\S+\\.",
                    "TLS connection failed: .+",
                    "Certificate verification successful",
                    "Certificate verification failed: .+",
                    "TLS connection succeeded \\S+\\.",
                    "DANE (SUCCESS|FAILED) for \\S+",
                    "DANE verification completed\\.",
                    // Without it nothing would say why a host is passed over.
                    "NO A or AAAA record found for " + MX)
            .stream()
            .collect(Collectors.joining("|")));

    private LineForms() {}

    static boolean has(String line) {
        return KNOWN.matcher(line).matches();
    }
}
