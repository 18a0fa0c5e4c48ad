package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.words.Message;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Describes an iptables rule in words, where each of its parts is known; else as it is written. */
final class RuleWords {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Set<String> negated = new HashSet<>();
    private boolean known = true;

    private RuleWords(List<String> words) {
        int i = 2;
        while (i < words.size()) {
            boolean not = words.get(i).equals("!");
            i += not ? 1 : 0;
            String option = i < words.size() ? words.get(i++) : "";
            StringBuilder value = new StringBuilder();
            while (i < words.size()
                    && !words.get(i).startsWith("-")
                    && !words.get(i).equals("!")) {
                value.append(value.length() == 0 ? "" : " ").append(words.get(i++));
            }
            if (option.equals("-m")) {
                continue;
            }
            known &= options.put(option, value.toString()) == null && option.startsWith("-");
            if (not) {
                negated.add(option);
            }
        }
    }

    /**
     * @param rule a line that begins with {@code -A}
     * @return {@code tcp to :8080 not from docker0 → 172.17.0.4:80}
     */
    static Message of(String rule) {
        List<String> words = IptablesRules.words(rule);
        String asWritten = rule.replaceFirst("^-A \\S+ ?", "");
        return new RuleWords(words)
                .shown()
                .orElseGet(() -> asWritten.isEmpty() ? say("rule.counts") : Message.verbatim(asWritten));
    }

    private Optional<Message> shown() {
        Message packets = packets();
        String target = take("-j").orElse("");
        Message words =
                switch (target) {
                    case "ACCEPT" -> say("rule.accept", "packets", packets);
                    case "DROP" -> say("rule.drop", "packets", packets);
                    case "RETURN" -> say("rule.return", "packets", packets);
                    case "REJECT" -> {
                        take("--reject-with");
                        yield say("rule.reject", "packets", packets);
                    }
                    case "MASQUERADE" -> say("rule.masquerade", "packets", packets);
                    case "DNAT" -> say("rule.dnat", "packets", packets, "to", needed("--to-destination"));
                    case "SNAT" -> say("rule.snat", "packets", packets, "source", needed("--to-source"));
                    case "REDIRECT" -> say("rule.redirect", "packets", packets, "port", needed("--to-ports"));
                    default -> say("rule.on-to", "packets", packets, "target", target);
                };
        return known && options.isEmpty() && !target.isEmpty() ? Optional.of(words) : Optional.empty();
    }

    /** {@code tcp from 10.9.0.0/24 to :8080}, {@code everything}. */
    private Message packets() {
        Optional<String> to = take("-d").map(RuleWords::single);
        Optional<String> port = take("--dport").or(() -> take("--dports"));
        boolean notPort = negated.contains("--dport") || negated.contains("--dports");
        known &= !negated.contains("-p") && (to.isEmpty() || negated.contains("-d") == notPort);
        return say("rule.packets")
                .with("protocol", take("-p"))
                .with("source", clause("-s", value -> say("rule.from", "source", single(value))))
                .with(
                        "destination",
                        to.or(() -> port)
                                .map(any -> not(
                                        to.isEmpty() ? notPort : negated.contains("-d"),
                                        say("rule.to", "address", to, "port", port))))
                .with("source-port", clause("--sport", value -> say("rule.from-port", "port", value)))
                .with(
                        "type",
                        clause(
                                "--dst-type",
                                value -> value.equals("LOCAL")
                                        ? say("rule.to-own")
                                        : say("rule.to-type", "type", value)))
                .with("in", clause("-i", value -> say("rule.from", "source", value)))
                .with("out", clause("-o", value -> say("rule.into", "interface", value)))
                .with("state", clause("--ctstate", RuleWords::state).or(() -> clause("--state", RuleWords::state)));
    }

    private static Message state(String states) {
        return Set.of("RELATED,ESTABLISHED", "ESTABLISHED,RELATED").contains(states)
                ? say("rule.established")
                : say("rule.state", "states", states);
    }

    private Optional<Message> clause(String option, Function<String, Message> words) {
        return take(option).map(words).map(plain -> not(negated.contains(option), plain));
    }

    private static Message not(boolean negated, Message clause) {
        return negated ? say("rule.not", "clause", clause) : clause;
    }

    private Optional<String> take(String option) {
        return Optional.ofNullable(options.remove(option));
    }

    private String needed(String option) {
        Optional<String> value = take(option);
        known &= value.isPresent();
        return value.orElse("");
    }

    private static String single(String address) {
        return address.replaceFirst("/32$|/128$", "");
    }
}
