package dev.drydock.verify.topology;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares names with numbers by their value: {@code web2} before {@code web10}. */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder NAMES = new NaturalOrder();

    private static final Pattern PIECES = Pattern.compile("\\d{1,9}|\\D+|\\d");

    @Override
    public int compare(String one, String other) {
        Matcher left = PIECES.matcher(one);
        Matcher right = PIECES.matcher(other);
        while (left.find() && right.find()) {
            int order = isNumber(left.group()) && isNumber(right.group())
                    ? Integer.compare(Integer.parseInt(left.group()), Integer.parseInt(right.group()))
                    : left.group().compareTo(right.group());
            if (order != 0) {
                return order;
            }
        }
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }
}
