package dev.drydock.verify.packet.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Seeded choices of a grammar. Not for several threads. */
final class Draw {
    private final Random random;

    Draw(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Some of these, at least one, each once. */
    List<String> some(int most, String... of) {
        List<String> left = new ArrayList<>(List.of(of));
        List<String> taken = new ArrayList<>();
        for (int i = between(1, Math.min(most, of.length)); i > 0; i--) {
            taken.add(left.remove(random.nextInt(left.size())));
        }
        return taken;
    }

    /** The text of one production, drawn by weight. */
    String weighted(List<Weighted> of) {
        int sum = of.stream().mapToInt(Weighted::weight).sum();
        int at = random.nextInt(sum);
        for (Weighted one : of) {
            at -= one.weight();
            if (at < 0) {
                return one.text().get();
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    /** A production that is drawn so often, relative to its siblings. */
    record Weighted(int weight, Supplier<String> text) {}

    static Weighted weigh(int weight, Supplier<String> text) {
        return new Weighted(weight, text);
    }
}
