package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The probes for a UDP query. An answer is optional, so the arrival of the datagram at its receiver is watched. */
public final class DatagramProbe {
    private DatagramProbe() {}

    /**
     * The probes to run. Empty for other protocols than UDP, and where the query has no address.
     *
     * @param facts must have the meaning of names
     */
    public static Set<ActiveProbe> probes(Facts facts, ReachabilityQuery question) {
        NetworkModel model = NetworkModel.of(facts);
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        if (question.protocol() != Protocol.UDP || question.to().isEmpty()) {
            return probes;
        }
        Optional<Scope> watched = end(model, question)
                .filter(there -> model.node(question.from())
                        .filter(from -> from.host().equals(there.host()))
                        .isPresent())
                .flatMap(there -> entrance(model, there));
        probes.add(new ActiveProbe.Udp(
                question.from(), question.to(), question.port().orElseThrow(), watched));
        probes.addAll(LocalDelivery.probes(model.facts(), question.port().get(), Protocol.UDP));
        return probes;
    }

    /** The namespace that receives the datagram by the model, else one that has the address. */
    private static Optional<Node> end(NetworkModel model, ReachabilityQuery question) {
        Reachability way = Reachability.of(model.facts(), question, ProbeResult.NONE);
        boolean lost = way.breaking()
                .filter(step -> step.leg() != PathStep.Direction.BACK
                        && !ProbeResult.AT_THE_DOOR.contains(
                                way.broken().orElseThrow().cause()))
                .isPresent();
        return lost
                ? ZonedAddress.tryParse(question.to()).stream()
                        .flatMap(to -> model.holders(to.address()).stream())
                        .map(Interface::at)
                        .findFirst()
                : way.stages().stream()
                        .filter(step -> step.leg() == PathStep.Direction.THERE)
                        .reduce((first, last) -> last)
                        .flatMap(PathStep::at);
    }

    /** How the namespace is entered: its name, or the process of a container in it. */
    private static Optional<Scope> entrance(NetworkModel model, Node node) {
        if (node.isHost()) {
            return Optional.of(Scope.LAB_HOST);
        }
        return node.namespace().names(Scope.Kind.NETNS).stream()
                .findFirst()
                .map(name -> new Scope(Optional.empty(), Scope.Kind.NETNS, name))
                .or(() -> model.containersIn(node).stream().findFirst().flatMap(DatagramProbe::entrance));
    }

    /** The first process of a running container; empty where its pid is not known. */
    static Optional<Scope> entrance(Container container) {
        return container.pid() > 0 ? Optional.of(Scope.pid(container.pid())) : Optional.empty();
    }

    /**
     * The result of the probe; empty where it was not run.
     *
     * @throws java.util.NoSuchElementException when the query has no port
     */
    static Optional<ProbeCapture> capture(NetworkModel model, ReachabilityQuery question) {
        return capture(
                model,
                new ActiveProbe.Udp(
                        question.from(), question.to(), question.port().orElseThrow(), Optional.empty()));
    }

    /** The result of this probe, whatever namespace was watched; empty where it was not run. */
    static Optional<ProbeCapture> capture(NetworkModel model, ActiveProbe.Udp asked) {
        return model.facts().host(asked.in()).toOptional().stream()
                .flatMap(host -> host.captures().entrySet().stream())
                .filter(entry -> entry.getKey() instanceof ActiveProbe.Udp udp
                        && udp.in().equals(asked.in())
                        && udp.host().equals(asked.host())
                        && udp.port() == asked.port())
                .map(entry -> entry.getValue())
                .reduce((first, second) -> second);
    }
}
