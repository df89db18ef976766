package org.danelaw.resolver;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.dns.FailureText;
import org.danelaw.dnssec.TrustAnchor;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Reads trust anchors from a file of DS and DNSKEY records in zone-file form (RFC 1035 section 5.1), with
/// comments and parentheses, without directives. Every owner name stands in full.
final class AnchorFile {
    private static final int MOST_BYTES = 1 << 20;

    private final String label;
    private final List<TrustAnchor> anchors = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private AnchorFile(String label) {
        this.label = label;
    }

    /// @throws IOException if the file cannot be read, or is no such file: then each problem is a line of the
    /// message, as `FILE:LINE: text`
    static List<TrustAnchor> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ":1: longer than " + MOST_BYTES + " bytes, so no file of trust anchors");
        }
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (MalformedInputException binary) {
            throw new IOException(file + ":1: not a text file", binary);
        }
    }

    static List<TrustAnchor> parse(String label, List<String> lines) throws IOException {
        var file = new AnchorFile(label);
        file.parse(lines);
        if (!file.problems.isEmpty()) {
            throw new IOException(String.join("\n", file.problems));
        }
        return List.copyOf(file.anchors);
    }

    private void parse(List<String> lines) {
        var entry = new StringBuilder();
        int first = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (entry.isEmpty()) {
                first = i + 1;
            }
            entry.append(withoutComment(lines.get(i)));
            if (!isOpen(entry)) {
                parseEntry(entry.toString(), first);
                entry.setLength(0);
            } else {
                entry.append(' ');
            }
        }
        if (!entry.isEmpty()) {
            problem(first, "the parenthesis that opens here is never closed");
        }
        if (anchors.isEmpty() && problems.isEmpty()) {
            problem(1, "holds no DS or DNSKEY record");
        }
    }

    /// DS and DNSKEY records have no strings, so a semicolon is always a comment.
    private static String withoutComment(String line) {
        int comment = line.indexOf(';');
        return comment < 0 ? line : line.substring(0, comment);
    }

    private static boolean isOpen(CharSequence entry) {
        return entry.chars().filter(c -> c == '(').count()
                > entry.chars().filter(c -> c == ')').count();
    }

    private void parseEntry(String entry, int line) {
        String[] words = entry.replace('(', ' ').replace(')', ' ').strip().split("\\s+");
        if (words.length == 1 && words[0].isEmpty()) {
            return;
        }
        if (Character.isWhitespace(entry.charAt(0))) {
            problem(line, "every record begins with the name of its zone");
            return;
        }
        try {
            anchor(words).ifPresentOrElse(anchors::add, () -> problem(line, "neither a DS nor a DNSKEY record"));
        } catch (IOException | IllegalArgumentException malformed) {
            problem(line, FailureText.of(malformed));
        }
    }

    private static Optional<TrustAnchor> anchor(String[] words) throws IOException {
        int at = 1;
        while (at < words.length && (words[at].matches("\\d+") || words[at].equalsIgnoreCase("IN"))) {
            at++;
        }
        int type = at < words.length ? Type.value(words[at]) : -1;
        if (type != Type.DS && type != Type.DNSKEY) {
            return Optional.empty();
        }
        Name zone = Name.fromString(words[0]);
        if (!zone.isAbsolute()) {
            throw new IOException(zone + " is not fully qualified: it lacks its final dot");
        }
        String data = Arrays.stream(words).skip(at + 1L).collect(Collectors.joining(" "));
        return Optional.of(anchor(Record.fromString(zone, type, DClass.IN, 0, data, Name.root)));
    }

    private static TrustAnchor anchor(Record record) throws IOException {
        if (record instanceof DSRecord ds) {
            return new TrustAnchor.Digest(ds);
        }
        var key = (DNSKEYRecord) record;
        if ((key.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) == 0) {
            throw new IOException("the key lacks the flag of a zone key (256)");
        }
        if ((key.getFlags() & DNSKEYRecord.Flags.REVOKE) != 0) {
            throw new IOException("the key is revoked (RFC 5011 section 2.1)");
        }
        return new TrustAnchor.Key(key);
    }

    private void problem(int line, String text) {
        problems.add(label + ":" + line + ": " + text);
    }
}
