package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;

/** The finding that the bridge of a Docker network has been deleted, so that the host ends of its containers' veths are ports of no bridge. */
record LostBridge(NetworkModel model, PathWording words) {
    /**
     * @param plug the host end of a veth
     * @return empty where the peer is in no container, or Docker's bridge still exists
     */
    Optional<Broken> of(Interface plug) {
        return lost(model, plug).map(lost -> broken(plug, lost.network(), lost.container()));
    }

    /** A Docker network without its bridge, and one of its containers. */
    private record Lost(DockerNetwork network, Container container) {}

    /** Whether the deleted bridge is the reason why this interface is no bridge port. */
    static boolean isLost(NetworkModel model, Interface plug) {
        return lost(model, plug).isPresent();
    }

    private static Optional<Lost> lost(NetworkModel model, Interface plug) {
        Optional<Interface> other = plug.link().master().isPresent() ? Optional.empty() : model.peer(plug);
        return other.stream()
                .flatMap(end -> model.containersIn(end.at()).stream())
                .flatMap(container -> networks(plug).stream()
                        .filter(network -> isGone(network, plug)
                                && container.attachments().containsKey(network.name())
                                && has(other.orElseThrow(), network))
                        .map(network -> new Lost(network, container)))
                .findFirst();
    }

    private static List<DockerNetwork> networks(Interface plug) {
        return plug.at().host().networks().orElse(List.of());
    }

    private static boolean isGone(DockerNetwork network, Interface plug) {
        return network.driver().equals("bridge")
                && network.bridge()
                        .filter(name -> plug.at().end(name).isEmpty())
                        .isPresent();
    }

    private static boolean has(Interface end, DockerNetwork network) {
        return end.addresses().stream().anyMatch(own -> holds(network, own.address()));
    }

    private static boolean holds(DockerNetwork network, IpAddress address) {
        return network.subnets().stream().anyMatch(subnet -> subnet.contains(address));
    }

    private Broken broken(Interface plug, DockerNetwork network, Container container) {
        return new Broken(
                        Cause.BRIDGE_GONE,
                        say(
                                "broken.bridge-gone",
                                "bridge",
                                network.bridge().orElseThrow(),
                                "network",
                                network.name(),
                                "interface",
                                words.end(plug),
                                "container",
                                container.name()),
                        Optional.of(links(plug)),
                        say("mend.bridge-gone"),
                        Optional.empty())
                .at(plug);
    }

    private Evidence links(Interface plug) {
        return new InterfaceDiagnosis(words).links(plug);
    }
}
