package dev.drydock.verify.trace;

import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.trace.HostTrace.Heard;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.trace.TracedPacket.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the visits of one namespace from its trace, separately for the packet, its answer and an ICMP error. */
final class VisitReader {
    // ip6 flowlabel 911903 … icmpv6 type echo-request icmpv6 code no-route icmpv6 parameter-problem 10813441
    // ip id 58377 … icmp type echo-request icmp code net-unreachable icmp id 3 icmp sequence 1
    private static final Pattern PRINT = Pattern.compile(
            "\\b(ip id \\d+|ip6 flowlabel \\d+) .*(icmp type \\S+ icmp code \\S+(?: icmp id \\d+ icmp sequence \\d+)?"
                    + "|icmpv6 type \\S+ icmpv6 code \\S+ icmpv6 parameter-problem \\d+)");

    private final String host;
    private final long inode;
    private final String place;
    private final List<Chain> chains;
    private final Heard heard;
    private final Map<Kind, List<Stay>> stays = new EnumMap<>(Kind.class);

    /** A visit that is being collected. */
    private static final class Stay {
        private final List<TraceEvent> steps = new ArrayList<>();
        private Optional<TracedHeader> before = Optional.empty();
        private Optional<Seen> last = Optional.empty();
        private final Map<String, Deque<Jump>> jumps = new HashMap<>();
    }

    /** @param by the rule that jumped: {@code FORWARD rule 4} */
    private record Jump(String by, String to) {}

    VisitReader(String host, long inode, String place, Optional<Namespace> namespace, Heard heard) {
        this.host = host;
        this.inode = inode;
        this.place = place;
        this.chains = namespace.map(known -> known.chains().orElse(List.of())).orElse(List.of());
        this.heard = heard;
    }

    Map<Kind, List<Visit>> read(TracedPacket packet) {
        Set<String> caught = new HashSet<>();
        Set<String> prints = new HashSet<>();
        heard.lines().stream()
                .filter(line -> ours(line) && line.what() == TraceLine.What.RULE)
                .forEach(line -> caught.add(line.id()));
        heard.lines().stream()
                .filter(line -> line.what() == TraceLine.What.PACKET && caught.contains(line.id()))
                .forEach(line -> print(line).ifPresent(prints::add));
        Map<String, Kind> kinds = new HashMap<>();
        for (TraceLine line : heard.lines()) {
            if (line.what() == TraceLine.What.PACKET) {
                TracedHeader header = TracedHeader.parse(line.text());
                // the source port may have been rewritten since
                Optional<Kind> kind = packet.kind(
                                header,
                                caught.contains(line.id())
                                        || print(line).filter(prints::contains).isPresent())
                        .or(() -> Optional.ofNullable(kinds.get(line.id())));
                kind.ifPresent(known -> {
                    kinds.put(line.id(), known);
                    if (ours(line)) {
                        sighted(known, point(line), header);
                    }
                });
            } else if (!ours(line) && kinds.containsKey(line.id())) {
                List<Stay> all = stays.getOrDefault(kinds.get(line.id()), List.of());
                if (!all.isEmpty()) {
                    judged(all.get(all.size() - 1), line);
                }
            }
        }
        Map<Kind, List<Visit>> visits = new EnumMap<>(Kind.class);
        stays.forEach((kind, all) -> visits.put(kind, visits(all)));
        return visits;
    }

    /** Merges the visits of TCP retransmissions, which would repeat the first one. */
    private List<Visit> visits(List<Stay> all) {
        Set<String> known = new LinkedHashSet<>();
        List<Visit> visits = new ArrayList<>();
        for (Stay stay : all) {
            Visit visit = new Visit(host, inode, place, stay.steps);
            TracedHeader entered = visit.entered();
            if (known.add(entered.in() + " " + entered.out() + " " + entered.from() + " " + entered.to() + " "
                    + entered.ttl())) {
                visits.add(visit);
            }
        }
        return visits;
    }

    private static boolean ours(TraceLine line) {
        return line.table().startsWith(TraceScript.TABLES);
    }

    /** The parts of an ICMP packet that stay the same between hooks, while the kernel's id may change. */
    private static Optional<String> print(TraceLine line) {
        Matcher same = PRINT.matcher(line.text());
        return same.find() ? Optional.of(same.group(1) + " " + same.group(2)) : Optional.empty();
    }

