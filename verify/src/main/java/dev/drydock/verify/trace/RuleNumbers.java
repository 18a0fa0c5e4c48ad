package dev.drydock.verify.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of rules in their chains, from {@code nft -a list ruleset}. The kernel's trace names rules only by their handles. */
final class RuleNumbers {
    // table ip filter { # handle 2
    private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{.*");
    // <TAB>chain FORWARD { # handle 6
    private static final Pattern CHAIN = Pattern.compile("\tchain (\\S+) \\{.*");
    // <TAB><TAB>iifname "docker0" oifname "docker0" counter packets 0 bytes 0 accept # handle 11
    private static final Pattern RULE = Pattern.compile("\t\t.* # handle (\\d+)");

    private final Map<String, List<Integer>> handles;

    private RuleNumbers(Map<String, List<Integer>> handles) {
        this.handles = handles;
    }

    /** Parses the list; unknown lines are skipped. */
    static RuleNumbers parse(List<String> lines) {
        Map<String, List<Integer>> handles = new LinkedHashMap<>();
        String table = "";
        List<Integer> chain = null;
        for (String line : lines) {
            Matcher tableHead = TABLE.matcher(line);
            Matcher chainHead = CHAIN.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (tableHead.matches()) {
                table = tableHead.group(1) + " " + tableHead.group(2);
            } else if (chainHead.matches()) {
                chain = handles.computeIfAbsent(table + " " + chainHead.group(1), none -> new ArrayList<>());
            } else if (line.equals("\t}")) {
                chain = null;
            } else if (chain != null && rule.matches()) {
                chain.add(Integer.valueOf(rule.group(1)));
            }
        }
        return new RuleNumbers(handles);
    }

    /** The number of the rule, from 1; empty where the chain or the rule is newer than the list. */
    OptionalInt number(TraceLine line) {
        int at = line.handle().isPresent() ? chain(line).indexOf(line.handle().getAsInt()) : -1;
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at + 1);
    }

    /** How many rules the chain of the line has. */
    int size(TraceLine line) {
        return chain(line).size();
    }

    private List<Integer> chain(TraceLine line) {
        return handles.getOrDefault(line.family() + " " + line.table() + " " + line.chain(), List.of());
    }
}
