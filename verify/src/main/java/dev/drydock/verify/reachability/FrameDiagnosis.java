package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.BridgeForwarding.Cast;
import dev.drydock.verify.network.BridgeForwarding.Kind;
import dev.drydock.verify.network.BridgeForwarding.Obstacle;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.probe.ForwardingTable.Entry;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Explains why frames between two neighbours get lost: ARP switched off, bridge ports and forwarding tables. Remembers learned MAC addresses: use
 * one instance for one connection.
 */
final class FrameDiagnosis {
    /** The kinds of interface that send an ARP request for each neighbour. */
    private static final Set<String> ASKING = Set.of("", "veth", "bridge", "macvlan");

    private final NetworkModel model;
    private final L2Topology l2;
    private final PathWording words;
    private final InterfaceDiagnosis faults;
    private final Set<Told> told = new HashSet<>();

    /** The receiver has learned the asker's MAC address from a request. */
    private record Told(Interface receiver, Interface asker) {}

    FrameDiagnosis(NetworkModel model, L2Topology l2, PathWording words) {
        this.model = model;
        this.l2 = l2;
        this.words = words;
        this.faults = new InterfaceDiagnosis(words);
    }

    /**
     * How the first frame is sent: as unicast where the MAC address of the next hop is known; else as an ARP broadcast or a multicast solicitation.
     */
    Cast cast(Interface out, IpAddress next) {
        return knows(out, next) ? Cast.UNICAST : next.isIpv6() ? Cast.MULTICAST : Cast.BROADCAST;
    }

    private boolean knows(Interface out, IpAddress next) {
        return NeighbourDiagnosis.known(out, next)
                || told.stream()
                        .anyMatch(
                                one -> one.receiver().equals(out) && one.asker().has(next));
    }

    /**
     * Why the interface cannot learn any MAC address: ARP is off, or it is a bridge port, so that replies go to the bridge. Empty where it can, or
     * already knows that of the next hop.
     */
    Optional<Broken> deaf(Interface out, IpAddress next) {
        boolean known = knows(out, next);
        if (!known && isSilent(out)) {
            return Optional.of(arpOff(out));
        }
        return known ? Optional.empty() : onPort(out, next.isIpv6());
    }

    private static boolean isSilent(Interface end) {
        return !end.link().arp() && ASKING.contains(end.link().kind());
    }

    private Broken arpOff(Interface end) {
        return new Broken(
                        Cause.ARP_OFF,
                        say("broken.arp-off", "interface", words.end(end)),
                        faults.links(end),
                        say("mend.arp-on", "interface", words.end(end)),
                        words.change(end.at(), "link set " + LearnerCommand.quoted(end.name()) + " arp on"))
                .at(end);
    }

    /** The finding that an address is on a bridge port instead of the bridge. */
    private Optional<Broken> onPort(Interface end, boolean ipv6) {
        return model.bridge(end).filter(Interface::isBridge).map(bridge -> new Broken(
                        Cause.ADDRESS_ON_PORT,
                        say("broken.address-on-port")
                                .with("interface", words.end(end))
                                .with("bridge", bridge.name())
                                .with(
                                        "addresses",
                                        end.addresses(ipv6).stream()
                                                .map(own -> own.address().toString())
                                                .toList()),
                        Optional.of(faults.links(end)),
                        say("mend.address-on-bridge", "interface", end.name(), "bridge", bridge.name()),
                        moving(end, bridge, ipv6))
                .at(end));
    }

    /**
     * The commands, as one line, that move addresses and routes from the port to the bridge; empty where it has no address, or is on another lab
     * host.
     */
    private Optional<String> moving(Interface end, Interface bridge, boolean ipv6) {
        if (end.addresses(ipv6).isEmpty()) {
            return Optional.empty();
        }
        String family = ipv6 ? "-6 " : "";
        String port = " dev " + LearnerCommand.quoted(end.name());
        String to = " dev " + LearnerCommand.quoted(bridge.name());
        List<String> commands = new ArrayList<>();
        if (!bridge.up()) {
            commands.add("link set " + LearnerCommand.quoted(bridge.name()) + " up");
        }
        for (Cidr own : end.addresses(ipv6)) {
            commands.add("addr del " + own + port);
            if (!bridge.has(own.address())) {
                commands.add("addr add " + own + to);
            }
        }
        end.at().namespace().routes().orElse(List.of()).stream()
                .filter(route -> route.ipv6() == ipv6
                        && route.table().equals(Route.MAIN)
                        && route.via().isPresent()
                        && route.device().equals(Optional.of(end.name())))
                .forEach(route -> commands.add(family + "route replace "
                        + (route.destination().prefix() == 0 ? "default" : route.destination()) + " via "
                        + route.via().get() + to));
        return chained(
                end,
                commands.stream()
                        .map(command -> words.change(end.at(), command))
                        .toList());
    }

