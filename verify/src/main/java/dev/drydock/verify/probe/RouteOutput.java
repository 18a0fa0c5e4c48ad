package dev.drydock.verify.probe;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parsers for the JSON of {@code ip route} and {@code ip rule}. Both are run with numeric output, because root may rename tables: table 100 may be
 * called main. Names are understood too. Each parser throws a Complaint when the text is cut off or is something else.
 */
final class RouteOutput {
    private static final Map<String, String> TYPES = Map.of(
            "1", "unicast",
            "2", "local",
            "3", "broadcast",
            "4", "anycast",
            "5", "multicast",
            "6", "blackhole",
            "7", "unreachable",
            "8", "prohibit",
            "9", "throw");
    private static final Map<String, String> SCOPES =
            Map.of("0", "global", "200", "site", "253", "link", "254", "host", "255", "nowhere");
    private static final Map<String, String> PROTOCOLS = Map.ofEntries(
            Map.entry("0", "unspec"),
            Map.entry("1", "redirect"),
            Map.entry("2", "kernel"),
            Map.entry("3", "boot"),
            Map.entry("4", "static"),
            Map.entry("8", "gated"),
            Map.entry("9", "ra"),
            Map.entry("10", "mrt"),
            Map.entry("11", "zebra"),
            Map.entry("12", "bird"),
            Map.entry("13", "dnrouted"),
            Map.entry("14", "xorp"),
            Map.entry("15", "ntk"),
            Map.entry("16", "dhcp"),
            Map.entry("18", "keepalived"),
            Map.entry("42", "babel"),
            Map.entry("99", "openr"),
            Map.entry("186", "bgp"),
            Map.entry("187", "isis"),
            Map.entry("188", "ospf"),
            Map.entry("189", "rip"),
            Map.entry("192", "eigrp"));
    private static final Map<String, String> TABLES = Map.of("255", "local", "254", "main", "253", "default");
    private static final Map<String, RoutingRule.Action> ACTIONS = Map.of(
            "6", RoutingRule.Action.BLACKHOLE,
            "blackhole", RoutingRule.Action.BLACKHOLE,
            "7", RoutingRule.Action.UNREACHABLE,
            "unreachable", RoutingRule.Action.UNREACHABLE,
            "8", RoutingRule.Action.PROHIBIT,
            "prohibit", RoutingRule.Action.PROHIBIT);
    /** The names that {@code ip rule} uses for protocols; others appear as numbers. */
    private static final Map<String, String> IP_PROTOCOLS =
            Map.of("1", "icmp", "6", "tcp", "17", "udp", "58", "ipv6-icmp");

    /** Members of a rule that {@link RoutingRule} does not have and that select nothing. */
    private static final Set<String> KNOWN = Set.of(
            "priority",
            "not",
            "src",
            "srclen",
            "dst",
            "dstlen",
            "tos",
            "fwmark",
            "fwmask",
            "iif",
            "iif_detached",
            "oif",
            "oif_detached",
            "ipproto",
            "sport",
            "sport_start",
            "sport_end",
            "dport",
            "dport_start",
            "dport_end",
            "table",
            "suppress_prefixlen",
            "goto",
            "unresolved",
            "nop",
            "action",
            "protocol");

    private RouteOutput() {}

    static String scope(String text) {
        return SCOPES.getOrDefault(text, text);
    }

    /**
     * Reads {@code ip -N -d -j route show table all}.
     *
     * <p>{@code [{"type":"1","dst":"default","gateway":"10.9.0.1","dev":"eth0","table":"254","protocol":"3","scope":"0","flags":[]},
     * {"type":"1","dst":"10.6.0.0/16","tos":"0x10","table":"100",…,"nexthops":[{"gateway":"10.1.0.2","dev":"v1","weight":1,"flags":[]},…]}]}
     */
    static List<Route> routes(String text, boolean ipv6) {
        List<Route> routes = new ArrayList<>();
        for (JsonObject object : Json.objects(text)) {
            List<JsonObject> hops = Json.objects(object, "nexthops");
            for (int i = 0; i < Math.max(1, hops.size()); i++) {
                JsonObject hop = hops.isEmpty() ? object : hops.get(i);
                String type = Json.text(object, "type").orElse("unicast");
                routes.add(new Route(
                        ipv6,
                        TYPES.getOrDefault(type, type),
                        destination(Json.required(object, "dst"), ipv6),
                        Json.text(hop, "gateway")
                                .or(() -> Json.text(Json.inside(hop, "via"), "host"))
                                .map(IpAddress::parse),
                        Json.text(hop, "dev"),
                        Json.text(object, "prefsrc").map(IpAddress::parse),
                        Json.text(object, "metric").map(RouteOutput::number).orElse(0L),
                        table(Json.text(object, "table").orElse("254")),
                        details(
                                object,
                                hop,
                                hops.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(new Route.Hop(
                                                i, Json.number(hop, "weight").orElse(1))))));
            }
        }
        return routes;
    }

