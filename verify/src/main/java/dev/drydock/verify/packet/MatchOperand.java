package dev.drydock.verify.packet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The values that a match accepts: its right side, or the elements of a set or a map. */
sealed interface MatchOperand {
    /** Matches every value, as the element {@code *} does. */
    MatchOperand ALL = new Rows(List.of(List.of()), false);

    /** Values that could not be read: the answer is always UNKNOWN. */
    MatchOperand UNREADABLE = new Rows(List.of(), true);

    /**
     * Whether the values are among the accepted ones.
     *
     * @param values one for each field of the match; none of them is absent
     */
    Ternary has(List<FieldValue> values);

    static MatchOperand numbers(NumberRange... spans) {
        return Elements.of(List.of(spans), List.of(), false);
    }

    /** Accepts numbers and interface names, for one field. */
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
         * @param spans the accepted numbers, in any order
         * @param names patterns for interface names; a {@code +} at the end matches any rest
         * @param more whether there are further elements that could not be read
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

        /** The index of the first span that does not end before this number. */
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
     * Accepts combinations of values, for a concatenation of fields.
     *
     * @param rows the elements; each has an operand for each field, or none to accept everything
     * @param more whether there are further elements that could not be read
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
