package dev.drydock.engine.session;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.words.Complaint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares answers that are typed in different forms. */
final class AnswerForm {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern DECORATION = Pattern.compile("(@if\\d+)?:?$");
    private static final Pattern QUOTED = Pattern.compile("([`'\"])(.*)\\1");
    private static final Pattern MAC_WITH_DASHES = Pattern.compile("[0-9a-f]{2}(-[0-9a-f]{2}){5}");
    private static final Pattern MAC_WITH_DOTS = Pattern.compile("[0-9a-f]{4}(\\.[0-9a-f]{4}){2}");
    private static final Pattern WITH_PREFIX = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})/(?:[12]?\\d|3[0-2])");
    private static final Pattern LABELLED_NUMBER = Pattern.compile("(?:[a-z/._]*[:=])?(?:\\[(\\d+)]|(\\d+))");
    private static final Pattern WITH_MASK =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?: ?/ ?| (?:netmask |mask )?)(\\d{1,3}(?:\\.\\d{1,3}){3})");
    private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(,\\d{3})+");
    /** A unit after a number. */
    private static final String UNIT =
            "ms|s|milliseconds?|msecs?|seconds?|secs?|bytes?|octets?|bits?|hops?|packets?|frames?|lines?|times?"
                    + "|address(?:es)?|interfaces?|links?|ports?|bridges?|containers?|networks?|namespaces?|process(?:es)?|rules?|routes?|names?";
    /** A word before a number. */
    private static final String LABEL = "pid|port|line|number|vni|vxlan|id|mtu|ttl|inode|no\\.?|#";

    private static final Pattern PORT = Pattern.compile("(\\d+)/(?:tcp|udp)|(?:tcp|udp)[/ :](\\d+)");
    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Pattern MEASURED = Pattern.compile("(?:(?:" + LABEL + ")\\s*[:=]?\\s*)?(\\d+(?:,\\d{3})*|(?:"
            + String.join("|", TENS) + ")(?:[- ][a-z]+)?|" + String.join("|", SMALL) + ")(?:\\s*(?:" + UNIT + "))?");
    private static final Map<String, String> SHORT = Map.of("y", "yes", "true", "yes", "n", "no", "false", "no");

    private AnswerForm() {}

    /**
     * The answer in lower case, without outer quotes, a final full stop, repeated white space, and what {@code ip link} adds to a name
     * ({@code eth0@if5:}).
     */
    static String fold(String text) {
        String folded = SPACE.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
        folded = QUOTED.matcher(folded).matches() ? folded.substring(1, folded.length() - 1) : folded;
        folded = folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
        return DECORATION.matcher(folded).replaceFirst("").strip();
    }

    /** Whether the two answers mean the same. Both must be {@linkplain #fold folded}. */
    static boolean same(String typed, String right) {
        return right.equals(typed)
                || right.equals(withoutPrefix(typed))
                || right.equals(withColons(typed))
                || right.equals(withoutLabel(typed))
                || right.equals(SHORT.getOrDefault(typed, ""))
                || both(number(typed), number(right))
                || both(IpAddress.tryParse(withoutPrefix(typed)), IpAddress.tryParse(right))
                || both(subnet(typed), subnet(right))
                || isPrefixLength(typed, right);
    }

    private static <T> boolean both(Optional<T> typed, Optional<T> right) {
        return right.isPresent() && right.equals(typed);
    }

    /**
     * The number in {@code net:[4026532177]}, as {@code readlink /proc/PID/ns/net} prints it, in {@code default.conf:8} and in {@code mtu=1450}; any
     * other text unchanged.
     */
    static String withoutLabel(String folded) {
        Matcher number = LABELLED_NUMBER.matcher(folded);
        if (!number.matches()) {
            return folded;
        }
        return number.group(1) == null ? number.group(2) : number.group(1);
    }

    /** Removes the prefix length: {@code 10.9.0.11/24}, as {@code ip addr} shows it, becomes 10.9.0.11; any other text unchanged. */
    static String withoutPrefix(String folded) {
        return WITH_PREFIX.matcher(folded).replaceFirst("$1");
    }

    /** Changes a MAC address from {@code 02-00-0a-00-02-10} or {@code 0200.0a00.0210} to colons; any other text unchanged. */
    static String withColons(String folded) {
        if (MAC_WITH_DASHES.matcher(folded).matches()) {
            return folded.replace('-', ':');
        }
        return MAC_WITH_DOTS.matcher(folded).matches()
                ? folded.replace(".", "").replaceAll("(..)(?=.)", "$1:")
                : folded;
    }

    /**
     * A number in digits or words, also with a label or unit: {@code 2}, {@code two}, {@code 1,500 bytes}, {@code port 80}, {@code 80/tcp}. Empty for
     * any other text.
     */
    static Optional<Long> number(String folded) {
        Matcher port = PORT.matcher(folded);
        if (port.matches()) {
            return digits(port.group(1) == null ? port.group(2) : port.group(1));
        }
        Matcher measured = MEASURED.matcher(folded);
        return measured.matches() ? digits(measured.group(1)).or(() -> words(measured.group(1))) : Optional.empty();
    }

    private static Optional<Long> digits(String text) {
        String plain = THOUSANDS.matcher(text).matches() ? text.replace(",", "") : text;
        return plain.matches("\\d{1,18}") ? Optional.of(Long.parseLong(plain)) : Optional.empty();
    }

    private static Optional<Long> words(String text) {
        String[] parts = text.split("[- ]");
        int tens = TENS.indexOf(parts[0]);
        int small = SMALL.indexOf(parts[parts.length - 1]);
        if (parts.length == 1) {
            return tens >= 0 ? Optional.of(20 + 10L * tens) : small >= 0 ? Optional.of((long) small) : Optional.empty();
        }
        return tens >= 0 && small > 0 && small < 10 ? Optional.of(20 + 10L * tens + small) : Optional.empty();
    }

    /** A subnet with prefix length or mask: {@code 10.9.0.0/24}, {@code 10.9.0.0 netmask 255.255.255.0}. Empty for any other text. */
    static Optional<Cidr> subnet(String folded) {
        Matcher mask = WITH_MASK.matcher(folded);
        try {
            if (mask.matches()) {
                return length(mask.group(2))
                        .flatMap(length -> IpAddress.tryParse(mask.group(1)).map(from -> new Cidr(from, length)));
            }
            return folded.contains("/") ? Optional.of(Cidr.parse(folded)) : Optional.empty();
        } catch (Complaint none) {
            return Optional.empty();
        }
    }

    /** The prefix length of a mask such as 255.255.255.0; empty where the one bits are not all in front. */
    private static Optional<Integer> length(String mask) {
        return IpAddress.tryParse(mask).filter(address -> !address.isIpv6()).flatMap(address -> {
            byte[] bytes = address.bytes();
            int bits = (bytes[0] & 255) << 24 | (bytes[1] & 255) << 16 | (bytes[2] & 255) << 8 | (bytes[3] & 255);
            int ones = Integer.numberOfLeadingZeros(~bits);
            return ones == 32 || bits << ones == 0 ? Optional.of(ones) : Optional.empty();
        });
    }

    /** Whether the right answer is a prefix length and the typed one is the same: {@code /24}, {@code 24} or 255.255.255.0. */
    private static boolean isPrefixLength(String typed, String right) {
        String length = right.startsWith("/") ? right.substring(1) : right;
        return length.matches("\\d{1,3}")
                && (typed.equals("/" + length)
                        || typed.equals(length)
                        || length(typed).map(String::valueOf).equals(Optional.of(length)));
    }
}
