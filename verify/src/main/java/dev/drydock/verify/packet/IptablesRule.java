package dev.drydock.verify.packet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of {@code iptables-save}: {@code -A FORWARD -s 10.9.0.0/24 ! -o br0 -p tcp -m tcp --dport 80 -j ACCEPT}. Parts that are not understood
 * become unknown conditions or actions; nothing is left out.
 *
 * @param chains the names of all chains in the table, to tell a jump from a target
 */
record IptablesRule(ChainId chain, int number, String text, Set<String> chains) {

    /** One option with its values: {@code ! --dports 80,443}. */
    record Option(String name, boolean negated, List<String> values) {
        /**
         * The only value.
         *
         * @throws IllegalArgumentException when there are none or several
         */
        String value() {
            if (values.size() != 1) {
                throw new IllegalArgumentException(name + " wants one value");
            }
            return values.get(0);
        }

        String shown() {
            return (name + " " + String.join(" ", values)).strip();
        }
    }

    Rule read() {
        List<Condition> conditions = new ArrayList<>();
        Map<String, List<Option>> matches = new LinkedHashMap<>();
        List<Option> target = new ArrayList<>();
        String module = "";
        boolean negated = false;
        List<String> words = words(text);
        int i = 2;
        while (i < words.size()) {
            String word = words.get(i++);
            if (word.equals("!")) {
                negated = true;
                continue;
            }
            List<String> values = new ArrayList<>();
            while (i < words.size()
                    && !words.get(i).startsWith("-")
                    && !words.get(i).equals("!")) {
                values.add(words.get(i++).replace("\0", ""));
            }
            Option option = new Option(word, negated, values);
            negated = false;
            if (!target.isEmpty() || word.equals("-j") || word.equals("-g")) {
                target.add(option);
            } else if (word.equals("-m")) {
                module = String.join(" ", values);
                matches.computeIfAbsent(module, name -> new ArrayList<>());
            } else if (word.startsWith("--") && !module.isEmpty()) {
                matches.get(module).add(option);
            } else {
                conditions.add(IptablesConditions.basic(option));
            }
        }
        matches.forEach((name, options) -> conditions.addAll(IptablesConditions.of(name, options)));
        String name = target.isEmpty() ? "" : String.join(" ", target.get(0).values());
        return new Rule(chain, number, text, name, conditions, List.of(IptablesActions.of(target, chains)));
    }

    /** The words of a rule without quotation marks; inside quotes a backslash escapes the next character. */
    static List<String> words(String rule) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < rule.length(); i++) {
            char c = rule.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                // what was quoted is a value, whatever it looks like
                word.append(begun ? "" : "\0");
                begun = true;
            } else if (c == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                begun = true;
                word.append(c == '\\' && quoted && i + 1 < rule.length() ? rule.charAt(++i) : c);
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
