package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.words.Complaint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the output of {@code iptables-save}, {@code ip6tables-save} and their legacy variants. */
final class IptablesSave {
    // :FORWARD DROP [12:1008]
    private static final Pattern CHAIN = Pattern.compile(":(\\S+) (\\S+)(?: \\[\\d+:\\d+])?");
    // -A FORWARD -i br0 -m comment --comment "two words" -j ACCEPT
    private static final Pattern RULE = Pattern.compile("(?:\\[\\d+:\\d+] )?(-A (\\S+)(?: .*)?)", Pattern.DOTALL);
    // # Table `nat' is incompatible, use 'nft' tool.
    private static final Pattern INCOMPATIBLE = Pattern.compile("# Table `(.*)' is incompatible.*");

    private IptablesSave() {}

    /**
     * Parses the whole output. Empty output means a namespace without tables.
     *
     * @param backend {@code nft} or {@code legacy}
     * @throws Complaint when the text is cut off or is something else, or when iptables cannot show a table
     */
    static List<Chain> parse(String text, String backend, boolean ipv6) {
        List<Chain> chains = new ArrayList<>();
        String table = null;
        Map<String, Optional<String>> policies = new LinkedHashMap<>();
        Map<String, List<String>> rules = new LinkedHashMap<>();
        for (String line : lines(text)) {
            Matcher chain = CHAIN.matcher(line);
            Matcher rule = RULE.matcher(line);
            Matcher incompatible = INCOMPATIBLE.matcher(line);
            if (incompatible.matches()) {
                throw new Complaint(say("rules.table-incompatible", "table", incompatible.group(1)));
            }
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("*") && table == null) {
                table = line.substring(1);
            } else if (table != null && chain.matches()) {
                policies.put(
                        chain.group(1), chain.group(2).equals("-") ? Optional.empty() : Optional.of(chain.group(2)));
                rules.put(chain.group(1), new ArrayList<>());
            } else if (table != null && rule.matches() && rules.containsKey(rule.group(2))) {
                rules.get(rule.group(2)).add(withoutComment(rule.group(1)));
            } else if (table != null && line.equals("COMMIT")) {
                for (Map.Entry<String, Optional<String>> policy : policies.entrySet()) {
                    chains.add(new Chain(
                            backend, ipv6, table, policy.getKey(), policy.getValue(), rules.get(policy.getKey())));
                }
                policies.clear();
                rules.clear();
                table = null;
            } else {
                throw new Complaint(say("output.no-iptables-line", "line", Json.beginning(line)));
            }
        }
        if (table != null) {
            throw new Complaint(say("rules.table-cut-off", "table", table));
        }
        return chains;
    }

    /** Splits into lines; a quoted comment may contain line feeds. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"' && text.startsWith("-A ", begin)) {
                quoted = !quoted;
            } else if (c == '\n' && !quoted) {
                lines.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        if (begin < text.length()) {
            lines.add(text.substring(begin));
        }
        return lines;
    }

    /** Removes {@code -m comment --comment X}. X may be quoted and contain any text, even text that looks like a rule. */
    static String withoutComment(String rule) {
        List<String> tokens = tokens(rule);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equals("-m")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).equals("comment")) {
                i++;
            } else if (tokens.get(i).equals("--comment") && i + 1 < tokens.size()) {
                i++;
            } else {
                kept.add(tokens.get(i));
            }
        }
        return String.join(" ", kept);
    }

    /** The words of a rule, with their quotes; inside quotes a backslash escapes the next character. */
    private static List<String> tokens(String rule) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < rule.length(); i++) {
            char c = rule.charAt(i);
            if (c == ' ' && !quoted) {
                if (token.length() > 0) {
                    tokens.add(token.toString());
                    token.setLength(0);
                }
            } else {
                token.append(c);
                if (c == '\\' && quoted && i + 1 < rule.length()) {
                    token.append(rule.charAt(++i));
                } else if (c == '"') {
                    quoted = !quoted;
                }
            }
        }
        if (token.length() > 0) {
            tokens.add(token.toString());
        }
        return tokens;
    }
}
