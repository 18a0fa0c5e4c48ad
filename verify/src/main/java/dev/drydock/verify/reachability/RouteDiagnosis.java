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

/** Explains why a namespace has no route or a wrong one. */
record RouteDiagnosis(NetworkModel model, PathWording words) {

    /** @param answer whether the answer needs the route */
    StepFinding noRoute(Node at, IpAddress to, boolean answer) {
        if (at.namespace().links().toOptional().isEmpty()
                || at.namespace().routes().toOptional().isEmpty()) {
            return new StepFinding.CannotTell(say("unclear.routes", "place", words.place(at)));
        }
        List<Interface> wires = at.wires();
        if (wires.isEmpty()) {
            return nothingButLo(at);
        }
        Optional<Broken> behind = behind(at, to, Optional.empty(), answer);
        if (behind.isPresent() && wires.size() > 1) {
            return behind.get();
        }
        if (wires.size() == 1 && wires.get(0).link().name().equals("lo")) {
            return nothingButLo(at);
        }
        if (wires.size() == 1) {
            Optional<StepFinding> wire = wire(wires.get(0), to, answer);
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
                        wires.get(0).addresses(to.isIpv6()))
                : say("broken.no-route", "place", words.place(at), "address", to);
        return new Broken(
                Cause.NO_ROUTE,
                why,
                Optional.of(new InterfaceDiagnosis(words).routes(at, to.isIpv6())),
                say("mend.route", "address", to, "place", words.place(at)),
                mends().route(at, to));
    }

    Broken noRouteBack(Node at, IpAddress to) {
        return new Broken(
                Cause.NO_ROUTE_BACK,
                say("broken.no-route-back", "address", to, "place", words.place(at)),
                Optional.of(new InterfaceDiagnosis(words).routes(at, to.isIpv6())),
                say("mend.route-back", "address", to, "place", words.place(at)),
                mends().route(at, to));
    }

    private RouteMend mends() {
        return new RouteMend(model, words);
    }

