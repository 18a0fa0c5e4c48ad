package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Faults by two separate networks with the same subnet: a host on one of them takes the other's addresses for direct neighbours. */
record OverlapDiagnosis(NetworkModel model, L2Topology l2, PathWording words) {
    /** Whether both interfaces have an address in one subnet. */
    private static boolean sameSubnet(Interface one, Interface other) {
        return one.addresses().stream()
                .anyMatch(here -> here.prefix() < 32
                        && other.addresses().stream()
                                .anyMatch(there -> there.prefix() < 32
                                        && (here.contains(there.address()) || there.contains(here.address()))));
    }

    /** Another interface of the same namespace in the same subnet that meets the condition. */
    Optional<Interface> twin(Interface out, Predicate<Interface> leads) {
        return out.at().wires().stream()
                .filter(wire -> !wire.equals(out) && sameSubnet(wire, out))
                .filter(leads)
                .findFirst();
    }

    /** The finding that an address counts as a direct neighbour because the prefix is too short, or because both networks have the same subnet. */
    Optional<Broken> elsewhere(Interface out, Interface holder, IpAddress next) {
        Optional<Cidr> own = out.addresses(next.isIpv6()).stream()
                .filter(cidr -> cidr.contains(next))
                .findFirst();
        Optional<Broken> dockers = network(out).isPresent() ? neighbour(out, next, holder) : Optional.empty();
        if (dockers.isPresent()) {
            return dockers;
        }
        return own.filter(cidr -> holder.addresses(next.isIpv6()).stream()
                        .filter(there -> there.address().equals(next))
                        .noneMatch(there -> there.contains(cidr.address())))
                .map(cidr -> new Broken(
                        Cause.WRONG_PREFIX,
                        say("broken.short-prefix")
                                .with("interface", words.end(out))
                                .with("own", cidr)
                                .with("address", next)
                                .with("holder", words.end(holder)),
                        new InterfaceDiagnosis(words).links(out),
                        say("mend.prefix", "interface", words.end(out))))
                .or(() -> neighbour(out, next, holder))
                .or(() -> Optional.of(new Broken(
                        Cause.WRONG_DEVICE,
                        say("broken.address-elsewhere")
                                .with("address", next)
                                .with("holder", words.end(holder))
                                .with("interface", words.end(out)),
                        new InterfaceDiagnosis(words).routes(out.at(), next.isIpv6()),
                        say("mend.cable-or-route"))));
    }

    /**
     * The finding that the interface takes an address of another network for a direct neighbour; empty where no subnet of the interface contains
     * it.
     */
    private Optional<Broken> neighbour(Interface out, IpAddress next, Interface holder) {
        Optional<Cidr> subnet = subnet(out, next);
        return subnet.map(cidr -> new Broken(
                Cause.OVERLAP,
                say("broken.same-subnet")
                        .with("address", next)
                        .with("holder", words.end(holder))
                        .with("interface", words.end(out))
                        .with("subnet", cidr.network())
                        .with("network", network(out).map(DockerNetwork::name)),
                new InterfaceDiagnosis(words).routes(out.at(), false),
                mend(out, holder)));
    }

    /** The finding that the route by {@code out} hides an address behind {@code wire}, which has the same subnet. */
    Optional<Broken> route(Interface out, Interface wire, IpAddress to, boolean answer) {
        Optional<Cidr> subnet = subnet(out, to).filter(cidr -> subnet(wire, to).isPresent());
        return subnet.map(cidr -> new Broken(
                Cause.OVERLAP,
                say(answer ? "broken.same-answer" : "broken.same-route")
                        .with("address", to)
                        .with("other", words.end(wire))
                        .with("interface", words.end(out))
                        .with("subnet", cidr.network())
                        .with("network", network(out).map(DockerNetwork::name))
                        .with("others", network(wire).map(DockerNetwork::name)),
                new InterfaceDiagnosis(words).routes(out.at(), false),
                mend(wire, out)));
    }

    /** The finding that a lab host on the same cable reaches the gateway by another interface with the same subnet. */
    Optional<Broken> gateway(Interface out, IpAddress next, Stream<Interface> wired) {
        return wired.map(Interface::at)
                .filter(at -> !at.equals(out.at()))
                .distinct()
                .flatMap(at -> at.namespace().routes().orElse(List.of()).stream()
                        .filter(route -> route.via().equals(Optional.of(next)))
                        .flatMap(route -> route.device().flatMap(at::end).stream()))
                .filter(l2::isCard)
                .findFirst()
                .flatMap(end -> route(out, end, next, false));
    }

    private static Optional<Cidr> subnet(Interface end, IpAddress address) {
        return end.addresses().stream()
                .filter(own -> own.prefix() < 32 && own.contains(address))
                .findFirst();
    }

    private Message mend(Interface one, Interface other) {
        return say("mend.another-subnet")
                .with("network", network(one).or(() -> network(other)).map(DockerNetwork::name));
    }

    /** The Docker network of a bridge, or of a container's interface. */
    Optional<DockerNetwork> network(Interface end) {
        List<DockerNetwork> networks = end.at().host().networks().orElse(List.of());
        Optional<DockerNetwork> carried = networks.stream()
                .filter(network -> end.at().isHost() && network.bridge().equals(Optional.of(end.name())))
                .findFirst();
        return carried.or(() -> model.containersIn(end.at()).stream()
                .flatMap(container -> container.attachments().values().stream())
                .filter(attachment -> attachment.address().filter(end::has).isPresent())
                .map(Attachment::network)
                .flatMap(name ->
                        networks.stream().filter(network -> network.name().equals(name)))
                .findFirst());
    }
}
