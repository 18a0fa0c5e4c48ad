package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses one namespace from its sections. Each group of facts that is missing, cut off or invalid becomes unknown by itself. */
final class NamespaceReadings {
    /** The section with the names of the iptables-legacy tables in the kernel: {@code filter nat}. */
    static final String LEGACY_TABLES = "ip_tables_names";

    private static final String SYSCTLS = "/proc/sys/";
    // what sessions kept before has an equals sign there, and NUL at the end
    private static final Pattern SIGN = Pattern.compile("[:=]");
    private static final Pattern LINE = Pattern.compile("[\n\0]");

    private final Sections sections;
    private final NamespaceScan scan;
    private final long inode;
    private final LearnerCommand learner;

    NamespaceReadings(Sections sections, NamespaceScan scan, long inode, LearnerCommand learner) {
        this.sections = sections;
        this.scan = scan;
        this.inode = inode;
        this.learner = learner;
    }

    /**
     * Whether the namespace is gone or never was one: only processes held it and have ended, or its name is the mount of another kind of namespace
     * ({@code nsenter: reassociate to namespace … failed: Invalid argument}).
     */
    static boolean vanished(Sections sections, NamespaceScan scan, long inode) {
        Optional<Section> failed = sections.of("ns." + inode + ".enter").filter(enter -> !enter.ended(0));
        return failed.filter(enter -> enter.err().contains("Invalid argument")).isPresent()
                || (!scan.names().containsKey(inode)
                        && failed.filter(enter -> enter.err().contains("No such file or directory"))
                                .isPresent());
    }

    /** @param tables the names that {@code ip} uses for routing tables */
    Namespace read(Set<Scope> names, Map<String, String> keysByPath, Map<String, String> tables) {
        IpBatch batch = batch();
        Reading<List<Link>> links =
                batch.read(IpBatch.ADDRESSES, learner.ip("-d addr"), IpOutput::links, all -> shown(all, Link::shown));
        return new Namespace(
                inode,
                names,
                links,
                routes(batch),
                rules(batch, tables),
                batch.read(
                        IpBatch.NEIGHBOURS,
                        learner.ip("neigh"),
                        text -> IpOutput.neighbours(text, links.orElse(List.of())),
                        all -> shown(all, Neighbour::shown)),
                batch.read(
                        IpBatch.ADDRESSES,
                        learner.net("bridge link"),
                        IpOutput::bridgePorts,
                        ports -> shown(
                                ports, port -> port.name() + " master " + port.bridge() + " state " + port.state())),
                chains(),
                sysctls(keysByPath),
                read("ss", learner.net("ss -lntup"), SocketList::parse, sockets -> section("ss")
                        .orElseThrow()
                        .out()
                        .strip()),
                netnsIds(batch));
    }

    /** The ids of other namespaces. With many namespaces they are read separately, and only where they help. */
    private Reading<Map<Integer, Long>> netnsIds(IpBatch batch) {
        String command = learner.ip("netns list-id");
        return section("ids").isPresent()
                ? read("ids", command, this::netnsIds, Object::toString)
                : batch.read(IpBatch.NAMESPACE_IDS, command, this::netnsIds, Object::toString);
    }

    IpBatch batch() {
        return new IpBatch(section("ip"), trouble("ip"));
    }

    private Reading<List<Route>> routes(IpBatch batch) {
        String command = learner.ip("route show table all");
        Reading<List<Route>> ipv4 = batch.read(
                IpBatch.ROUTES, command, text -> RouteOutput.routes(text, false), all -> shown(all, Route::shown));
        Reading<List<Route>> ipv6 = batch.read(
                IpBatch.ROUTES_IPV6, command, text -> RouteOutput.routes(text, true), all -> shown(all, Route::shown));
        return ipv4.fold(
                four -> ipv6.fold(
                        six -> new Reading.Known<>(
                                joined(four.value(), six.value()),
                                new Evidence(
                                        command,
                                        (four.source().excerpt() + "\n"
                                                        + six.source().excerpt())
                                                .strip())),
                        unknown -> unknown),
                unknown -> unknown);
    }