    /** The finding that the route leads away from the destination. */
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
                new InterfaceDiagnosis(words).routes(at, to.isIpv6()),
                say("mend.route-there", "address", to, "place", words.place(at)));
    }

    /** Whether a station behind the interface has the address of the next hop. */
    boolean leadsTo(Interface out, IpAddress next) {
        return model.holders(next).stream().anyMatch(holder -> isBehind(out, holder));
    }

    /** Why the only interface gives no route to the address; empty where its state does not explain it. */
    private Optional<StepFinding> wire(Interface wire, IpAddress to, boolean answer) {
        if (!wire.up()) {
            return Optional.of(new InterfaceDiagnosis(words).down(wire));
        }
        boolean ipv6 = to.isIpv6();
        List<Cidr> addresses = wire.addresses(ipv6);
        if (addresses.isEmpty()) {
            return Optional.of(new AddressDiagnosis(model, words).without(wire, ipv6));
        }
        if (addresses.get(0).equals(Cidr.single(addresses.get(0).address()))) {
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
                    Optional.of(new InterfaceDiagnosis(words).links(wire)),
                    say("mend.prefix-of-network", "interface", words.end(wire)),
                    mends().prefix(wire, to)));
        }
        boolean narrow = model.holders(to).stream()
                .flatMap(holder -> holder.addresses(ipv6).stream())
                .anyMatch(there -> there.address().equals(to)
                        && there.contains(addresses.get(0).address())
                        && there.prefix() < addresses.get(0).prefix());
        return narrow
                ? Optional.of(new Broken(
                        Cause.WRONG_PREFIX,
                        say("broken.long-prefix", "address", to, "interface", words.end(wire), "own", addresses.get(0)),
                        Optional.of(new InterfaceDiagnosis(words).links(wire)),
                        say("mend.prefix-of-network", "interface", words.end(wire)),
                        mends().prefix(wire, to)))
                : Optional.empty();
    }

    private StepFinding nothingButLo(Node at) {
        Evidence shown = new Evidence(
                words.ip(at, "addr"), at.links().map(link -> link.shown()).collect(Collectors.joining("\n")));
        List<Container> containers = model.containersIn(at);
        Optional<StrayedCable> strayed = containers.isEmpty() ? StrayedCable.of(model, at) : Optional.empty();
        return containers.stream()
                .flatMap(container ->
                        new ContainerDiagnosis(model, at.host()).withoutInterface(container, shown).stream())
                .findFirst()
                .orElseGet(() -> new Broken(
                        Cause.NO_INTERFACE,
                        strayed.map(cable -> cable.found(words, at))
                                .orElseGet(() -> say("broken.only-lo", "place", words.place(at))),
                        shown,
                        containers.isEmpty()
                                ? strayed.map(cable -> cable.mend(words, at))
                                        .orElseGet(() -> say("mend.cable", "place", words.place(at)))
                                : say(
                                        "mend.network",
                                        "container",
                                        containers.get(0).name())));
    }

    /**
     * Why the interface behind which the address is has no working route to it; empty where no such interface is found.
     *
     * @param out the interface of the present route, which is left out; empty where there is none
     * @param answer whether the answer needs the route
     */
    Optional<Broken> behind(Node at, IpAddress to, Optional<Interface> out, boolean answer) {
        for (Interface wire : at.wires()) {
            if (out.equals(Optional.of(wire)) || wire.link().master().isPresent()) {
                continue;
            }
            boolean network = wire.addresses(to.isIpv6()).stream()
                    .anyMatch(own -> !own.equals(Cidr.single(own.address())) && own.contains(to));
            if (network && !wire.up()) {
                return Optional.of(new InterfaceDiagnosis(words)
                        .down(wire, say("broken.way-down", "interface", words.end(wire), "address", to)));
            }
            boolean plugged = model.holders(to).stream().anyMatch(holder -> isBehind(wire, holder));
            if (!plugged) {
                continue;
            }
            Optional<Broken> kept = to.isIpv6() && wire.addresses(true).isEmpty()
                    ? new AddressDiagnosis(model, words).kept(wire).flatMap(StepFinding::broken)
                    : Optional.empty();
            if (kept.isPresent()) {
                return kept;
            }
            Optional<Broken> gone = new LostBridge(model, words).of(wire);
            if (gone.isPresent()) {
                return gone;
            }
            boolean alone = model.holders(to).stream()
                    .flatMap(holder -> holder.addresses().stream())
                    .anyMatch(Cidr.single(to)::equals);
            if (alone && wire.addresses().isEmpty()) {
                return Optional.of(new Broken(
                        out.isPresent() ? Cause.WRONG_DEVICE : answer ? Cause.NO_ROUTE_BACK : Cause.NO_ROUTE,
                        say(
                                "broken.no-route-of-its-own",
                                "place",
                                words.place(at),
                                "address",
                                to,
                                "interface",
                                wire.name()),
                        Optional.of(new InterfaceDiagnosis(words).routes(at, false)),
                        say("mend.route-by", "interface", wire.name()),
                        mends().by(wire, to)));
            }
            if (wire.addresses(to.isIpv6()).isEmpty()) {
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
                                Optional.of(new InterfaceDiagnosis(words).links(wire)),
                                say("mend.address-of-network", "interface", words.end(wire)),
                                mends().address(wire, to))
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
                                wire.addresses(to.isIpv6())),
                        new InterfaceDiagnosis(words).links(wire),
                        say("mend.address-beside", "address", to, "interface", words.end(wire))));
            }
            Optional<Broken> overlap = out.flatMap(
                    one -> new OverlapDiagnosis(model, new L2Topology(model), words).route(one, wire, to, answer));
            if (overlap.isPresent()) {
                return overlap;
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
                    Optional.of(new InterfaceDiagnosis(words).routes(at, to.isIpv6())),
                    say("mend.route-by", "interface", wire.name()),
                    mends().by(wire, to)));
        }
        return Optional.empty();
    }

    /** Whether a frame from {@code wire} reaches {@code holder} over cables and bridges alone, within the lab. */
    boolean isBehind(Interface wire, Interface holder) {
        L2Topology l2 = new L2Topology(model);
        return !holder.at().equals(wire.at())
                && !l2.isCard(wire)
                && !l2.from(wire, false)
                        .to(spot -> l2.stack(spot).equals(holder))
                        .isEmpty();
    }
}
