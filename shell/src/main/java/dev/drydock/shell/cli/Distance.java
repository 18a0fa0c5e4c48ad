package dev.drydock.shell.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a word that is not known. */
final class Distance {
    private Distance() {}

    /** The nearest known word, when it is near enough to be worth a question. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        String best = null;
        int bestSteps = Integer.MAX_VALUE;
        for (String word : known) {
            int steps = word.startsWith(wanted) && wanted.length() >= 2 ? 1 : steps(wanted, word);
            if (steps < bestSteps) {
                best = word;
                bestSteps = steps;
            }
        }
        return best != null && bestSteps <= Math.max(1, Math.min(typed.length(), best.length()) / 3)
                ? Optional.of(best)
                : Optional.empty();
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    static int steps(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(steps[i - 1][j] + 1, Math.min(steps[i][j - 1] + 1, steps[i - 1][j - 1] + same));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, steps[i - 2][j - 2] + 1);
                }
                steps[i][j] = least;
            }
        }
        return steps[a.length()][b.length()];
    }
}
