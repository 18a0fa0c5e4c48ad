package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

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
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
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
    /** @throws Complaint when attributes are given for a bridge that must not exist */
    public BridgeState {
        if (!exists && (up.isPresent() || addresses.isPresent() || ports.isPresent())) {
            throw new Complaint(say("bridge.absent-with-attributes"));
        }
    }

    @Override
    public Message statement() {
        List<Message> clauses = clauses();
        return clauses.isEmpty() ? exists(exists) : say("bridge.all", "interface", ref(), "clauses", clauses);
    }

    @Override
    public Message denial() {
        return clauses().isEmpty() ? exists(!exists) : Expectation.super.denial();
    }

    private Message exists(boolean so) {
        return say("bridge.exists", "exists", so, "interface", ref());
    }

    private InterfaceRef ref() {
        return new InterfaceRef(in, name);
    }

    private List<Message> clauses() {
        List<Message> clauses = new ArrayList<>();
        up.ifPresent(wanted -> clauses.add(say("bridge.is-up", "up", wanted)));
        addresses.ifPresent(wanted -> clauses.add(say("bridge.has", "what", AddressMatch.words(wanted))));
        ports.ifPresent(wanted -> clauses.add(say("bridge.has", "what", portWords(wanted))));
        return clauses;
    }

    private static Message portWords(ListMatch<PortRef> wanted) {
        return portWords(wanted.items().stream().map(PortRef::words).toList(), wanted.exactly());
    }

    /** {@code red0 as port}, {@code only red0 and blue0 as ports}, {@code no port}. */
    private static Message portWords(List<?> ports, boolean exactly) {
        return say("bridge.ports", "exactly", exactly, "ports", ports, "count", ports.size());
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
                ScopeCommands.ip(facts, in, "link show type bridge"),
                bridges.stream().map(IpLines::link).collect(Collectors.joining("\n")));
        return exists
                ? Verdict.notMet(
                                here(true),
                                say("interface.here", "exists", false, "interface", name, "place", in),
                                list)
                        .causedBy(FactCauses.missingInterface(facts, in, name))
                : Verdict.met(list);
    }

    private Verdict present(Facts facts, Namespace namespace, Link link) {
        Evidence show = new Evidence(
                ScopeCommands.ip(facts, in, "addr show " + LearnerCommand.quoted(name)), IpLines.addresses(link));
        boolean bridge = link.kind().equals("bridge");
        if (!bridge) {
            return exists
                    ? Verdict.notMet(
                            say("bridge.is-bridge", "interface", name),
                            say("bridge.is-other", "interface", name, "kind", link.kind()),
                            show)
                    : Verdict.met(show);
        }
        if (!exists) {
            return Verdict.notMet(here(false), here(true), show);
        }
        Comparison comparison = new Comparison().looking(show);
        up.ifPresent(wanted -> comparison.that(
                wanted == link.up(),
                say("interface.is-up", "interface", ref(), "up", wanted),
                say("interface.is-up", "interface", ref(), "up", link.up())));
        addresses.ifPresent(wanted -> AddressMatch.compare(comparison, facts, in, link, wanted));
        ports.ifPresent(wanted -> comparison.that(
                Readings.judge(namespace.bridgePorts(), all -> judgePorts(facts, namespace, all, wanted))));
        return comparison.verdict();
    }

    private Message here(boolean exists) {
        return say("bridge.here", "exists", exists, "bridge", name, "place", in);
    }

    private Verdict judgePorts(Facts facts, Namespace namespace, List<BridgePort> all, ListMatch<PortRef> wanted) {
        List<String> found = all.stream()
                .filter(port -> port.bridge().equals(name))
                .map(BridgePort::name)
                .sorted()
                .toList();
        Evidence list = new Evidence(
                ScopeCommands.in(facts, in, "bridge link show"),
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
                return Verdict.notMet(portWords(wanted), portWords(found, false), list)
                        .causedBy(why(facts, all, port, candidates));
            }
            open = open.or(() -> unknown);
        }
        if (open.isEmpty() && wanted.exactly() && !claimed.containsAll(found)) {
            return Verdict.notMet(portWords(wanted), portWords(found, false), list);
        }
        return open.orElseGet(() -> Verdict.met(list));
    }

    private Optional<Message> why(Facts facts, List<BridgePort> all, PortRef port, Lookup<List<String>> candidates) {
        Optional<Message> noPlace = port.peerOf()
                .flatMap(end -> ScopeLookup.firstObstacle(facts, List.of(end.in())))
                .flatMap(obstacle -> obstacle.fold(
                        met -> Optional.empty(),
                        notMet -> Optional.of(say("bridge.no-place", "found", notMet.found())),
                        u -> Optional.empty()));
        return noPlace.or(() -> candidates.fold(
                names -> names.value().stream().findFirst().map(candidate -> plug(facts, all, port, candidate)),
                absent -> Optional.of(absent.reason()),
                unknown -> Optional.empty()));
    }

    private Message plug(Facts facts, List<BridgePort> all, PortRef port, String candidate) {
        boolean there = ScopeLookup.find(facts, in).stream()
                .flatMap(FactCauses::links)
                .anyMatch(link -> link.name().equals(candidate));
        if (!there) {
            return say("interface.none", "interface", candidate, "place", in);
        }
        return say("interface.is-port")
                .with("interface", candidate)
                .with("end", port.peerOf().map(end -> port.words()))
                .with(
                        "bridge",
                        all.stream()
                                .filter(other -> other.name().equals(candidate))
                                .map(BridgePort::bridge)
                                .findFirst());
    }
}