    private static Route.Details details(JsonObject route, JsonObject hop, Optional<Route.Hop> which) {
        String protocol = Json.text(route, "protocol").orElse("boot");
        Set<String> flags = new TreeSet<>(Json.texts(hop, "flags"));
        // as ip orders them
        List<String> ordered = new ArrayList<>(Json.texts(hop, "flags"));
        Json.texts(route, "flags").stream().filter(flags::add).forEach(ordered::add);
        return new Route.Details(
                Json.text(route, "tos").map(text -> (int) number(text)).orElse(0),
                PROTOCOLS.getOrDefault(protocol, protocol),
                scope(Json.text(route, "scope").orElse("global")),
                which,
                ordered,
                Json.number(route, "nhid"),
                options(route));
    }

    /** {@code "metrics":[{"mtu":1400,"advmss":1300}]}; for IPv6 also {@code "pref":"medium"}. */
    private static String options(JsonObject route) {
        List<String> words = new ArrayList<>();
        for (JsonObject metrics : Json.objects(route, "metrics")) {
            metrics.entrySet()
                    .forEach(entry ->
                            words.add(entry.getKey() + " " + entry.getValue().getAsString()));
        }
        Json.text(route, "pref").ifPresent(pref -> words.add("pref " + pref));
        return String.join(" ", words);
    }

    /** {@code main}, {@code local}, {@code default}, or a number. */
    private static String table(String text) {
        return TABLES.getOrDefault(text, text);
    }

    /** Parses a decimal or hexadecimal number; metrics and marks have 32 bits. */
    private static long number(String text) {
        return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : (long) Double.parseDouble(text);
    }

    private static Cidr destination(String text, boolean ipv6) {
        if (text.equals("default")) {
            return ipv6 ? Cidr.DEFAULT_IPV6 : Cidr.DEFAULT_IPV4;
        }
        return text.indexOf('/') < 0 ? Cidr.single(IpAddress.parse(text)) : Cidr.parse(text);
    }

