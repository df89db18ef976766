package org.danelaw.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A dialogue's octets, as the network may bring them.
final class Pieces {
    private Pieces() {}

    /// The text as ISO 8859-1: line by line as in a dialogue without haste, all at once, or cut anywhere.
    static List<byte[]> of(String text, RandomGenerator random) {
        int most = switch (random.nextInt(3)) {
            case 0 -> Integer.MAX_VALUE;
            case 1 -> 1 + random.nextInt(8);
            default -> 1 + random.nextInt(400);
        };
        boolean byLines = random.nextBoolean();
        var pieces = new ArrayList<byte[]>();
        for (int from = 0; from < text.length(); ) {
            int end = byLines ? text.indexOf('\n', from) + 1 : text.length();
            int to = Math.min(end == 0 ? text.length() : end, most == Integer.MAX_VALUE ? text.length() : from + most);
            pieces.add(text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
            from = to;
        }
        return pieces;
    }
}
