package org.danelaw.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The difference of two texts, as `diff -u` shows it (Myers' algorithm).
final class LineDiff {
    private static final int CONTEXT = 3;

    /// Texts that differ in more lines are shown as wholly other between what they begin and end with alike. What the
    /// search remembers grows with the square of this: 16 MB.
    private static final int MOST_DIFFERENCES = 2_000;

    private LineDiff() {}

    private record Step(char sign, String line) {}

    /// Nothing where they are the same.
    static List<String> unified(String before, String after) {
        return before.equals(after) ? List.of() : hunks(steps(lines(before), lines(after)));
    }

    private static List<String> lines(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split("(?<=\n)", -1)).stream()
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static List<Step> steps(List<String> a, List<String> b) {
        int most = Math.min(a.size() + b.size(), MOST_DIFFERENCES);
        var trace = new ArrayList<int[]>();
        int[] ends = new int[2 * most + 3];
        for (int d = 0; d <= most; d++) {
            // Only what `back` will look at: the diagonals that were reached, and one beside them on either side.
            trace.add(Arrays.copyOfRange(ends, most - d, most + d + 3));
            for (int k = -d; k <= d; k += 2) {
                int x = isDown(ends, most + 1, k, d) ? ends[most + 1 + k + 1] : ends[most + 1 + k - 1] + 1;
                while (x < a.size() && x - k < b.size() && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                ends[most + 1 + k] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return back(a, b, trace);
                }
            }
        }
        return whollyOther(a, b);
    }

    private static List<Step> whollyOther(List<String> a, List<String> b) {
        int shorter = Math.min(a.size(), b.size());
        int first = 0;
        while (first < shorter && a.get(first).equals(b.get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - first && a.get(a.size() - 1 - last).equals(b.get(b.size() - 1 - last))) {
            last++;
        }
        var all = new ArrayList<Step>();
        a.subList(0, first).forEach(line -> all.add(new Step(' ', line)));
        a.subList(first, a.size() - last).forEach(line -> all.add(new Step('-', line)));
        b.subList(first, b.size() - last).forEach(line -> all.add(new Step('+', line)));
        a.subList(a.size() - last, a.size()).forEach(line -> all.add(new Step(' ', line)));
        return all;
    }

    /// @param zero the place of diagonal 0 in `ends`
    private static boolean isDown(int[] ends, int zero, int k, int d) {
        return k == -d || (k != d && ends[zero + k - 1] < ends[zero + k + 1]);
    }

    private static List<Step> back(List<String> a, List<String> b, List<int[]> trace) {
        var steps = new ArrayList<Step>();
        int x = a.size();
        int y = b.size();
        for (int d = trace.size() - 1; d > 0; d--) {
            int[] ends = trace.get(d);
            int k = x - y;
            int from = isDown(ends, d + 1, k, d) ? k + 1 : k - 1;
            int fromX = ends[d + 1 + from];
            int fromY = fromX - from;
            while (x > fromX && y > fromY) {
                steps.add(new Step(' ', a.get(--x)));
                y--;
            }
            steps.add(x == fromX ? new Step('+', b.get(--y)) : new Step('-', a.get(--x)));
        }
        while (x > 0) {
            steps.add(new Step(' ', a.get(--x)));
        }
        Collections.reverse(steps);
        return steps;
    }

    private static List<String> hunks(List<Step> steps) {
        var shown = new ArrayList<String>();
        int at = 0;
        int oldLine = 1;
        int newLine = 1;
        while (at < steps.size()) {
            int start = at;
            while (start < steps.size() && steps.get(start).sign() == ' ') {
                start++;
            }
            if (start == steps.size()) {
                break;
            }
            int first = Math.max(at, start - CONTEXT);
            int end = end(steps, start);
            oldLine += first - at;
            newLine += first - at;
            var hunk = steps.subList(first, end);
            int olds = (int) hunk.stream().filter(step -> step.sign() != '+').count();
            int news = (int) hunk.stream().filter(step -> step.sign() != '-').count();
            shown.add("@@ -" + oldLine + "," + olds + " +" + newLine + "," + news + " @@");
            hunk.forEach(step -> shown.add(step.sign() + step.line().replaceFirst("\r?\n$", "")));
            oldLine += olds;
            newLine += news;
            at = end;
        }
        return shown;
    }

    /// Where a hunk ends that begins to differ at `start`.
    private static int end(List<Step> steps, int start) {
        int last = start;
        for (int i = start; i < steps.size() && i - last <= 2 * CONTEXT; i++) {
            if (steps.get(i).sign() != ' ') {
                last = i;
            }
        }
        return Math.min(steps.size(), last + 1 + CONTEXT);
    }
}
