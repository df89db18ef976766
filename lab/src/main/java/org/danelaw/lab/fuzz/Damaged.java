package org.danelaw.lab.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/// Good input with a few random faults.
public final class Damaged {
    private static final int MOST_HITS = 4;
    private static final int LONGEST_PIECE = 16;
    private static final byte[] EDGES = {0, 1, 0x3f, 0x40, 0x7f, (byte) 0x80, (byte) 0xc0, (byte) 0xfe, (byte) 0xff};

    private Damaged() {}

    /// One to four faults: bits turned, octets at the edges of what they can say, pieces gone, doubled, moved in from
    /// elsewhere, an early end.
    public static byte[] octets(byte[] good, RandomGenerator random) {
        byte[] damaged = good;
        for (int hits = random.nextInt(MOST_HITS); hits >= 0; hits--) {
            damaged = hit(damaged, random);
        }
        return damaged;
    }

    private static byte[] hit(byte[] octets, RandomGenerator random) {
        if (octets.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(octets.length);
        int piece = Math.min(random.nextInt(LONGEST_PIECE), octets.length - at);
        return switch (random.nextInt(10)) {
            case 0, 1 -> with(octets, at, (byte) (octets[at] ^ 1 << random.nextInt(8)));
            case 2, 3 -> with(octets, at, EDGES[random.nextInt(EDGES.length)]);
            case 4 -> with(octets, at, (byte) (octets[at] + random.nextInt(-2, 3)));
            case 5 -> with(octets, at, (byte) random.nextInt());
            case 6 -> joined(octets, 0, at, new byte[0], at + piece);
            case 7 -> joined(octets, 0, at, piece(octets, random), at);
            case 8 -> joined(octets, 0, at, piece(octets, random), at + piece);
            default -> random.nextInt(4) == 0 ? joined(octets, 0, at, new byte[0], octets.length) : octets;
        };
    }

    private static byte[] with(byte[] octets, int at, byte octet) {
        byte[] changed = octets.clone();
        changed[at] = octet;
        return changed;
    }

    private static byte[] piece(byte[] octets, RandomGenerator random) {
        int from = random.nextInt(octets.length);
        return java.util.Arrays.copyOfRange(
                octets, from, Math.min(octets.length, from + random.nextInt(LONGEST_PIECE)));
    }

    private static byte[] joined(byte[] octets, int from, int to, byte[] between, int again) {
        var out = new ByteArrayOutputStream();
        out.write(octets, from, to - from);
        out.writeBytes(between);
        out.write(octets, again, octets.length - again);
        return out.toByteArray();
    }

    /// One to four faults: a fragment or any character put in, a piece gone, or doubled elsewhere, a line moved.
    ///
    /// @param fragments what means something in such texts
    public static String text(String good, List<String> fragments, RandomGenerator random) {
        var text = new StringBuilder(good);
        for (int hits = random.nextInt(MOST_HITS); hits >= 0; hits--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(LONGEST_PIECE));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, fragments.get(random.nextInt(fragments.size())));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
                case 3 -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
                default -> moveLine(text, random);
            }
        }
        return text.toString();
    }

    private static void moveLine(StringBuilder text, RandomGenerator random) {
        int from = lineStart(text, random);
        int end = text.indexOf("\n", from) + 1;
        if (end > 0) {
            var line = text.substring(from, end);
            text.delete(from, end);
            text.insert(lineStart(text, random), line);
        }
    }

    private static int lineStart(StringBuilder text, RandomGenerator random) {
        return text.lastIndexOf("\n", random.nextInt(text.length() + 1) - 1) + 1;
    }
}
