package dev.drydock.verify.reachability;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a namespace has no route, or the wrong one. */
record RouteDiagnosis(NetworkModel model, PathWording words) {

    /** @param answer whether it is the answer that finds no way */
    StepFinding noRoute(Node at, IpAddress to, boolean answer) {
        if (at.namespace().links().toOptional().isEmpty()
                || at.namespace().routes().toOptional().isEmpty()) {
            return new StepFinding.CannotTell("the routes " + words.at(at) + " were not read");
        }
        List<Interface> wires = at.wires();
        if (wires.isEmpty()) {
            return nothingButLo(at);
        }
        Optional<Broken> behind = behind(at, to, Optional.empty());
        if (behind.isPresent() && wires.size() > 1) {
            return behind.get();
        }
        if (wires.size() == 1 && wires.get(0).link().name().equals("lo")) {
            return nothingButLo(at);
        }
        if (wires.size() == 1) {
            Optional<Broken> wire = wire(wires.get(0), to, answer);
            if (wire.isPresent()) {
                return wire.get();
            }
        }
        if (answer) {
            return noRouteBack(at, to);
        }
        String why = wires.size() == 1
                ? "no route covers " + to + ": " + words.end(wires.get(0)) + " has "
                        + PathWording.list(addresses(wires.get(0))) + " and there is no default route"
                : "no route of " + words.place(at) + " covers " + to;
        return new Broken(
                Cause.NO_ROUTE,
                why,
                new InterfaceDiagnosis(words).routes(at),
                "a route to " + to + ", such as a default route, " + words.at(at));
    }

    Broken noRouteBack(Node at, IpAddress to) {
        return new Broken(
                Cause.NO_ROUTE_BACK,
                "no answer finds its way: there is no route back to " + to + " " + words.at(at),
                new InterfaceDiagnosis(words).routes(at),
                "a route to " + to + " " + words.at(at) + ", or a source on the way that it knows a route to");
    }

    /** An interface that stands, and yet brings no route. */
    private Optional<Broken> wire(Interface wire, IpAddress to, boolean answer) {
        if (!wire.up()) {
            return Optional.of(new Broken(
                    Cause.INTERFACE_DOWN,
                    words.end(wire) + " is down",
                    new InterfaceDiagnosis(words).links(wire),
                    "setting " + words.end(wire) + " up",
                    words.change(wire.at(), "link set " + LearnerCommand.quoted(wire.name()) + " up")));
        }
        List<Cidr> addresses = wire.addresses();
        if (addresses.isEmpty()) {
            return Optional.of(new Broken(
                    Cause.NO_ADDRESS,
                    words.end(wire) + (wire.addresses(true).isEmpty() ? " has no address" : " has no IPv4 address"),
                    new InterfaceDiagnosis(words).links(wire),
                    "an address on " + words.end(wire)));
        }
        if (addresses.get(0).prefix() == 32) {
            return Optional.of(new Broken(
                    Cause.WRONG_PREFIX,
                    words.end(wire) + " has " + addresses.get(0) + ", one address alone, which brings no route"
                            + (answer ? " back to " + to : ""),
                    new InterfaceDiagnosis(words).links(wire),
                    "the prefix length of its network on " + words.end(wire)));
        }
        boolean narrow = model.holders(to).stream()
                .flatMap(holder -> holder.addresses().stream())
                .anyMatch(there -> there.address().equals(to)
                        && there.contains(addresses.get(0).address())
                        && there.prefix() < addresses.get(0).prefix());
        return narrow
                ? Optional.of(new Broken(
                        Cause.WRONG_PREFIX,
                        "no route covers " + to + ": " + words.end(wire) + " has " + addresses.get(0)
                                + ", too long a prefix for the network that both are on",
                        new InterfaceDiagnosis(words).links(wire),
                        "the prefix length of its network on " + words.end(wire)))
                : Optional.empty();
    }

    private StepFinding nothingButLo(Node at) {
        Optional<Container> container = model.containersIn(at).stream().findFirst();
        boolean none = container.filter(one -> one.networkMode().equals("none")).isPresent();
        String name = words.place(at);
        return new Broken(
                Cause.NO_INTERFACE,
                none
                        ? container.get().name() + " was started with --net none, so it has no eth0, only lo"
                        : name + " has no interface but lo",
                Optional.of(new Evidence(
                        words.ip(at, "addr"),
                        at.links().map(link -> link.shown()).collect(Collectors.joining("\n")))),
                container.isPresent() ? "a network for " + container.get().name() : "one end of a cable in " + name,
                none
                        ? Optional.of("docker network disconnect none "
                                + container.get().name()
                                + "; docker network connect bridge "
                                + container.get().name())
                        : Optional.empty());
    }

    /**
     * An interface that should lead to the address, and why it does not.
     *
     * @param out the one by which the packet would leave instead
     */
    Optional<Broken> behind(Node at, IpAddress to, Optional<Interface> out) {
        for (Interface wire : at.wires()) {
            if (out.equals(Optional.of(wire)) || wire.link().master().isPresent()) {
                continue;
            }
            boolean network = wire.addresses().stream().anyMatch(own -> own.prefix() < 32 && own.contains(to));
            if (network && !wire.up()) {
                return Optional.of(new Broken(
                        wire.isBridge() ? Cause.BRIDGE_DOWN : Cause.INTERFACE_DOWN,
                        words.end(wire) + " is down, so the way by it to " + to + " is gone",
                        new InterfaceDiagnosis(words).links(wire),
                        "setting " + words.end(wire) + " up",
                        words.change(wire.at(), "link set " + LearnerCommand.quoted(wire.name()) + " up")));
            }
            boolean plugged = model.holders(to).stream().anyMatch(holder -> isBehind(wire, holder));
            if (!plugged) {
                continue;
            }
            if (wire.addresses().isEmpty()) {
                return Optional.of(new Broken(
                        wire.isBridge() ? Cause.BRIDGE_UNADDRESSED : Cause.NO_ADDRESS,
                        words.end(wire) + ", behind which " + to + " is, has no address, so there is no route to it "
                                + words.at(at),
                        new InterfaceDiagnosis(words).links(wire),
                        "an address of that network on " + words.end(wire)));
            }
            if (!network) {
                return Optional.of(new Broken(
                        Cause.WRONG_PREFIX,
                        words.end(wire) + ", behind which " + to + " is, has " + PathWording.list(addresses(wire))
                                + ", which is another network",
                        new InterfaceDiagnosis(words).links(wire),
                        "an address of the network of " + to + " on " + words.end(wire)));
            }
            return Optional.of(new Broken(
                    Cause.WRONG_DEVICE,
                    "the route to " + to + " " + words.at(at) + " does not lead to " + words.end(wire)
                            + ", behind which it is",
                    new InterfaceDiagnosis(words).routes(at),
                    "a route to it by " + wire.name()));
        }
        return Optional.empty();
    }

    private boolean isBehind(Interface wire, Interface holder) {
        L2Topology l2 = new L2Topology(model);
        return !holder.at().equals(wire.at())
                && !l2.isCard(wire)
                && !l2.from(wire, false)
                        .to(spot -> l2.stack(spot).equals(holder))
                        .isEmpty();
    }

    private static List<String> addresses(Interface end) {
        return end.addresses().stream().map(Cidr::toString).toList();
    }

    static boolean isLoopback(IpAddress address) {
        return address.toString().startsWith("127.");
    }
}
