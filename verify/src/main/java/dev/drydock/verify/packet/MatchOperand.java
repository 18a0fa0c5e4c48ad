package dev.drydock.verify.packet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a rule compares with: the right side of a match, an element of a set or a map. */
sealed interface MatchOperand {
    /** Matches everything, as the element {@code *} does. */
    MatchOperand ALL = new Rows(List.of(List.of()), false);

    /** Nobody knows what. */
    MatchOperand UNREADABLE = new Rows(List.of(), true);

    /** Whether the values are among these; all of them are there. */
    Ternary has(List<FieldValue> values);

    static MatchOperand numbers(NumberRange... spans) {
        return Elements.of(List.of(spans), List.of(), false);
    }

    /** Numbers and names for one value. */
    final class Elements implements MatchOperand {
        private final long[] firsts;
        private final long[] lasts;
        private final List<String> names;
        private final boolean more;

        private Elements(long[] firsts, long[] lasts, List<String> names, boolean more) {
            this.firsts = firsts;
            this.lasts = lasts;
            this.names = names;
            this.more = more;
        }

        /**
         * @param names patterns for the names of interfaces
         * @param more whether there are others, which nobody knows
         */
        static Elements of(List<NumberRange> spans, List<String> names, boolean more) {
            List<NumberRange> joined = new ArrayList<>();
            for (NumberRange span : spans.stream()
                    .sorted(Comparator.comparingLong(NumberRange::first))
                    .toList()) {
                NumberRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                if (before != null && span.first() <= before.last() + 1) {
                    joined.set(
                            joined.size() - 1, new NumberRange(before.first(), Math.max(before.last(), span.last())));
                } else {
                    joined.add(span);
                }
            }
            return new Elements(
                    joined.stream().mapToLong(NumberRange::first).toArray(),
                    joined.stream().mapToLong(NumberRange::last).toArray(),
                    List.copyOf(names),
                    more);
        }

        @Override
        public Ternary has(List<FieldValue> values) {
            FieldValue value = values.get(0);
            Ternary found = within(value);
            for (String name : names) {
                found = found.or(value.isNamed(name));
            }
            return more ? found.or(Ternary.UNKNOWN) : found;
        }

        private Ternary within(FieldValue value) {
            for (int i = from(value.low()); i < firsts.length && firsts[i] <= value.high(); i++) {
                if (firsts[i] <= value.low() && lasts[i] >= value.high()) {
                    return Ternary.YES;
                }
                if (firsts[i] != lasts[i] || value.mayBe(firsts[i])) {
                    return Ternary.UNKNOWN;
                }
            }
            return Ternary.NO;
        }

        /** The first one that does not end before a number. */
        private int from(long number) {
            int low = 0;
            int high = lasts.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (lasts[middle] < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** These numbers as one range from the first to the last, such as the right side of {@code <}. */
        Stream<NumberRange> whole() {
            return firsts.length == 0 || !names.isEmpty() || more
                    ? Stream.empty()
                    : Stream.of(new NumberRange(firsts[0], lasts[lasts.length - 1]));
        }
    }

    /**
     * For several values at once.
     *
     * @param rows for each element what it wants of each value
     * @param more whether there are others, which nobody knows
     */
    record Rows(List<List<MatchOperand>> rows, boolean more) implements MatchOperand {
        public Rows {
            rows = List.copyOf(rows);
        }

        @Override
        public Ternary has(List<FieldValue> values) {
            Ternary any = more ? Ternary.UNKNOWN : Ternary.NO;
            for (List<MatchOperand> row : rows) {
                Ternary all = Ternary.of(row.isEmpty() || row.size() == values.size());
                for (int i = 0; i < row.size() && i < values.size(); i++) {
                    all = all.and(row.get(i).has(List.of(values.get(i))));
                }
                any = any.or(all);
            }
            return any;
        }
    }
}