    /** The finding that the next hop's address is on a bridge port, so that no ARP reply comes. */
    Optional<Broken> heldOnPort(IpAddress next, Stream<Interface> reached) {
        Set<Interface> stacks = new HashSet<>(reached.toList());
        return model.holders(next).stream()
                .filter(holder -> model.bridge(holder).filter(stacks::contains).isPresent())
                .findFirst()
                .flatMap(holder -> onPort(holder, next.isIpv6()));
    }

    /** What stops the first frame between two neighbouring positions; empty where nothing does. */
    Optional<Broken> between(FramePosition from, FramePosition to, Interface out, IpAddress next) {
        return l2.crossing().between(from, to, out, cast(out, next)).map(this::of);
    }

    /** What stops the ARP reply, or else the packet itself, on the path over which the request arrived; empty where nothing does. */
    Optional<Broken> lost(Interface out, IpAddress next, FramePath path) {
        Interface receiver = l2.stack(path.last());
        boolean known = knows(out, next);
        if (!known && isSilent(receiver)) {
            return Optional.of(arpOff(receiver));
        }
        Optional<MacAddress> from = out.link().mac();
        Optional<MacAddress> to = receiver.link().mac();
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (from.equals(to) && crosses(path.spots())) {
            return Optional.of(sameMac(receiver, out, Optional.empty()));
        }
        List<FramePosition> home = new ArrayList<>();
        path.spots().forEach(spot -> home.add(new FramePosition(spot.end(), !spot.incoming())));
        Collections.reverse(home);
        Optional<Broken> answer = known ? Optional.empty() : stops(home, receiver, out, true);
        Optional<Broken> lost = answer.or(() -> stops(path.spots(), out, receiver, !known));
        if (lost.isEmpty()) {
            told.add(new Told(receiver, out));
        }
        return lost;
    }

    private boolean crosses(List<FramePosition> spots) {
        return spots.stream()
                .anyMatch(spot -> !spot.incoming() && model.bridge(spot.end()).isPresent());
    }

    private Optional<Broken> stops(List<FramePosition> spots, Interface sender, Interface receiver, boolean heard) {
        for (int i = 1; i < spots.size(); i++) {
            FramePosition before = spots.get(i - 1);
            FramePosition here = spots.get(i);
            Optional<Obstacle> stopped = l2.crossing().between(before, here, sender, Cast.UNICAST);
            Optional<Interface> bridge = model.bridge(here.end()).filter(one -> !here.incoming());
            if (stopped.isEmpty() && bridge.isPresent()) {
                Optional<Interface> in = before.incoming() ? Optional.of(before.end()) : Optional.empty();
                stopped = l2.crossing()
                        .choice(
                                bridge.get(),
                                in,
                                here.end(),
                                receiver.link().mac().orElseThrow(),
                                heard);
            }
            if (stopped.isPresent()) {
                return Optional.of(of(stopped.get(), sender, receiver));
            }
        }
        return Optional.empty();
    }

    private Broken of(Obstacle obstacle, Interface sender, Interface receiver) {
        if (obstacle.kind() == Kind.TAKEN) {
            Entry entry = obstacle.entry().orElseThrow();
            Optional<Interface> twin = Stream.concat(
                            receiver.at().equals(obstacle.port().at()) ? Stream.empty() : Stream.of(entry.device()),
                            entry.bridge().stream())
                    .flatMap(name -> obstacle.port().at().end(name).stream())
                    .filter(end -> end.link().mac().equals(Optional.of(entry.mac())))
                    .findFirst();
            return twin.map(end -> sameMac(receiver, end, Optional.of(sender)))
                    .orElseGet(() -> entry(obstacle, receiver));
        }
        return obstacle.kind() == Kind.SENT_ELSEWHERE ? entry(obstacle, receiver) : of(obstacle);
    }

    private Broken entry(Obstacle obstacle, Interface receiver) {
        Interface port = obstacle.port();
        Entry entry = obstacle.entry().orElseThrow();
        String bridge = entry.bridge().orElseThrow();
        boolean ofBridge = entry.device().equals(bridge);
        return new Broken(
                        Cause.FORWARDING_ENTRY,
                        say("broken.forwarding-entry")
                                .with("bridge", bridge)
                                .with("mac", entry.mac())
                                .with("receiver", words.end(receiver))
                                .with("taken", obstacle.kind() == Kind.TAKEN)
                                .with("device", entry.device())
                                .with("port", port.name()),
                        new Evidence(
                                words.in(port.at(), "bridge fdb show br " + LearnerCommand.quoted(bridge)),
                                entry.shown()),
                        say("mend.forwarding-entry", "bridge", bridge),
                        words.in(
                                port.at(),
                                "bridge fdb del " + entry.mac() + " dev " + LearnerCommand.quoted(entry.device())
                                        + (ofBridge ? " self" : " master")))
                .at(port);
    }

