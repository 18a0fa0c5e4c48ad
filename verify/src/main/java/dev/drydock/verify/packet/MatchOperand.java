package dev.drydock.verify.packet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
        private final BigInteger[] firsts;
        private final BigInteger[] lasts;
        private final List<String> names;
        private final boolean more;

        private Elements(BigInteger[] firsts, BigInteger[] lasts, List<String> names, boolean more) {
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
                    .sorted(Comparator.comparing(NumberRange::first))
                    .toList()) {
                NumberRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                if (before != null && span.first().compareTo(before.last().add(BigInteger.ONE)) <= 0) {
                    joined.set(
                            joined.size() - 1,
                            new NumberRange(before.first(), before.last().max(span.last())));
                } else {
                    joined.add(span);
                }
            }
            return new Elements(
                    joined.stream().map(NumberRange::first).toArray(BigInteger[]::new),
                    joined.stream().map(NumberRange::last).toArray(BigInteger[]::new),
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
            for (int i = from(value.low()); i < firsts.length && firsts[i].compareTo(value.high()) <= 0; i++) {
                if (firsts[i].compareTo(value.low()) <= 0 && lasts[i].compareTo(value.high()) >= 0) {
                    return Ternary.YES;
                }
                if (!firsts[i].equals(lasts[i]) || value.mayBe(firsts[i])) {
                    return Ternary.UNKNOWN;
                }
            }
            return Ternary.NO;
        }

        /** The first one that does not end before a number. */
        private int from(BigInteger number) {
            int low = 0;
            int high = lasts.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (lasts[middle].compareTo(number) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
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
