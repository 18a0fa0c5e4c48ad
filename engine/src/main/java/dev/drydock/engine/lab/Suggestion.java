package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the word that was probably meant by a wrong one. */
public final class Suggestion {
    private static final int LONGEST = 64;

    /**
     * Words that authors write for a key with another name here. They are tried before spelling mistakes, since {@code ip} is not a misspelt
     * {@code in}.
     */
    private static final Map<String, String[]> SYNONYMS = new TreeMap<>(Map.ofEntries(
            Map.entry("in", new String[] {"from"}),
            Map.entry("from", new String[] {"in"}),
            Map.entry("scope", new String[] {"in", "from"}),
            Map.entry("ns", new String[] {"in", "from"}),
            Map.entry("addr", new String[] {"address", "ip"}),
            Map.entry("address", new String[] {"ip"}),
            Map.entry("addresses", new String[] {"address", "answers"}),
            Map.entry("ip", new String[] {"address", "answers", "to"}),
            Map.entry("up", new String[] {"admin"}),
            Map.entry("state", new String[] {"admin", "running", "exists"}),
            Map.entry("present", new String[] {"exists"}),
            Map.entry("absent", new String[] {"exists"}),
            Map.entry("type", new String[] {"kind"}),
            Map.entry("gateway", new String[] {"via"}),
            Map.entry("gw", new String[] {"via", "gateway"}),
            Map.entry("device", new String[] {"dev"}),
            Map.entry("interface", new String[] {"dev", "name"}),
            Map.entry("to", new String[] {"dst"}),
            Map.entry("destination", new String[] {"dst"}),
            Map.entry("source", new String[] {"src"}),
            Map.entry("net", new String[] {"network_mode", "networks"}),
            Map.entry("network", new String[] {"network_mode", "networks"}),
            Map.entry("mode", new String[] {"network_mode"}),
            Map.entry("port", new String[] {"to"}),
            Map.entry("target", new String[] {"to"}),
            Map.entry("host", new String[] {"to", "in", "from"}),
            Map.entry("contains", new String[] {"body", "exactly"}),
            Map.entry("command", new String[] {"run", "comm"}),
            Map.entry("cmd", new String[] {"run", "comm"}),
            Map.entry("do", new String[] {"run"}),
            Map.entry("run", new String[] {"do"}),
            Map.entry("expected", new String[] {"output", "expect"}),
            Map.entry("text", new String[] {"say"}),
            Map.entry("description", new String[] {"say", "objectives"}),
            Map.entry("question", new String[] {"ask"}),
            Map.entry("solution", new String[] {"solve"}),
            Map.entry("goals", new String[] {"expect"}),
            Map.entry("checks", new String[] {"expect"}),
            Map.entry("duration", new String[] {"minutes"}),
            Map.entry("time", new String[] {"minutes"}),
            Map.entry("yes", new String[] {"true", "up"}),
            Map.entry("on", new String[] {"true", "up"}),
            Map.entry("true", new String[] {"up"}),
            Map.entry("no", new String[] {"false", "down"}),
            Map.entry("off", new String[] {"false", "down"}),
            Map.entry("false", new String[] {"down"}),
            Map.entry("easy", new String[] {"beginner"}),
            Map.entry("medium", new String[] {"intermediate"}),
            Map.entry("hard", new String[] {"advanced"}),
            Map.entry("expert", new String[] {"advanced"}),
            Map.entry("names", new String[] {"exactly"}),
            Map.entry("name", new String[] {"id", "title"}),
            Map.entry("requires", new String[] {"needs"})));

    private Suggestion() {}

    /** The sentence {@code did you mean 'interface'?}; empty when no word is near enough. */
    static Optional<Message> phrase(String typed, Collection<String> words) {
        return nearest(typed, words).map(word -> say("next.did-you-mean", "word", word));
    }

    /** The word of the same meaning, or else of nearly the same spelling; empty when there is none. */
    static Optional<String> nearest(String typed, Collection<String> words) {
        return synonym(plain(typed), words).or(() -> misspelt(typed, words)).or(() -> misspelt(typed, SYNONYMS.keySet())
                .flatMap(word -> synonym(word, words)));
    }

    private static Optional<String> synonym(String typed, Collection<String> words) {
        return Arrays.stream(SYNONYMS.getOrDefault(typed, new String[0]))
                .filter(words::contains)
                .findFirst();
    }

    /**
     * The word with nearly the same spelling, or one that begins with the typed letters; empty when there is none. Ignores case, and takes {@code -}
     * for {@code _}.
     */
    public static Optional<String> misspelt(String typed, Collection<String> words) {
        if (typed.isEmpty() || typed.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = plain(typed);
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(lower, plain(word));
            boolean begins = lower.length() >= 2 && plain(word).startsWith(lower);
            int bound = begins ? Integer.MAX_VALUE : Math.max(1, Math.min(lower.length(), word.length()) / 3);
            if (distance <= bound && distance < least) {
                best = word;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** The number of insertions, deletions, replacements and swaps of neighbouring characters that turn one word into the other. */
    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int least = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, table[i - 2][j - 2] + 1);
                }
                table[i][j] = least;
            }
        }
        return table[a.length()][b.length()];
    }
}
