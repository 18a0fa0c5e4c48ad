package dev.drydock.verify.packet.compare;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of all packets so far. */
final class Tally {
    private static final int MOST_DOUBTS = Integer.getInteger("drydock.doubts", 10);

    private final Map<Compared.Kind, Integer> kinds = new EnumMap<>(Compared.Kind.class);
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Map<String, Integer> doubts = new TreeMap<>();
    private int rulesets;
    private int refused;

    void refuse() {
        rulesets++;
        refused++;
    }

    void add(List<Compared> compared) {
        rulesets++;
        for (Compared one : compared) {
            kinds.merge(one.kind(), 1, Integer::sum);
            if (one.kind() == Compared.Kind.CANNOT_TELL) {
                one.doubts().forEach(doubt -> doubts.merge(kind(doubt), 1, Integer::sum));
            }
            String[] words = one.seen().split(" ");
            seen.merge(words[0].isEmpty() ? "dropped" : words[0], 1, Integer::sum);
        }
    }

    /** The rule alone where one is doubted, and any number for each number. */
    private static String kind(Message doubt) {
        boolean does = doubt.key().equals("doubt.rule-does");
        Object rule = doubt.arguments().get("rule");
        return (rule == null ? Words.text(doubt) : (does ? "does: " : "") + rule).replaceAll("[0-9][0-9.:/-]*", "N");
    }

    /** What could not be told most often, a line each. */
    String doubts() {
        return doubts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_DOUBTS)
                .map(doubt -> doubt.getValue() + " times: " + doubt.getKey())
                .collect(Collectors.joining("\n"));
    }

    int packets() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    int of(Compared.Kind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** How many packets were seen at {@code wan}, {@code here} …, {@code dropped} or {@code rejected}. */
    int seen(String place) {
        return seen.getOrDefault(place, 0);
    }

    double refusedShare() {
        return rulesets == 0 ? 0 : (double) refused / rulesets;
    }

    double openShare() {
        return packets() == 0 ? 0 : (double) of(Compared.Kind.CANNOT_TELL) / packets();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d packets through %d rulesets: %d right, %d cannot tell (%.1f %%), %d wrong, %d exceptions; %d rulesets refused"
                        + " (%.1f %%); seen %s",
                packets(),
                rulesets - refused,
                of(Compared.Kind.RIGHT),
                of(Compared.Kind.CANNOT_TELL),
                100 * openShare(),
                of(Compared.Kind.WRONG),
                of(Compared.Kind.EXCEPTION),
                refused,
                100 * refusedShare(),
                seen);
    }
}
