package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The two ends of a query: whether the namespace exists, and which of its addresses is used. */
public final class EndpointDiagnosis {
    private EndpointDiagnosis() {}

    /**
     * The query whether one namespace reaches another, at the target's nearest address. The address is empty where the target has none.
     *
     * @param port of TCP; empty for a ping
     * @param ipv6 whether IPv6 is used even where the target has an IPv4 address
     */
    public static ReachabilityQuery question(
            Facts facts, Scope from, Scope target, Optional<Integer> port, boolean ipv6) {
        NetworkModel model = NetworkModel.of(facts);
        Optional<Node> source = model.node(from);
        Optional<Node> there = model.node(target);
        String to = there.flatMap(node -> address(model, source, node, ipv6))
                .map(IpAddress::toString)
                .orElse("");
        return new ReachabilityQuery(from, Optional.of(target), to, port);
    }

    /** The address of the query, or the address that its name has for the asking namespace; empty where the name has none. */
    public static Optional<IpAddress> address(Facts facts, ReachabilityQuery question) {
        return ZonedAddress.tryParse(question.to())
                .map(ZonedAddress::address)
                .or(() -> new NameResolution(NetworkModel.of(facts), question.from(), question.to()).address());
    }

    /** The nearest address of the target. IPv6 is used where one of both ends has no IPv4 address, or where IPv6 is asked for. */
    static Optional<IpAddress> address(NetworkModel model, Optional<Node> source, Node target, boolean wantsIpv6) {
        boolean sourceLacks =
                source.filter(node -> !has(node, false) && has(node, true)).isPresent();
        boolean ipv6 = has(target, true) && (wantsIpv6 || sourceLacks || !has(target, false));
        return address(model, source, target, end -> end.addresses(ipv6 || wantsIpv6), ipv6 || wantsIpv6);
    }

    private static boolean has(Node node, boolean ipv6) {
        return node.wires().stream().anyMatch(end -> !end.addresses(ipv6).isEmpty());
    }

    private static Optional<IpAddress> address(
            NetworkModel model,
            Optional<Node> source,
            Node target,
            Function<Interface, List<Cidr>> addresses,
            boolean ipv6) {
        List<IpAddress> all = target.wires().stream()
                .flatMap(end -> addresses.apply(end).stream())
                .map(Cidr::address)
                .toList();
        if (source.equals(Optional.of(target))) {
            return all.stream().findFirst().or(() -> Optional.of(new IpAddress(ipv6 ? "::1" : "127.0.0.1")));
        }
        Stream<IpAddress> near = source.stream().flatMap(node -> all.stream().filter(address -> node.wires().stream()
                .flatMap(end -> addresses.apply(end).stream())
                .anyMatch(own -> own.contains(address))));
        L2Topology l2 = new L2Topology(model);
        Stream<IpAddress> wired = source.stream()
                .flatMap(node -> node.wires().stream())
                .flatMap(wire -> l2.from(wire, false).to(spot -> true).stream())
                .map(path -> l2.stack(path.last()))
                .filter(end -> end.at().equals(target))
                .flatMap(end -> addresses.apply(end).stream())
                .map(Cidr::address);
        Stream<IpAddress> outer = target.wires().stream()
                .filter(l2::isCard)
                .flatMap(end -> addresses.apply(end).stream())
                .map(Cidr::address);
        return Stream.of(near, wired, outer, all.stream())
                .flatMap(stream -> stream)
                .findFirst();
    }

    /** {@code web is in that subnet itself: eth1 has 172.20.0.4/16}; empty where the route to the address goes through a router. */
    static Optional<Message> inSubnet(PathWording words, Node source, IpAddress to) {
        return words.model()
                .router(source)
                .map(router -> router.way(to))
                .filter(way -> way.kind() == RouteLookup.Kind.ON && way.via().isEmpty())
                .flatMap(way -> way.out().known())
                .flatMap(source::end)
                .flatMap(end -> end.addresses(to.isIpv6()).stream()
                        .filter(own -> own.contains(to) && !own.address().equals(to))
                        .findFirst()
                        .map(own -> say("subnet.inside")
                                .with("place", words.place(source))
                                .with("interface", end.name())
                                .with("address", own)));
    }

    static Optional<Container> container(NetworkModel model, Scope scope) {
        return scope.kind() == Scope.Kind.CONTAINER
                ? model.facts().container(scope.host(), scope.name()).toOptional()
                : Optional.empty();
    }

    /** Why the namespace does not exist: its container is not running; else that it is not known. */
    static StepFinding missing(NetworkModel model, Scope scope) {
        Optional<Container> container = container(model, scope)
                .filter(one -> !one.running() || one.status().equals("restarting"));
        if (container.isPresent()) {
            HostFacts host = model.facts().host(scope).toOptional().orElseThrow();
            return new ContainerDiagnosis(model, host).stopped(container.get());
        }
        return new StepFinding.CannotTell(say("unclear.namespace", "namespace", scope.toString()));
    }

    /** Why a namespace that is the target has no address. */
    static StepFinding addressless(NetworkModel model, PathWording words, Node node) {
        List<Interface> wires = node.wires();
        if (wires.isEmpty()) {
            return new RouteDiagnosis(model, words).noRoute(node, new IpAddress("0.0.0.0"), false);
        }
        Interface wire = wires.get(0);
        Optional<StepFinding> kept =
                wires.size() == 1 ? new AddressDiagnosis(model, words).kept(wire) : Optional.empty();
        if (kept.isPresent()) {
            return kept.get();
        }
        return new Broken(
                        Cause.NO_ADDRESS,
                        say("broken.no-address", "interface", wires.size() == 1 ? words.end(wire) : words.place(node)),
                        new Evidence(
                                words.ip(node, "addr show " + LearnerCommand.quoted(wire.name())),
                                wire.link().shown()),
                        say("mend.address", "interface", words.end(wire)))
                .at(wire);
    }
}
