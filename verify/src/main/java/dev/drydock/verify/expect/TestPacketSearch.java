package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Optional;

/** Makes the test packet of a flow from the facts: addresses and interfaces. Use one instance for one search. */
final class TestPacketSearch {
    private final NetworkModel model;
    private final Facts facts;
    private final Scope in;
    private final Node here;
    private final Flow flow;
    private final Router router;
    private Optional<Verdict> obstacle = Optional.empty();

    /** Where the interface with an address is connected here: a bridge port, or an interface of the namespace. */
    private record Plug(Interface port, Interface holder) {
        PacketDevice device() {
            return PacketDevice.named(port.link().master().orElse(port.name()));
        }
    }

    /** @param here the namespace; its interfaces and routes must be known */
    TestPacketSearch(NetworkModel model, Scope in, Node here, Flow flow) {
        this.model = model;
        this.facts = model.facts();
        this.in = in;
        this.here = here;
        this.flow = flow;
        this.router = model.router(here)
                .orElseThrow()
                .leavingBy(flow.out().filter(device -> !device.not()).map(FlowDevice::name));
    }

    /**
     * Why no packet could be made.
     *
     * @throws java.util.NoSuchElementException when {@link #find} found one
     */
    Verdict obstacle() {
        return obstacle.orElseThrow();
    }

    Optional<TestPacket> find(Ruleset rules) {
        Optional<String> noSuch = flow.in().stream()
                .map(FlowDevice::name)
                .filter(name -> !flow.in().orElseThrow().not())
                .filter(name -> router.link(name).isEmpty())
                .findFirst()
                .or(() -> router.out().filter(name -> router.link(name).isEmpty()));
        if (noSuch.isPresent()) {
            return blocked(Verdict.notMet(
                            say("interface.here", "exists", true, "interface", noSuch, "place", in),
                            say("interface.here", "exists", false, "interface", noSuch, "place", in),
                            IpLines.list(facts, in, router.links()))
                    .causedBy(FactCauses.missingInterface(facts, in, noSuch.get())));
        }
        Optional<IpAddress> destination = destinationElsewhere();
        if (obstacle.isPresent()) {
            return Optional.empty();
        }
        Optional<IpAddress> source = source(destination);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        boolean made = flow.in().isEmpty() && (isHere(flow.source()) || router.isLocal(source.get()));
        Optional<Plug> plug = made ? Optional.empty() : plug(source.get());
        PacketDevice device = made ? PacketDevice.NONE : device(source.get(), plug);
        Optional<IpAddress> target = destination.or(() -> ownAddress(device, source.get(), made));
        if (target.isEmpty()) {
            return blocked(noAddress(in));
        }
        Optional<Verdict> wrongWay = flow.in()
                .filter(FlowDevice::not)
                .filter(wanted -> device.known().equals(Optional.of(wanted.name())))
                .map(wanted -> Verdict.notMet(
                        say("packet.comes-by-another", "address", source, "interface", wanted.name()),
                        say("packet.comes-by", "interface", wanted.name()),
                        new Evidence(
                                ScopeCommands.ip(facts, in, "route"),
                                Words.text(router.way(source.get()).words()))));
        if (wrongWay.isPresent()) {
            return blocked(wrongWay.get());
        }
        return Optional.of(witness(rules, header(source.get(), target.get()), device, plug));
    }

    private Header header(IpAddress source, IpAddress destination) {
        boolean ports = flow.protocol().hasPorts();
        return new Header(
                source,
                destination,
                flow.protocol(),
                !ports ? Ports.NONE : flow.sourcePort().map(Ports::of).orElse(Ports.EPHEMERAL),
                !ports ? Ports.NONE : flow.destinationPort().map(Ports::of).orElseThrow());
    }

    private TestPacket witness(Ruleset rules, Header header, PacketDevice device, Optional<Plug> from) {
        Optional<Plug> to = plug(header.destination());
        boolean bridge = device.known()
                .flatMap(router::link)
                .filter(link -> link.kind().equals("bridge"))
                .isPresent();
        boolean switched = bridge
                && flow.in().isEmpty()
                && from.isPresent()
                && to.filter(plug -> plug.device().equals(device)).isPresent()
                && from.get().holder().addresses().stream()
                        .anyMatch(own -> own.address().equals(header.source()) && own.contains(header.destination()));
        PacketDevice portIn = bridge
                ? from.map(plug -> PacketDevice.named(plug.port().name())).orElse(PacketDevice.UNKNOWN)
                : PacketDevice.NONE;
        PacketDevice portOut =
                switched ? PacketDevice.named(to.orElseThrow().port().name()) : PacketDevice.NONE;
        boolean seen = !switched
                || router.settings().getOrDefault(Router.BRIDGED, "0").strip().equals("1");
        Packet packet = Packet.of(header, device, flow.established()).onPorts(portIn, portOut, switched);
        if (device.kind() == PacketDevice.Kind.NONE || from.isPresent()) {
            packet = packet.sentWith(
                    model.hopsOf(from.map(plug -> plug.holder().at()).orElse(here)));
        }
        Ruleset asked = seen ? rules : rules.withoutChains();
        return new TestPacket(in, here, packet, router, asked, !seen);
    }