    /** Those of IPv6 are read where a namespace has an address of it; elsewhere the usual ones stand for them. */
    private Reading<List<RoutingRule>> rules(IpBatch batch, Map<String, String> tables) {
        Reading<List<RoutingRule>> ipv4 = batch.read(
                IpBatch.RULES,
                learner.ip("rule"),
                text -> RouteOutput.rules(text, false, tables),
                all -> shown(all, RoutingRule::line));
        Reading<List<RoutingRule>> ipv6 = section("rules6").isEmpty()
                ? new Reading.Known<>(RoutingRule.USUAL_IPV6, new Evidence(learner.ip("-6 rule"), ""))
                : read(
                        "rules6",
                        learner.ip("-6 rule"),
                        text -> RouteOutput.rules(text, true, tables),
                        all -> shown(all, RoutingRule::line));
        return ipv4.fold(
                four -> ipv6.fold(
                        six -> new Reading.Known<>(joined(four.value(), six.value()), four.source()),
                        unknown -> unknown),
                unknown -> unknown);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Map<Integer, Long> netnsIds(String text) {
        Map<Integer, Long> inodes = new TreeMap<>();
        IpOutput.namedIds(text).forEach((id, name) -> scan.named(name).ifPresent(found -> inodes.put(id, found)));
        return inodes;
    }

    /** The chains of the nft back end, and those of the legacy back end where the kernel has such tables. */
    private Reading<List<Chain>> chains() {
        List<Chain> chains = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        String command = learner.net("iptables-save");
        Map<String, String> values = values().orElse(Map.of());
        for (boolean ipv6 : new boolean[] {false, true}) {
            String tables = values.getOrDefault(ipv6 ? "ip6_tables_names" : LEGACY_TABLES, "");
            boolean legacyToo = !tables.isEmpty();
            if (tables.equals("unreadable") || values.isEmpty()) {
                return new Reading.Unknown<>(
                        say("rules.legacy-unread", "scope", learner.scope().toString()), new Evidence(command, ""));
            }
            for (String backend : legacyToo ? List.of("nft", "legacy") : List.of("nft")) {
                String key = backend + (ipv6 ? "6" : "4");
                Reading<List<Chain>> part =
                        read(key, command, text -> IptablesSave.parse(text, backend, ipv6), all -> section(key)
                                .orElseThrow()
                                .out());
                if (part instanceof Reading.Unknown<List<Chain>> unknown) {
                    return unknown;
                }
                part.fold(known -> chains.addAll(known.value()), unknown -> false);
                part.source()
                        .excerpt()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(shown::add);
            }
        }
        return new Reading.Known<>(chains, new Evidence(command, String.join("\n", shown)));
    }

    /** @param keysByPath the sysctl keys to show in the evidence, by their path */
    private Reading<Map<String, String>> sysctls(Map<String, String> keysByPath) {
        return values().fold(
                        known -> {
                            Map<String, String> sysctls = new TreeMap<>();
                            known.value().forEach((path, value) -> {
                                if (path.contains("/")) {
                                    sysctls.put(keysByPath.getOrDefault(path, key(path)), value);
                                }
                            });
                            List<String> named = keysByPath.values().stream()
                                    .filter(sysctls::containsKey)
                                    .toList();
                            return new Reading.Known<>(
                                    sysctls,
                                    new Evidence(
                                            learner.net("sysctl " + LearnerCommand.words(String.join(" ", named))),
                                            shown(named, key -> key + " = " + sysctls.get(key))));
                        },
                        unknown -> new Reading.Unknown<>(unknown.reason(), unknown.source()));
    }

    /** {@code net/ipv4/conf/eth0.100/forwarding} is {@code net.ipv4.conf.eth0/100.forwarding}, as sysctl(8) has it. */
    static String key(String path) {
        return path.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }

    private Reading<Map<String, String>> values() {
        return read(
                "values",
                learner.net("sysctl -a"),
                text -> values(LINE.splitAsStream(text).toList()),
                Object::toString);
    }

    /**
     * Parses lines such as {@code /proc/sys/net/ipv4/ip_forward:1}; of a value with several lines the first one counts. Also
     * {@code ip_tables_names:filter nat}.
     */
    static Map<String, String> values(List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher sign = SIGN.matcher(line);
            if (sign.find() && sign.start() > 0) {
                String name = line.substring(0, sign.start());
                values.putIfAbsent(
                        name.startsWith(SYSCTLS) ? name.substring(SYSCTLS.length()) : name,
                        line.substring(sign.end()).replace('\t', ' '));
            }
        }
        // says that the kernel's files were reached at all
        values.putIfAbsent(LEGACY_TABLES, "");
        return values;
    }

    private <T> Reading<T> read(String part, String command, Function<String, T> parser, Function<T, String> shown) {
        Optional<Section> section = section(part);
        if (section.isEmpty() || !section.get().ended(0)) {
            String said = section.map(found -> found.err().strip()).orElse("");
            return new Reading.Unknown<>(
                    say("command.could-not-run", "command", command, "why", trouble(part)),
                    new Evidence(command, said));
        }
        return parsed(command, section.get().out(), parser, shown);
    }

    static <T> Reading<T> parsed(String command, String out, Function<String, T> parser, Function<T, String> shown) {
        try {
            T value = parser.apply(out);
            return new Reading.Known<>(value, new Evidence(command, shown.apply(value)));
        } catch (IllegalArgumentException unreadable) {
            return new Reading.Unknown<>(
                    say("command.unreadable", "command", command, "why", Complaint.of(unreadable)),
                    new Evidence(command, Json.firstLine(out)));
        }
    }

    static <T> String shown(List<T> all, Function<? super T, String> line) {
        return all.stream().map(line).collect(Collectors.joining("\n"));
    }

    private Optional<Section> section(String part) {
        return sections.of("ns." + inode + "." + part);
    }

    private Message trouble(String part) {
        return section(part).or(() -> section("enter")).map(Section::trouble).orElse(Sections.CUT_OFF);
    }

    /** A process of the namespace, for commands that need one; empty where none is known. */
    static OptionalInt anyProcess(NamespaceScan scan, long inode) {
        return scan.pids().getOrDefault(inode, Set.of()).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }
}
