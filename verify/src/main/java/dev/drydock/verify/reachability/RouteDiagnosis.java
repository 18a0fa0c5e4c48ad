package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a namespace has no route, or the wrong one. */
record RouteDiagnosis(NetworkModel model, PathWording words) {

    /** @param answer whether it is the answer that finds no way */
    StepFinding noRoute(Node at, IpAddress to, boolean answer) {
        if (at.namespace().links().toOptional().isEmpty()
                || at.namespace().routes().toOptional().isEmpty()) {
            return new StepFinding.CannotTell(say("unclear.routes", "place", words.place(at)));
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
        Message why = wires.size() == 1
                ? say(
                        "broken.no-route-by",
                        "address",
                        to,
                        "interface",
                        words.end(wires.get(0)),
                        "addresses",
                        wires.get(0).addresses())
                : say("broken.no-route", "place", words.place(at), "address", to);
        return new Broken(
                Cause.NO_ROUTE,
                why,
                new InterfaceDiagnosis(words).routes(at),
                say("mend.route", "address", to, "place", words.place(at)));
    }

    Broken noRouteBack(Node at, IpAddress to) {
        return new Broken(
                Cause.NO_ROUTE_BACK,
                say("broken.no-route-back", "address", to, "place", words.place(at)),
                new InterfaceDiagnosis(words).routes(at),
                say("mend.route-back", "address", to, "place", words.place(at)));
    }

    /** The packet leaves by a route that does not lead where it is to go. */
    Broken astray(Node at, Interface out, IpAddress next, IpAddress to) {
        return new Broken(
                Cause.NO_ROUTE,
                say(
                        "broken.astray",
                        "place",
                        words.place(at),
                        "address",
                        to,
                        "interface",
                        out.name(),
                        "gateway",
                        Optional.of(next).filter(hop -> !hop.equals(to))),
                new InterfaceDiagnosis(words).routes(at),
                say("mend.route-there", "address", to, "place", words.place(at)));
    }

    /** An interface that stands, and yet brings no route. */
    private Optional<Broken> wire(Interface wire, IpAddress to, boolean answer) {
        if (!wire.up()) {
            return Optional.of(new InterfaceDiagnosis(words).down(wire));
        }
        List<Cidr> addresses = wire.addresses();
        if (addresses.isEmpty()) {
            return Optional.of(new Broken(
                            Cause.NO_ADDRESS,
                            wire.addresses(true).isEmpty()
                                    ? say("broken.no-address", "interface", words.end(wire))
                                    : say("broken.no-ipv4-address", "interface", words.end(wire)),
                            new InterfaceDiagnosis(words).links(wire),
                            say("mend.address", "interface", words.end(wire)))
                    .at(wire));
        }
        if (addresses.get(0).prefix() == 32) {
            return Optional.of(new Broken(
                    Cause.WRONG_PREFIX,
                    say(
                            "broken.single-address",
                            "interface",
                            words.end(wire),
                            "address",
                            addresses.get(0),
                            "back",
                            Optional.of(to).filter(source -> answer)),
                    new InterfaceDiagnosis(words).links(wire),
                    say("mend.prefix-of-network", "interface", words.end(wire))));
        }
        boolean narrow = model.holders(to).stream()
                .flatMap(holder -> holder.addresses().stream())
                .anyMatch(there -> there.address().equals(to)
                        && there.contains(addresses.get(0).address())
                        && there.prefix() < addresses.get(0).prefix());
        return narrow
                ? Optional.of(new Broken(
                        Cause.WRONG_PREFIX,
                        say("broken.long-prefix", "address", to, "interface", words.end(wire), "own", addresses.get(0)),
                        new InterfaceDiagnosis(words).links(wire),
                        say("mend.prefix-of-network", "interface", words.end(wire))))
                : Optional.empty();
    }

    private StepFinding nothingButLo(Node at) {
        Optional<Container> container = model.containersIn(at).stream().findFirst();
        boolean none = container.filter(one -> one.networkMode().equals("none")).isPresent();
        return new Broken(
                Cause.NO_INTERFACE,
                none
                        ? say(
                                "container.mode-none",
                                "container",
                                container.get().name())
                        : say("broken.only-lo", "place", words.place(at)),
                Optional.of(new Evidence(
                        words.ip(at, "addr"),
                        at.links().map(link -> link.shown()).collect(Collectors.joining("\n")))),
                container.isPresent()
                        ? say("mend.network", "container", container.get().name())
                        : say("mend.cable", "place", words.place(at)),
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
                return Optional.of(new InterfaceDiagnosis(words)
                        .down(wire, say("broken.way-down", "interface", words.end(wire), "address", to)));
            }
            boolean plugged = model.holders(to).stream().anyMatch(holder -> isBehind(wire, holder));
            if (!plugged) {
                continue;
            }
            if (wire.addresses().isEmpty()) {
                return Optional.of(new Broken(
                                InterfaceCause.unaddressed(model, wire),
                                say(
                                        "broken.behind-unaddressed",
                                        "interface",
                                        words.end(wire),
                                        "address",
                                        to,
                                        "place",
                                        words.place(at)),
                                new InterfaceDiagnosis(words).links(wire),
                                say("mend.address-of-network", "interface", words.end(wire)))
                        .at(wire));
            }
            if (!network) {
                return Optional.of(new Broken(
                        Cause.WRONG_PREFIX,
                        say(
                                "broken.behind-another-network",
                                "interface",
                                words.end(wire),
                                "address",
                                to,
                                "addresses",
                                wire.addresses()),
                        new InterfaceDiagnosis(words).links(wire),
                        say("mend.address-beside", "address", to, "interface", words.end(wire))));
            }
            return Optional.of(new Broken(
                    Cause.WRONG_DEVICE,
                    say(
                            "broken.route-elsewhere",
                            "address",
                            to,
                            "place",
                            words.place(at),
                            "interface",
                            words.end(wire)),
                    new InterfaceDiagnosis(words).routes(at),
                    say("mend.route-by", "interface", wire.name())));
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

    static boolean isLoopback(IpAddress address) {
        return address.toString().startsWith("127.");
    }
}
