package org.danelaw.resolver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.dns.FailureText;
import org.danelaw.dnssec.TrustAnchor;
import org.danelaw.resolver.AnchorKey.State;
import org.xbill.DNS.Name;

/// All trust points as they stand, with the moment when each is looked at again, as a text file.
///
/// The file is written whole beside the old one, forced to the disk and renamed over it, so that there is
/// always one that is complete. One that is not what we wrote is never guessed at: a key that it had revoked
/// might come back.
///
/// @param origin which configured anchors this began from
record AnchorState(String origin, Map<Name, Point> points) {
    private static final String FIRST_LINE = "; Danelaw's trust anchors (RFC 5011), kept by the program: do not edit";
    private static final int MOST_BYTES = 1 << 20;

    AnchorState {
        points = Map.copyOf(points);
    }

    /// @param originalTtl that of the DNSKEY set's signature when it was last seen
    /// @param expiration when that signature ends
    record Point(TrustPoint trust, Instant refreshAt, Duration originalTtl, Instant expiration) {
        /// A trust point whose keys nobody has looked at yet.
        static Point unseen(TrustPoint trust, Instant now) {
            return new Point(trust, now, Duration.ZERO, Instant.EPOCH);
        }
    }

    /// Nothing where there is no file yet.
    ///
    /// @throws IOException as `FILE:LINE: text` if it cannot be read, or is damaged
    static Optional<AnchorState> read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw damaged(file, 1, "longer than " + MOST_BYTES + " bytes");
            }
            return Optional.of(new Reader(file, Files.readAllLines(file)).state());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (MalformedInputException binary) {
            throw damaged(file, 1, "not a text file");
        }
    }

    private static IOException damaged(Path file, int line, String what) {
        return new IOException(file + ":" + line + ": the state of the trust anchors is damaged (" + what
                + "). Check the root's keys against https://data.iana.org/root-anchors/, then remove the file to begin"
                + " again from the configured anchors");
    }

    void write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var octets = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(target.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    String text() {
        var lines = new ArrayList<>(List.of(FIRST_LINE, "origin " + origin));
        points.values().stream()
                .sorted((one, other) ->
                        one.trust().zone().compareTo(other.trust().zone()))
                .forEach(point -> {
                    lines.add(line(point));
                    point.trust().keys().forEach(key -> lines.add(line(key)));
                });
        lines.add("sum " + digest(lines));
        return String.join("\n", lines) + "\n";
    }

    private static String line(Point point) {
        return "zone " + point.trust().zone() + " refresh " + point.refreshAt() + " ttl " + point.originalTtl()
                + " expiration " + point.expiration();
    }

    private static String line(AnchorKey key) {
        String record = switch (key.anchor()) {
            case TrustAnchor.Key(var dnskey) -> "DNSKEY " + dnskey.rdataToString();
            case TrustAnchor.Digest(var ds) -> "DS " + ds.rdataToString();
        };
        return "key " + key.state() + " since " + key.since() + " due " + key.due() + " "
                + record.replaceAll("[()\\s]+", " ");
    }

    /// The same for the same anchors, in whatever order.
    static String digestOf(List<TrustAnchor> anchors) {
        return digest(anchors.stream()
                .map(anchor -> anchor.zone() + line(AnchorKey.configured(anchor, Instant.EPOCH)))
                .sorted()
                .toList());
    }

    private static String digest(List<String> lines) {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /// Reads one file, line by line.
    private static final class Reader {
        private final Path file;
        private final List<String> lines;
        private final Map<Name, Point> points = new LinkedHashMap<>();

        Reader(Path file, List<String> lines) {
            this.file = file;
            this.lines = lines;
        }

        AnchorState state() throws IOException {
            int last = lines.size() - 1;
            if (last < 2 || !lines.getFirst().equals(FIRST_LINE)) {
                throw damaged(file, 1, "not such a file");
            }
            if (!lines.getLast().equals("sum " + digest(lines.subList(0, last)))) {
                throw damaged(file, last + 1, "its checksum is wrong");
            }
            String origin = words(1, 2)[1];
            int at = 2;
            while (at < last) {
                at = readPoint(at, last);
            }
            return new AnchorState(origin, points);
        }

        private int readPoint(int at, int last) throws IOException {
            String[] zone = words(at, 8);
            int end = at + 1;
            var keys = new ArrayList<AnchorKey>();
            try {
                Name name = Name.fromString(zone[1]);
                while (end < last && lines.get(end).startsWith("key ")) {
                    keys.add(readKey(name, end));
                    end++;
                }
                points.put(
                        name,
                        new Point(
                                new TrustPoint(name, keys),
                                Instant.parse(zone[3]),
                                Duration.parse(zone[5]),
                                Instant.parse(zone[7])));
            } catch (DateTimeException | IllegalArgumentException wrong) {
                throw damaged(file, end + 1, FailureText.of(wrong));
            }
            return end;
        }

        private AnchorKey readKey(Name zone, int at) throws IOException {
            String[] words = words(at, 8);
            String record = zone + " IN " + words[6] + " " + words[7];
            var anchor = AnchorFile.parse(file + " (line " + (at + 1) + ")", List.of(record))
                    .getFirst();
            return new AnchorKey(anchor, State.valueOf(words[1]), Instant.parse(words[3]), Instant.parse(words[5]));
        }

        private String[] words(int at, int count) throws IOException {
            String[] words = lines.get(at).split(" ", count);
            if (words.length < count) {
                throw damaged(file, at + 1, "a line is cut short");
            }
            return words;
        }
    }
}