    /**
     * The finding that two interfaces have the same MAC address.
     *
     * @param other another interface on the same bridge, the bridge itself or one of its ports
     * @param asker the interface whose neighbour entry must be flushed after the repair; empty where it has none
     */
    private Broken sameMac(Interface end, Interface other, Optional<Interface> asker) {
        MacAddress mac = end.link().mac().orElseThrow();
        List<String> commands = new ArrayList<>();
        commands.add(
                words.change(end.at(), "link set " + LearnerCommand.quoted(end.name()) + " address " + another(mac)));
        asker.ifPresent(
                one -> commands.add(words.change(one.at(), "neigh flush dev " + LearnerCommand.quoted(one.name()))));

        return new Broken(
                        Cause.DUPLICATE_MAC,
                        say("broken.duplicate-mac", "interface", words.end(end), "other", words.end(other), "mac", mac),
                        Optional.of(faults.links(end)),
                        say("mend.duplicate-mac"),
                        chained(end, commands))
                .at(end, other);
    }

    /** A locally administered MAC address that no interface has. */
    private MacAddress another(MacAddress mac) {
        Set<MacAddress> taken = new HashSet<>();
        model.nodes().stream()
                .flatMap(node -> node.links())
                .flatMap(link -> link.mac().stream())
                .forEach(taken::add);
        String tail = mac.toString().substring(2, 15);
        return Stream.iterate(1, n -> n + 1)
                .map(n -> MacAddress.parse("02" + tail + String.format(Locale.ROOT, "%02x", n)))
                .filter(free -> !taken.contains(free))
                .findFirst()
                .orElseThrow();
    }

    private Broken of(Obstacle obstacle) {
        Interface port = obstacle.port();
        String bridge = port.link().master().orElse("");
        if (obstacle.kind() == Kind.STATE) {
            return state(port, l2.crossing().port(port).orElseThrow());
        }
        BridgePort.Flag flag = obstacle.flag().orElseThrow();
        String name = flag.name().toLowerCase(Locale.ROOT);
        boolean on = !flag.isUsual();
        boolean slave = flag == BridgePort.Flag.PROXY_ARP;
        String device = LearnerCommand.quoted(port.name());
        return new Broken(
                        obstacle.kind() == Kind.ISOLATED ? Cause.PORT_ISOLATED : Cause.PORT_FLAG,
                        say("broken.port-flag." + name)
                                .with("port", words.end(port))
                                .with("bridge", bridge)
                                .with("other", obstacle.other().map(words::end)),
                        new Evidence(
                                slave
                                        ? words.ip(port.at(), "-d link show " + device)
                                        : words.in(port.at(), "bridge -d link show dev " + device),
                                name + (on ? " on" : " off")),
                        say("mend.port-flag", "flag", name, "on", !on, "port", words.end(port)),
                        slave
                                ? words.change(port.at(), "link set " + device + " type bridge_slave " + name + " off")
                                : words.in(
                                        port.at(),
                                        "bridge link set dev " + device + " " + name + (on ? " off" : " on")))
                .at(port);
    }

    private String opening(Interface port) {
        return words.in(port.at(), "bridge link set dev " + LearnerCommand.quoted(port.name()) + " state 3");
    }

    /** The commands that switch STP off and set the waiting ports to forwarding; empty where the bridge is on another lab host. */
    private Optional<String> withoutStp(Interface port, BridgePort read) {
        List<String> commands = new ArrayList<>();
        commands.add(words.change(
                port.at(), "link set " + LearnerCommand.quoted(read.bridge()) + " type bridge stp_state 0"));
        model.bridge(port).stream()
                .flatMap(bridge -> model.ports(bridge).stream())
                .filter(end ->
                        l2.crossing().port(end).filter(FrameDiagnosis::waits).isPresent())
                .forEach(end -> commands.add(opening(end)));
        return chained(port, commands);
    }

    /** Whether STP will set the port to forwarding by itself soon. */
    private static boolean waits(BridgePort port) {
        return Set.of("listening", "learning").contains(port.state());
    }

    /** The commands as one line; empty where they must be typed on another lab host. */
    private Optional<String> chained(Interface where, List<String> commands) {
        return words.on(where.at()).isEmpty() ? Optional.of(String.join(" && ", commands)) : Optional.empty();
    }

    private Broken state(Interface port, BridgePort read) {
        boolean passes = waits(read);
        String device = LearnerCommand.quoted(port.name());
        Optional<String> command =
                !read.stp() ? Optional.of(opening(port)) : passes ? withoutStp(port, read) : Optional.empty();

        return new Broken(
                        Cause.PORT_STATE,
                        say("broken.port-state")
                                .with("port", words.end(port))
                                .with("bridge", read.bridge())
                                .with("state", read.state())
                                .with("stp", read.stp())
                                .with("passes", read.stp() && passes),
                        Optional.of(new Evidence(
                                words.in(port.at(), "bridge link show dev " + device),
                                "master " + read.bridge() + " state"
                                        + (read.stp() && passes ? "" : " " + read.state()))),
                        say("mend.port-state")
                                .with("port", words.end(port))
                                .with("bridge", read.bridge())
                                .with("stp", read.stp())
                                .with("passes", read.stp() && passes),
                        command)
                .at(port);
    }
}
