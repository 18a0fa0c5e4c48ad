package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonArray;
import dev.drydock.verify.facts.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that {@code ebtables-save} prints. They complete the output of nft, which names ebtables extensions without their options. */
final class EbtablesRules {
    static final String TOOL = "ebtables";
    /** Extensions that only observe; the frame continues to the next rule. */
    private static final Set<String> WATCHERS =
            Set.of("--log", "--log-level", "--log-prefix", "--log-ip", "--log-arp", "--log-ip6");

    /** The words of ebtables for values that nft writes differently. */
    private static final Map<String, String> NAMES =
            Map.of("IPv4", "ip", "IPv6", "ip6", "otherhost", "other", "Broadcast", "ff:ff:ff:ff:ff:ff");

    /** The rules of each chain as {@code filter/FORWARD}. */
    private final Map<String, List<String>> lines = new HashMap<>();

    /** Reads {@code *filter}, {@code :FORWARD ACCEPT}, {@code -A FORWARD -p ARP -j DROP}. */
    void read(String saved) {
        String table = "";
        for (String line : saved.lines().toList()) {
            if (line.startsWith("*")) {
                table = line.substring(1).strip();
            } else if (line.startsWith(":")) {
                lines.put(table + "/" + line.substring(1).split(" ", 2)[0], new ArrayList<>());
            } else if (line.startsWith("-A ")) {
                String[] words = line.split(" ", 3);
                lines.computeIfAbsent(table + "/" + words[1], name -> new ArrayList<>())
                        .add(words.length < 3 ? "" : words[2].strip());
            }
        }
    }

    /** The tool that lists a chain: {@code ebtables} where ebtables-save printed it, else {@code nft}. */
    String tool(String table, String chain) {
        return lines.containsKey(table + "/" + chain) ? TOOL : "nft";
    }

    /**
     * The rules of a chain of the family bridge. For a user-defined chain nft lists one rule more than ebtables: its policy.
     *
     * @param here the rules of the chain as nft prints them
     */
    List<Rule> rules(ChainId id, List<JsonArray> here, NftValues values) {
        List<String> shown = lines.getOrDefault(id.table() + "/" + id.name(), List.of());
        boolean paired = shown.size() == here.size() || shown.size() == here.size() - 1;
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            JsonArray statements = here.get(i);
            int number = i + 1;
            String line = paired && i < shown.size() ? shown.get(i) : NftText.rule(statements);
            boolean extended = paired && i < shown.size() && NftRule.has(statements, "xt");
            all.add(Rule.read(
                    id,
                    number,
                    line,
                    () -> extended
                            ? rule(id, number, line)
                            : new NftRule(id, number, line, statements, values).read()));
        }
        return all;
    }

    /** {@code -p IPv4 --ip-dst 10.9.0.12 --ip-proto tcp --ip-dport 80 -j DROP}. */
    private static Rule rule(ChainId id, int number, String line) {
        List<String> words = IptablesRules.words(line);
        List<Condition> conditions = new ArrayList<>();
        Action action = Action.Change.NOTHING;
        String target = "";
        for (int i = 0; i < words.size(); i++) {
            String option = words.get(i);
            boolean negated = i + 1 < words.size() && words.get(i + 1).equals("!");
            int at = i + (negated ? 2 : 1);
            boolean valued = at < words.size() && !words.get(at).startsWith("-");
            String value = valued ? words.get(at) : "";
            i = valued ? at : negated ? i + 1 : i;
            if (option.equals("-j")) {
                target = value;
                action = action(value);
            } else if (!WATCHERS.contains(option)) {
                conditions.add(condition(option, negated, value));
            }
        }
        return new Rule(id, number, line, target, conditions, List.of(action));
    }

    private static Action action(String target) {
        return switch (target) {
            case "ACCEPT" -> Action.End.ACCEPT;
            case "DROP" -> Action.End.DROP;
            case "RETURN" -> Action.End.RETURN;
            case "CONTINUE" -> Action.Change.NOTHING;
            case "mark", "redirect", "dnat", "snat", "arpreply" -> new Action.Unknown(target);
            default -> new Action.Jump(target, false);
        };
    }

    private static Condition condition(String option, boolean negated, String value) {
        String shown = option + (negated ? " ! " : " ") + value;
        return field(option)
                .flatMap(field -> wanted(field, value)
                        .map(wanted -> new Condition(
                                shown,
                                Condition.compare(List.of(field), wanted, negated),
                                packet -> say("match.with", "match", shown))))
                .orElseGet(() -> Condition.unknown(shown));
    }

    private static Optional<PacketField> field(String option) {
        return Optional.ofNullable(
                switch (option) {
                    case "-p" -> PacketField.ETHER_TYPE;
                    case "-s" -> PacketField.FRAME_SOURCE;
                    case "-d" -> PacketField.FRAME_DESTINATION;
                    case "-i" -> PacketField.IN;
                    case "-o" -> PacketField.OUT;
                    case "--logical-in" -> PacketField.BRIDGE_IN;
                    case "--logical-out" -> PacketField.BRIDGE_OUT;
                    case "--ip-src" -> PacketField.SOURCE.ofFamily(false);
                    case "--ip-dst" -> PacketField.DESTINATION.ofFamily(false);
                    case "--ip6-src" -> PacketField.SOURCE.ofFamily(true);
                    case "--ip6-dst" -> PacketField.DESTINATION.ofFamily(true);
                    case "--ip-proto" -> PacketField.PROTOCOL.ofFamily(false);
                    case "--ip6-proto" -> PacketField.PROTOCOL.ofFamily(true);
                    case "--ip-sport", "--ip6-sport" -> PacketField.port(true, List.of(Protocol.TCP, Protocol.UDP));
                    case "--ip-dport", "--ip6-dport" -> PacketField.port(false, List.of(Protocol.TCP, Protocol.UDP));
                    case "--arp-op" -> NftFields.arpOperation();
                    case "--arp-ip-src" -> NftFields.arpAddress(true);
                    case "--arp-ip-dst" -> NftFields.arpAddress(false);
                    case "--pkttype-type" -> PacketField.PACKET_TYPE;
                    default -> null;
                });
    }

    /** Empty where the value is not understood. */
    private static Optional<MatchOperand> wanted(PacketField field, String value) {
        if (field.words() == SymbolTable.INTERFACE) {
            return Optional.of(MatchOperand.Elements.of(List.of(), List.of(value), false));
        }
        String text = NAMES.getOrDefault(value, value);
        if (text.contains("/")) {
            try {
                Cidr network = Cidr.parse(text);
                return Optional.of(MatchOperand.numbers(new NumberRange(
                        Addresses.number(network.network().address()), Addresses.number(network.last()))));
            } catch (IllegalArgumentException otherMask) {
                return Optional.empty();
            }
        }
        if (text.matches("\\d+:\\d+")) {
            String[] ends = text.split(":", 2);
            return Optional.of(MatchOperand.numbers(new NumberRange(Long.parseLong(ends[0]), Long.parseLong(ends[1]))));
        }
        return field.words().number(text).map(number -> MatchOperand.numbers(new NumberRange(number, number)));
    }
}