    /**
     * The names of tables by number, from lines of {@code rt_tables}: {@code 254 main}. Of two lines for one number the later counts, as for
     * {@code ip}.
     */
    static Map<String, String> tables(String text) {
        Map<String, String> names = new HashMap<>();
        text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].matches("\\d{1,10}|0x[0-9a-fA-F]{1,8}"))
                .forEach(words -> names.put(Long.toString(number(words[0])), words[1]));
        return names;
    }

    /**
     * Reads {@code ip -N -d -j rule}.
     *
     * <p>{@code [{"priority":0,"src":"all","table":"255"},{"priority":998,"not":null,"src":"10.2.0.0","srclen":16,"fwmark":"0x1",
     * "fwmask":"0xff","iif":"lo","ipproto":"ipproto-6","sport_start":1000,"sport_end":2000,"dport":80,"action":"6"},
     * {"priority":400,"src":"all","table":"254","suppress_prefixlen":0},{"priority":500,"src":"all","goto":32766}]}
     *
     * @param names the names of tables by number
     */
    static List<RoutingRule> rules(String text, boolean ipv6, Map<String, String> names) {
        return Json.objects(text).stream()
                .map(object -> rule(object, ipv6, names))
                .toList();
    }

    private static RoutingRule rule(JsonObject object, boolean ipv6, Map<String, String> names) {
        Optional<String> table = Json.text(object, "table").filter(number -> !number.equals("0"));
        long mark = Json.text(object, "fwmark").map(RouteOutput::number).orElse(0L);
        RoutingRule.Action action = object.has("goto")
                ? RoutingRule.Action.GOTO
                : object.has("nop")
                        ? RoutingRule.Action.NOP
                        : object.has("action")
                                ? ACTIONS.getOrDefault(
                                        Json.text(object, "action").orElse(""), RoutingRule.Action.OTHER)
                                : table.isPresent() ? RoutingRule.Action.LOOKUP : RoutingRule.Action.OTHER;
        return new RoutingRule(
                ipv6,
                number(Json.required(object, "priority")),
                object.has("not"),
                network(object, "src", ipv6),
                network(object, "dst", ipv6),
                Json.text(object, "iif"),
                Json.text(object, "oif"),
                mark,
                Json.text(object, "fwmask").map(RouteOutput::number).orElse(object.has("fwmark") ? 0xffffffffL : 0L),
                Json.text(object, "tos").map(tos -> (int) number(tos)).orElse(0),
                Json.text(object, "ipproto").map(RouteOutput::protocol).orElse(OptionalInt.empty()),
                ports(object, "sport"),
                ports(object, "dport"),
                action,
                action == RoutingRule.Action.LOOKUP
                        ? table.map(RouteOutput::table).orElse("")
                        : "",
                Json.text(object, "goto").map(RouteOutput::number).orElse(0L),
                Json.number(object, "suppress_prefixlen").orElse(-1),
                KNOWN.containsAll(object.keySet())
                        && (!object.has("ipproto")
                                || Json.text(object, "ipproto")
                                        .map(RouteOutput::protocol)
                                        .orElse(OptionalInt.empty())
                                        .isPresent()),
                shown(object, table.map(number -> names.getOrDefault(number, number))));
    }

    private static Optional<Cidr> network(JsonObject object, String key, boolean ipv6) {
        return Json.text(object, key).filter(text -> !text.equals("all")).map(text -> {
            IpAddress address = text.equals("0") ? new IpAddress(ipv6 ? "::" : "0.0.0.0") : IpAddress.parse(text);
            return new Cidr(address, Json.number(object, key + "len").orElse(ipv6 ? 128 : 32));
        });
    }

    /** {@code ipproto-6}, or {@code tcp}. */
    private static OptionalInt protocol(String text) {
        String number = text.startsWith("ipproto-") ? text.substring("ipproto-".length()) : text;
        if (number.matches("\\d{1,3}")) {
            return OptionalInt.of(Integer.parseInt(number));
        }
        return IP_PROTOCOLS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(text))
                .mapToInt(entry -> Integer.parseInt(entry.getKey()))
                .findFirst();
    }

    private static Optional<RoutingRule.PortSpan> ports(JsonObject object, String key) {
        OptionalInt one = Json.number(object, key);
        OptionalInt first = one.isPresent() ? one : Json.number(object, key + "_start");
        OptionalInt last = one.isPresent() ? one : Json.number(object, key + "_end");
        return first.isPresent() && last.isPresent()
                ? Optional.of(new RoutingRule.PortSpan(first.getAsInt(), last.getAsInt()))
                : Optional.empty();
    }

    /** The rule in the format of {@code ip rule}. */
    private static String shown(JsonObject rule, Optional<String> table) {
        StringBuilder text = new StringBuilder(rule.has("not") ? "not " : "");
        text.append("from ").append(Json.required(rule, "src")).append(length(rule, "src"));
        Json.text(rule, "dst").ifPresent(to -> text.append(" to ").append(to).append(length(rule, "dst")));
        Json.text(rule, "tos").ifPresent(tos -> text.append(" tos ").append(tos));
        Json.text(rule, "fwmark").ifPresent(mark -> text.append(" fwmark ").append(mark));
        Json.text(rule, "fwmask").ifPresent(mask -> text.append('/').append(mask));
        for (String side : List.of("iif", "oif")) {
            Json.text(rule, side).ifPresent(name -> text.append(" ")
                    .append(side)
                    .append(" ")
                    .append(name)
                    .append(rule.has(side + "_detached") ? " [detached]" : ""));
        }
        text.append(rule.has("l3mdev") ? " lookup [l3mdev-table]" : "");
        Json.number(rule, "uid_start").ifPresent(first -> text.append(" uidrange ")
                .append(first)
                .append('-')
                .append(Json.number(rule, "uid_end").orElse(first)));
        Json.text(rule, "ipproto").map(RouteOutput::protocol).ifPresent(number -> text.append(" ipproto ")
                .append(
                        number.isPresent()
                                ? IP_PROTOCOLS.getOrDefault(
                                        Integer.toString(number.getAsInt()), "ipproto-" + number.getAsInt())
                                : Json.text(rule, "ipproto").orElse("")));
        for (String side : List.of("sport", "dport")) {
            ports(rule, side).ifPresent(span -> text.append(" ")
                    .append(side)
                    .append(" ")
                    .append(span.first())
                    .append(span.first() == span.last() ? "" : "-" + span.last()));
        }
        table.ifPresent(name -> text.append(" lookup ").append(name));
        Json.text(rule, "suppress_prefixlen")
                .ifPresent(length -> text.append(" suppress_prefixlength ").append(length));
        Json.text(rule, "suppress_ifgroup")
                .ifPresent(group -> text.append(" suppress_ifgroup ").append(group));
        Json.text(rule, "goto")
                .ifPresent(target ->
                        text.append(" goto ").append(target).append(rule.has("unresolved") ? " [unresolved]" : ""));
        text.append(rule.has("nop") ? " nop" : "");
        Json.text(rule, "action").ifPresent(action -> text.append(" ").append(TYPES.getOrDefault(action, action)));
        return text.toString();
    }

    private static String length(JsonObject rule, String key) {
        return Json.text(rule, key + "len").map(bits -> "/" + bits).orElse("");
    }
}
