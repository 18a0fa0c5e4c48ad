package dev.drydock.verify.change;

import dev.drydock.verify.packet.IptablesRules;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A rule of iptables in words, where every part of it is known; else as it is written. */
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

    /** {@code tcp to :8080 not from docker0 → 172.17.0.4:80} for a whole line that begins with {@code -A}. */
    static String of(String rule) {
        List<String> words = IptablesRules.words(rule);
        String asWritten = rule.replaceFirst("^-A \\S+ ?", "");
        return new RuleWords(words).shown().orElse(asWritten.isEmpty() ? "everything, counted only" : asWritten);
    }

    private Optional<String> shown() {
        String protocol = take("-p").orElse("");
        StringBuilder packets = new StringBuilder(protocol);
        take("-s").ifPresent(from -> packets.append(not("-s")).append(" from ").append(single(from)));
        String to = take("-d").map(RuleWords::single).orElse("");
        Optional<String> port = take("--dport").or(() -> take("--dports"));
        if (!to.isEmpty() || port.isPresent()) {
            boolean portOnly = to.isEmpty() || negated.contains("-d") != negated.contains("--dport");
            known &= !portOnly || to.isEmpty();
            packets.append(not(to.isEmpty() ? "--dport" : "-d")).append(" to ").append(to);
            port.ifPresent(number -> packets.append(':').append(number));
        }
        take("--sport")
                .ifPresent(number ->
                        packets.append(not("--sport")).append(" from port ").append(number));
        take("--dst-type").ifPresent(type -> packets.append(not("--dst-type"))
                .append(type.equals("LOCAL") ? " to an address of the host itself" : " to " + type + " addresses"));
        take("-i").ifPresent(name -> packets.append(not("-i")).append(" from ").append(name));
        take("-o").ifPresent(name -> packets.append(not("-o")).append(" into ").append(name));
        take("--ctstate").or(() -> take("--state")).ifPresent(states -> packets.append(
                        negated.contains("--ctstate") ? " not" : "")
                .append(
                        states.equals("RELATED,ESTABLISHED") || states.equals("ESTABLISHED,RELATED")
                                ? " of connections that stand already"
                                : " of connections that are " + states));
        String some = (protocol.isEmpty() ? "everything" : "") + packets;
        String target = take("-j").orElse("");
        String words =
                switch (target) {
                    case "ACCEPT" -> "accept " + some;
                    case "DROP" -> "drop " + some;
                    case "RETURN" -> some + ": skip the rest of the chain";
                    case "REJECT" -> {
                        take("--reject-with");
                        yield "reject " + some;
                    }
                    case "MASQUERADE" -> "masquerade " + some;
                    case "DNAT" -> some + " → " + take("--to-destination").orElseGet(this::missing);
                    case "SNAT" ->
                        some + ": source becomes " + take("--to-source").orElseGet(this::missing);
                    case "REDIRECT" -> some + " → port " + take("--to-ports").orElseGet(this::missing) + " here";
                    case "" -> missing();
                    default -> some + ": on to " + target;
                };
        return known && options.isEmpty() ? Optional.of(words) : Optional.empty();
    }

    private Optional<String> take(String option) {
        return Optional.ofNullable(options.remove(option));
    }

    private String missing() {
        known = false;
        return "";
    }

    private String not(String option) {
        return negated.contains(option) ? " not" : "";
    }

    private static String single(String address) {
        return address.replaceFirst("/32$|/128$", "");
    }
}
