package dev.drydock.verify.topology;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A NAT rule for the picture. Whether packets match it is not judged here.
 *
 * @param target {@code MASQUERADE}, {@code SNAT}, {@code DNAT} or {@code REDIRECT}
 * @param match the matching packets in words: {@code 172.17.0.0/16 out of all but docker0}
 * @param to the new address or port; empty where the rule names none
 */
public record TranslationMark(String target, Message match, Optional<String> to) {
    private static final List<String> MATCHES = List.of("-p", "-s", "-d", "--dport", "--dports", "-i", "-o");
    private static final Set<String> TARGETS = Set.of("MASQUERADE", "SNAT", "DNAT", "REDIRECT");

    /**
     * The rules of the IPv4 nat tables, in order. Left out are Docker's rules for published ports, which are shown separately, and for its name
     * server.
     */
    static List<TranslationMark> of(List<Chain> chains) {
        Set<TranslationMark> found = new LinkedHashSet<>();
        for (Chain chain : chains) {
            if (!chain.ipv6() && chain.table().equals("nat") && !chain.name().startsWith("DOCKER")) {
                chain.rules().forEach(rule -> read(rule).ifPresent(found::add));
            }
        }
        return List.copyOf(found);
    }

    /** {@code -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE}. */
    private static Optional<TranslationMark> read(String rule) {
        Map<String, Value> options = new HashMap<>();
        List<String> words = List.of(rule.split(" "));
        boolean not = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("!")) {
                not = true;
            } else if (word.startsWith("-")) {
                String value = i + 1 < words.size() ? words.get(i + 1) : "";
                options.put(word, new Value(not, value));
                not = false;
            }
        }
        String target = options.getOrDefault("-j", Value.NONE).text();
        if (!TARGETS.contains(target) || hairpin(options)) {
            return Optional.empty();
        }
        Optional<String> to = Optional.ofNullable(options.get("--to-destination"))
                .or(() -> Optional.ofNullable(options.get("--to-source")))
                .or(() -> Optional.ofNullable(options.get("--to-ports")))
                .map(Value::text);
        return Optional.of(new TranslationMark(target, match(options), to));
    }

    /** Whether the rule is for a container that calls itself at its published port; such rules are not shown. */
    private static boolean hairpin(Map<String, Value> options) {
        Value source = options.getOrDefault("-s", Value.NONE);
        return source.text().endsWith("/32") && source.equals(options.get("-d"));
    }

    private static Message match(Map<String, Value> options) {
        List<Message> parts = new ArrayList<>();
        MATCHES.forEach(option -> {
            Value value = options.get(option);
            if (value != null) {
                parts.add(say("topology.match." + option.replace("-", ""))
                        .with("not", value.not())
                        .with("value", value.text().replaceFirst("/32$", "")));
            }
        });
        return parts.isEmpty() ? say("topology.match-everything") : say("topology.match-all", "parts", parts);
    }

    /** The value of an option, and whether {@code !} precedes the option. */
    private record Value(boolean not, String text) {
        static final Value NONE = new Value(false, "");
    }
}