    private boolean isHere(FlowEnd end) {
        return end.place().flatMap(model::node).filter(here::equals).isPresent();
    }

    /** The destination address; empty where it is this namespace's own, which depends on the input interface. */
    private Optional<IpAddress> destinationElsewhere() {
        FlowEnd end = flow.destination();
        return end.isOutside() ? Optional.of(FlowEnd.SOMEWHERE) : isHere(end) ? Optional.empty() : address(end);
    }

    private Optional<IpAddress> source(Optional<IpAddress> destination) {
        FlowEnd end = flow.source();
        if (end.isOutside()) {
            RouteLookup way = router.way(FlowEnd.SOMEWHERE);
            boolean none = way.kind() == RouteLookup.Kind.NONE || way.kind() == RouteLookup.Kind.REFUSED;
            if (flow.in().filter(device -> !device.not()).isEmpty() && none) {
                return blocked(Verdict.notMet(
                        say("packet.default-route", "place", in),
                        say("packet.no-default-route"),
                        new Evidence(ScopeCommands.ip(facts, in, "route"), "")));
            }
            return Optional.of(FlowEnd.SOMEWHERE);
        }
        if (isHere(end)) {
            Optional<IpAddress> own = destination
                    .flatMap(router::sourceFor)
                    .or(() -> ownAddress(PacketDevice.NONE, FlowEnd.SOMEWHERE, true));
            return own.isPresent() ? own : blocked(noAddress(in));
        }
        return address(end);
    }

    /** The only address of a namespace, or of several the one in a subnet of this namespace. */
    private Optional<IpAddress> address(FlowEnd end) {
        if (end.address().isPresent()) {
            return end.address();
        }
        Scope place = end.place().orElseThrow();
        Optional<Node> there = model.node(place);
        if (there.isEmpty()) {
            return blocked(ScopeLookup.firstObstacle(facts, List.of(place)).orElseThrow());
        }
        Verdict unread = Readings.judge(there.get().namespace().links(), links -> Verdict.met());
        if (unread.isCannotTell()) {
            return blocked(unread);
        }
        List<IpAddress> all = there.get()
                .links()
                .flatMap(link -> link.addresses().stream())
                .filter(address -> address.scope().equals("global"))
                .map(own -> own.address().address())
                .filter(address -> !address.isIpv6())
                .toList();
        List<IpAddress> near = all.stream()
                .filter(address -> plug(address).isPresent()
                        || (router.way(address).kind() == RouteLookup.Kind.ON
                                && router.way(address).via().isEmpty()))
                .toList();
        List<IpAddress> chosen = all.size() > 1 && !near.isEmpty() ? near : all;
        if (chosen.isEmpty()) {
            return blocked(noAddress(place));
        }
        if (chosen.size() > 1) {
            return blocked(Verdict.cannotTell(
                    say("packet.several-addresses", "place", place, "addresses", chosen),
                    new Evidence(ScopeCommands.ip(facts, place, "-4 addr"), "")));
        }
        return Optional.of(chosen.get(0));
    }

    private Verdict noAddress(Scope place) {
        return Verdict.notMet(
                say("packet.address-of", "place", place),
                say("packet.no-address-of", "place", place),
                new Evidence(ScopeCommands.ip(facts, place, "-4 addr"), ""));
    }

    /** The namespace's own address that a caller behind this interface would use. */
    private Optional<IpAddress> ownAddress(PacketDevice device, IpAddress caller, boolean made) {
        Optional<String> facing = made ? router.way(FlowEnd.SOMEWHERE).out().known() : device.known();
        return facing.flatMap(name -> router.ownAddress(name, caller)).or(() -> router.links().stream()
                .flatMap(link -> router.ownAddress(link.name(), caller).stream())
                .findFirst());
    }

    private PacketDevice device(IpAddress source, Optional<Plug> plug) {
        Optional<String> said = flow.in().filter(device -> !device.not()).map(FlowDevice::name);
        if (said.isPresent()) {
            return PacketDevice.named(said.get());
        }
        // what the flow says of the way out must not decide the way in
        RouteLookup back = router.leavingBy(Optional.empty()).way(source);
        return plug.map(Plug::device)
                .orElseGet(() -> back.kind() == RouteLookup.Kind.ON ? back.out() : PacketDevice.UNKNOWN);
    }

    /** Where the peer of the interface with this address is connected here; empty where there is none, or several. */
    private Optional<Plug> plug(IpAddress address) {
        List<Plug> plugs = model.holders(address).stream()
                .filter(holder -> holder.at().host().name().equals(here.host().name())
                        && !holder.at().equals(here))
                .flatMap(holder -> model.peer(holder).stream()
                        .filter(port -> port.at().equals(here))
                        .map(port -> new Plug(port, holder)))
                .toList();
        return plugs.size() == 1 ? Optional.of(plugs.get(0)) : Optional.empty();
    }

    private <T> Optional<T> blocked(Verdict why) {
        obstacle = Optional.of(why);
        return Optional.empty();
    }
}
