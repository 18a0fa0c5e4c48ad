package dev.drydock.verify.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which number in its chain a rule has, from {@code nft -a list ruleset}: the kernel's trace names rules by their handles alone. */
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

    /** Reads what it knows and leaves out the rest. */
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

    /** Counted from 1; empty where the chain or the rule came after the list. */
    OptionalInt number(TraceLine line) {
        int at = line.handle().isPresent() ? chain(line).indexOf(line.handle().getAsInt()) : -1;
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at + 1);
    }

    /** How many rules the chain has. */
    int size(TraceLine line) {
        return chain(line).size();
    }

    private List<Integer> chain(TraceLine line) {
        return handles.getOrDefault(line.family() + " " + line.table() + " " + line.chain(), List.of());
    }
}
