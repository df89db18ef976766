package org.danelaw.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody most likely meant by a word that is not known.
public final class Nearest {
    /// Longer words are not compared: nobody mistypes one of ours into this.
    private static final int MAX_COMPARED = 64;

    private Nearest() {}

    /// The known word with the fewest letters to change, if that is at most a third of them (and 2 for short words).
    public static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > MAX_COMPARED) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3));
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein).
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