    private static Optional<Point> point(TraceLine line) {
        return Optional.ofNullable(
                switch (line.family().replace("ip6", "ip") + " " + line.chain()) {
                    case "bridge prerouting" -> Point.PORT_IN;
                    case "bridge forwarded" -> Point.SWITCHED;
                    case "bridge sent" -> Point.PORT_OUT;
                    case "ip prerouting" -> Point.IN;
                    case "ip output" -> Point.MADE;
                    case "ip routed" -> Point.ROUTED;
                    case "ip delivered" -> Point.DELIVERED;
                    case "ip sent" -> Point.OUT;
                    default -> null;
                });
    }

    private void sighted(Kind kind, Optional<Point> point, TracedHeader header) {
        List<Stay> all = stays.computeIfAbsent(kind, none -> new ArrayList<>());
        if (point.isPresent() && (all.isEmpty() || begins(point.get(), all.get(all.size() - 1)))) {
            all.add(new Stay());
        }
        if (all.isEmpty()) {
            return;
        }
        Stay stay = all.get(all.size() - 1);
        stay.before.ifPresent(before -> {
            rewritten(stay, true, before.from(), header.from());
            rewritten(stay, false, before.to(), header.to());
        });
        stay.before = Optional.of(header);
        point.ifPresent(at -> {
            stay.last = Optional.of(new Seen(at, header));
            stay.steps.add(stay.last.get());
        });
    }

    /** Whether the sighting begins a new visit. With br_netfilter the IP chains see a packet on its way through a bridge, which begins none. */
    private static boolean begins(Point point, Stay stay) {
        if (point == Point.PORT_IN || point == Point.MADE) {
            return true;
        }
        boolean looped = stay.last
                .filter(seen -> seen.point() == Point.OUT && seen.header().out().equals(Optional.of("lo")))
                .isPresent();
        return point == Point.IN
                && !looped
                && stay.last.filter(seen -> seen.point() != Point.PORT_IN).isPresent();
    }

    private static void rewritten(Stay stay, boolean source, String before, String after) {
        if (!before.equals(after)) {
            stay.steps.add(new TraceEvent.Rewritten(source, before, after));
        }
    }

    private void judged(Stay stay, TraceLine line) {
        Deque<Jump> jumps = stay.jumps.computeIfAbsent(line.family() + " " + line.table(), none -> new ArrayDeque<>());
        while (!jumps.isEmpty() && !jumps.getLast().to().equals(line.chain())) {
            jumps.removeLast();
        }
        String verdict = line.verdict();
        if (line.what() == TraceLine.What.POLICY) {
            String policy = "policy " + verdict.toUpperCase(java.util.Locale.ROOT);
            stay.steps.add(new TraceEvent.Decided(name(line), OptionalInt.empty(), policy, verdict, List.of()));
        } else if (verdict.startsWith("jump ") || verdict.startsWith("goto ")) {
            OptionalInt number = heard.numbers().number(line);
            String by = line.chain() + (number.isPresent() ? " rule " + number.getAsInt() : "");
            jumps.addLast(new Jump(by, verdict.substring("jump ".length()).strip()));
        } else if (verdict.equals("return") && !jumps.isEmpty()) {
            jumps.removeLast();
        } else if (line.what() == TraceLine.What.RULE && !verdict.equals("continue") && !verdict.equals("return")) {
            stay.steps.add(new TraceEvent.Decided(
                    name(line),
                    heard.numbers().number(line),
                    rule(line),
                    verdict,
                    jumps.stream().map(Jump::by).collect(Collectors.toList())));
        }
    }

    private Optional<Chain> iptables(TraceLine line) {
        return chains.stream()
                .filter(chain -> line.family().equals(chain.ipv6() ? "ip6" : "ip")
                        && chain.backend().equals("nft")
                        && chain.table().equals(line.table())
                        && chain.name().equals(line.chain()))
                .findFirst();
    }

    private String name(TraceLine line) {
        String name = line.table() + "/" + line.chain();
        return iptables(line).isPresent() && line.family().equals("ip") ? name : line.family() + " " + name;
    }

    /** The rule's line in iptables-save, where the chain has the same number of rules in both lists. */
    private String rule(TraceLine line) {
        OptionalInt number = heard.numbers().number(line);
        Optional<Chain> chain = iptables(line)
                .filter(found -> found.rules().size() == heard.numbers().size(line));
        if (number.isPresent() && chain.isPresent()) {
            return chain.get()
                    .rules()
                    .get(number.getAsInt() - 1)
                    .replaceFirst("^-A \\S+ ?", "")
                    .strip();
        }
        return line.text()
                .replaceAll("counter packets \\d+ bytes \\d+ ?", "")
                .replaceAll(" {2,}", " ")
                .strip();
    }
}
