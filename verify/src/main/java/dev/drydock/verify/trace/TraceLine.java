package dev.drydock.verify.trace;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code nft -a monitor trace}.
 *
 * @param id the kernel's id of the packet within one hook; it may change between hooks
 * @param what the kind of line
 * @param text the packet, the rule or the policy
 * @param handle of the rule
 * @param verdict {@code accept}, {@code drop}, {@code jump DOCKER}, {@code return}, {@code continue}
 */
record TraceLine(
        String id,
        String family,
        String table,
        String chain,
        What what,
        String text,
        OptionalInt handle,
        String verdict) {
    enum What {
        PACKET,
        RULE,
        POLICY,
        /** The end of a chain that a rule had jumped to. */
        END
    }

    private static final Pattern LINE = Pattern.compile("trace id ([0-9a-f]+) (\\S+) (\\S+) (\\S+) (.*)");
    // rule iifname "br0" oifname != "br0"  counter packets 1 bytes 84 accept # handle 2 (verdict accept)
    private static final Pattern RULE = Pattern.compile("rule (.*?)(?: # handle (\\d+))? \\(verdict (.*)\\)");
    // unknown rule handle 7 (verdict continue)
    private static final Pattern UNKNOWN_RULE = Pattern.compile("unknown rule handle (\\d+) \\(verdict (.*)\\)");

    /** Parses a line; empty for a line that is no trace. */
    static Optional<TraceLine> parse(String line) {
        Matcher whole = LINE.matcher(line.strip());
        if (!whole.matches()) {
            return Optional.empty();
        }
        String rest = whole.group(5);
        Matcher rule = RULE.matcher(rest);
        Matcher unknown = UNKNOWN_RULE.matcher(rest);
        if (rest.startsWith("packet: ")) {
            return Optional.of(of(whole, What.PACKET, rest.substring("packet: ".length()) + " ", null, ""));
        } else if (rule.matches()) {
            return Optional.of(of(whole, What.RULE, rule.group(1).strip(), rule.group(2), rule.group(3)));
        } else if (unknown.matches()) {
            return Optional.of(of(whole, What.RULE, "", unknown.group(1), unknown.group(2)));
        } else if (rest.startsWith("policy ")) {
            return Optional.of(of(whole, What.POLICY, rest, null, rest.substring("policy ".length())));
        }
        return Optional.of(of(whole, What.END, rest, null, rest.replaceFirst("^verdict ", "")));
    }

    private static TraceLine of(Matcher whole, What what, String text, String handle, String verdict) {
        return new TraceLine(
                whole.group(1),
                whole.group(2),
                whole.group(3),
                whole.group(4),
                what,
                text,
                handle == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(handle)),
                verdict.strip());
    }
}
