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

/** The real datagram of a question of UDP. No answer need come, so the place where it should arrive is watched. */
public final class DatagramProbe {
    private DatagramProbe() {}

    /** What tries it, once it is known what names mean; none for another protocol, and without an address. */
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

    /** Where it is delivered as far as the model sees, or else who has the address that is asked for. */
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

    /** By what a namespace is entered: its name, or a process of the container that it belongs to. */
    private static Optional<Scope> entrance(NetworkModel model, Node node) {
        if (node.isHost()) {
            return Optional.of(Scope.LAB_HOST);
        }
        return node.namespace().names(Scope.Kind.NETNS).stream()
                .findFirst()
                .map(name -> new Scope(Optional.empty(), Scope.Kind.NETNS, name))
                .or(() -> model.containersIn(node).stream().findFirst().flatMap(DatagramProbe::entrance));
    }

    /** A process of a container that runs. */
    static Optional<Scope> entrance(Container container) {
        return container.pid() > 0 ? Optional.of(Scope.pid(container.pid())) : Optional.empty();
    }

    /** What it left; empty where it was not tried. */
    static Optional<ProbeCapture> capture(NetworkModel model, ReachabilityQuery question) {
        return capture(
                model,
                new ActiveProbe.Udp(
                        question.from(), question.to(), question.port().orElseThrow(), Optional.empty()));
    }

    /** What this one left, wherever it was watched for. */
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
