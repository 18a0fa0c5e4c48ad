package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code bridge: {name: br0, address: [10.9.0.1/24], ports: {exactly: [{peer_of: {in: netns:red, name: eth0}}]}}}. */
public record BridgeState(
        Scope in,
        String name,
        boolean exists,
        Optional<Boolean> up,
        Optional<ListMatch<Cidr>> addresses,
        Optional<ListMatch<PortRef>> ports)
        implements Expectation {
    public BridgeState {
        if (!exists && (up.isPresent() || addresses.isPresent() || ports.isPresent())) {
            throw new IllegalArgumentException("a bridge that must not exist can have no attributes");
        }
    }

    @Override
    public String describe() {
        List<String> clauses = clauses();
        return clauses.isEmpty()
                ? "there is " + (exists ? "a" : "no") + " bridge " + PlaceWords.within(in, name)
                : "bridge " + PlaceWords.within(in, name) + " " + PlaceWords.list(clauses, "");
    }

    @Override
    public String describeOpposite() {
        return clauses().isEmpty()
                ? "there is " + (exists ? "no" : "a") + " bridge " + PlaceWords.within(in, name)
                : Expectation.super.describeOpposite();
    }

    private List<String> clauses() {
        List<String> words = new ArrayList<>();
        up.ifPresent(wanted -> words.add(wanted ? "is up" : "is down"));
        addresses.ifPresent(wanted -> words.add("has " + AddressMatch.words(wanted)));
        ports.ifPresent(wanted -> words.add("has " + portWords(wanted)));
        return words;
    }

    /** {@code red0 as port}, {@code only red0 and blue0 as ports}, {@code no port}. */
    private static String portWords(ListMatch<PortRef> wanted) {
        String words = portWords(wanted.items().stream().map(PortRef::words).toList());
        return (wanted.exactly() && !wanted.items().isEmpty() ? "only " : "") + words;
    }

    private static String portWords(List<String> ports) {
        return ports.isEmpty()
                ? "no port"
                : PlaceWords.list(ports, "") + (ports.size() == 1 ? " as port" : " as ports");
    }

    @Override
    public Set<Scope> places() {
        Set<Scope> places = new LinkedHashSet<>(Set.of(in));
        ports.ifPresent(wanted -> wanted.items().forEach(port -> port.peerOf().ifPresent(end -> places.add(end.in()))));
        return places;
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(
                facts,
                in,
                namespace -> Readings.judge(namespace.links(), links -> links.stream()
                        .filter(link -> link.name().equals(name))
                        .findFirst()
                        .map(link -> present(facts, namespace, link))
                        .orElseGet(() -> absent(facts, links))));
    }

    private Verdict absent(Facts facts, List<Link> links) {
        List<Link> bridges =
                links.stream().filter(link -> link.kind().equals("bridge")).toList();
        Evidence list = new Evidence(
                Typed.ip(facts, in, "link show type bridge"),
                bridges.stream().map(IpLines::link).collect(Collectors.joining("\n")));
        return exists
                ? Verdict.notMet(
                                "a bridge " + name + " " + PlaceWords.at(in),
                                "no interface " + name + " " + PlaceWords.at(in),
                                list)
                        .causedBy(FactCauses.missingInterface(facts, in, name))
                : Verdict.met(list);
    }

    private Verdict present(Facts facts, Namespace namespace, Link link) {
        Evidence show =
                new Evidence(Typed.ip(facts, in, "addr show " + LearnerCommand.quoted(name)), IpLines.addresses(link));
        boolean bridge = link.kind().equals("bridge");
        if (!bridge) {
            String what = link.kind().isEmpty() ? "a plain device" : "a " + link.kind();
            return exists
                    ? Verdict.notMet(name + " is a bridge", name + " is " + what + ", not a bridge", show)
                    : Verdict.met(show);
        }
        if (!exists) {
            return Verdict.notMet(
                    "no bridge " + name + " " + PlaceWords.at(in), "a bridge " + name + " " + PlaceWords.at(in), show);
        }
        Comparison comparison = new Comparison().looking(show);
        up.ifPresent(wanted -> comparison.that(
                wanted == link.up(),
                PlaceWords.within(in, name) + (wanted ? " is up" : " is down"),
                PlaceWords.within(in, name) + (link.up() ? " is up" : " is down")));
        addresses.ifPresent(wanted -> AddressMatch.compare(comparison, facts, in, link, wanted));
        ports.ifPresent(wanted -> comparison.that(
                Readings.judge(namespace.bridgePorts(), all -> judgePorts(facts, namespace, all, wanted))));
        return comparison.verdict();
    }

    private Verdict judgePorts(Facts facts, Namespace namespace, List<BridgePort> all, ListMatch<PortRef> wanted) {
        List<String> found = all.stream()
                .filter(port -> port.bridge().equals(name))
                .map(BridgePort::name)
                .sorted()
                .toList();
        Evidence list = new Evidence(
                Typed.in(facts, in, "bridge link show"),
                all.stream()
                        .map(port -> port.name() + ": master " + port.bridge() + " state " + port.state())
                        .collect(Collectors.joining("\n")));
        Set<String> claimed = new LinkedHashSet<>();
        Optional<Verdict> open = Optional.empty();
        for (PortRef port : wanted.items()) {
            Lookup<List<String>> candidates = port.candidates(facts, namespace);
            List<String> here = candidates.fold(f -> f.value(), a -> List.<String>of(), u -> List.<String>of()).stream()
                    .filter(found::contains)
                    .toList();
            claimed.addAll(here);
            if (here.size() >= Collections.frequency(wanted.items(), port)) {
                continue;
            }
            Optional<Verdict> unknown = candidates.fold(
                    f -> Optional.empty(),
                    a -> Optional.empty(),
                    u -> Optional.of(Verdict.cannotTell(u.reason(), u.source())));
            if (unknown.isEmpty()) {
                return Verdict.notMet(portWords(wanted), portWords(found), list)
                        .because(why(facts, all, port, candidates));
            }
            open = open.or(() -> unknown);
        }
        if (open.isEmpty() && wanted.exactly() && !claimed.containsAll(found)) {
            return Verdict.notMet(portWords(wanted), portWords(found), list);
        }
        return open.orElseGet(() -> Verdict.met(list));
    }

    private Optional<String> why(Facts facts, List<BridgePort> all, PortRef port, Lookup<List<String>> candidates) {
        Optional<String> noPlace = port.peerOf()
                .flatMap(end -> ScopeLookup.firstObstacle(facts, List.of(end.in())))
                .flatMap(obstacle -> obstacle.fold(
                        met -> Optional.empty(),
                        notMet -> Optional.of("there is " + Words.text(notMet.found())),
                        u -> Optional.empty()));
        return noPlace.or(() -> candidates.fold(
                names -> names.value().stream().findFirst().map(candidate -> plug(facts, all, port, candidate)),
                absent -> Optional.of(Words.text(absent.reason())).filter(reason -> !reason.isEmpty()),
                unknown -> Optional.empty()));
    }

    private String plug(Facts facts, List<BridgePort> all, PortRef port, String candidate) {
        boolean there = ScopeLookup.find(facts, in).stream()
                .flatMap(FactCauses::links)
                .anyMatch(link -> link.name().equals(candidate));
        if (!there) {
            return "there is no interface " + candidate + " " + PlaceWords.at(in);
        }
        String subject = port.name().isPresent() ? candidate : candidate + ", " + port.words() + ",";
        return subject + " is a port of "
                + all.stream()
                        .filter(other -> other.name().equals(candidate))
                        .map(BridgePort::bridge)
                        .findFirst()
                        .orElse("no bridge");
    }
}
