package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.ProxyNeighbour;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.AddressResolution;
import dev.drydock.verify.packet.AddressResolution.Reply;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds who replies to an ARP request, and why a station that should reply does not. Remembers learned MAC addresses: use one instance for one
 * connection.
 */
final class ArpDiagnosis {
    /** The reasons why a station does not reply, although it has the address or is a proxy for it. */
    private static final Set<Reply.Kind> SILENT = Set.of(
            Reply.Kind.IGNORED,
            Reply.Kind.FILTERED,
            Reply.Kind.DISBELIEVED,
            Reply.Kind.NOT_FORWARDING,
            Reply.Kind.NO_ROUTE,
            Reply.Kind.SAME_INTERFACE);

    private final NetworkModel model;
    private final L2Topology l2;
    private final PathWording words;
    private final InterfaceDiagnosis faults;
    private final ProxyDiagnosis proxies;
    private final Map<Told, MacAddress> told = new HashMap<>();

    /** An ARP request tells the receiver the asker's MAC address, so the answer to the packet needs no ARP request of its own. */
    private record Told(Node node, String device, IpAddress asker) {}

    /**
     * An ARP request, or a neighbour solicitation for IPv6.
     *
     * @param out the interface that asks
     * @param next the requested address
     * @param asker the sender address; empty for IPv6, and where the namespace has no address
     * @param source the source of the packet that waits for the reply; empty where there is none
     */
    record Question(Interface out, IpAddress next, Optional<IpAddress> asker, Optional<IpAddress> source) {}

    ArpDiagnosis(NetworkModel model, L2Topology l2, PathWording words) {
        this.model = model;
        this.l2 = l2;
        this.words = words;
        this.faults = new InterfaceDiagnosis(words);
        this.proxies = new ProxyDiagnosis(model, words);
    }

    Question question(Interface out, IpAddress next, Optional<IpAddress> source) {
        Optional<IpAddress> asker = next.isIpv6()
                ? Optional.empty()
                : model.router(out.at()).flatMap(router -> new AddressResolution(router)
                        .asker(out.name(), next, source.orElse(new IpAddress("0.0.0.0"))));
        return new Question(out, next, asker, source);
    }

    /** The decision of the namespace at this position about the request. */
    Reply reply(FramePosition spot, Question asked) {
        Node there = spot.end().at();
        boolean own = there.equals(asked.out().at());
        return model.router(there)
                .filter(router -> !own)
                .map(router -> new AddressResolution(router)
                        .reply(l2.stack(spot).name(), asked.asker(), asked.next(), proxies.entries(there)))
                .orElseGet(() -> Reply.of(!own && there.has(asked.next()) ? Reply.Kind.OWN : Reply.Kind.STRANGER));
    }

    /** Whether it answers; a packet whose source is not believed is found out when it arrives. */
    private boolean answersArp(FramePosition spot, Question asked) {
        Reply reply = reply(spot, asked);
        return reply.answers()
                || (reply.kind() == Reply.Kind.DISBELIEVED && asked.source().equals(asked.asker()));
    }

    /** Whether the receiver at the end of the path drops the request because it does not believe the source; false where no request is needed. */
    boolean isUnheard(Question asked, FramePath path) {
        return !asked.next().isIpv6()
                && entry(asked).isEmpty()
                && reply(path.last(), asked).kind() == Reply.Kind.DISBELIEVED;
    }

    /** Whether the namespace at this position replies to the request. */
    boolean answers(FramePosition spot, Question asked) {
        Node there = spot.end().at();
        IpAddress next = asked.next();
        if (!next.isIpv6() || there.equals(asked.out().at())) {
            return !next.isIpv6() && answersArp(spot, asked);
        }
        // what a solicitation asks for must be an address of that very interface
        Interface stack = l2.stack(spot);
        return stack.has(next) || (answersFor(there, next) && discovers(there, stack));
    }

    boolean answers(FramePosition spot, Interface out, IpAddress next) {
        return answers(spot, question(out, next, Optional.empty()));
    }

    /** Whether the namespace replies for an address that none of its interfaces has: {@code ip neigh add proxy}, {@code ip route add local}. */
    private boolean answersFor(Node there, IpAddress next) {
        return model.filter(there)
                .flatMap(PacketFilterOutcome::answered)
                .filter(all -> all.stream().anyMatch(own -> own.contains(next)))
                .isPresent();
    }

    /** Whether the namespace may reply to neighbour solicitations as a proxy: IPv6 forwarding and {@code proxy_ndp} are on. */
    private boolean discovers(Node there, Interface stack) {
        return model.setting(there, InterfaceSetting.ipv6(stack.name(), "forwarding"))
                                .orElse(0)
                        > 0
                && Math.max(
                                model.setting(there, "net.ipv6.conf.all.proxy_ndp")
                                        .orElse(0),
                                model.setting(there, InterfaceSetting.ipv6(stack.name(), "proxy_ndp"))
                                        .orElse(0))
                        > 0;
    }

    /** The paths whose reply arrives first: those to owners of the address, since a proxy delays its reply; else all. */
    List<FramePath> first(List<FramePath> all, Question asked) {
        List<FramePath> own = all.stream()
                .filter(path -> reply(path.last(), asked).kind() == Reply.Kind.OWN)
                .toList();
        return own.isEmpty() || asked.next().isIpv6() ? all : own;
    }

    /** Whether all who reply are proxies, so that it is not known which reply is used. */
    boolean isProxied(List<FramePath> all, Question asked) {
        return !asked.next().isIpv6()
                && all.stream().allMatch(path -> reply(path.last(), asked).kind() == Reply.Kind.PROXY);
    }

    /** Whether a frame reaches this position without an ARP request: by a neighbour entry, or because the address has been learned before. */
    boolean isKnown(FramePosition spot, Question asked) {
        Node there = spot.end().at();
        Interface out = asked.out();
        if (asked.next().isIpv6() || there.equals(out.at())) {
            return false;
        }
        boolean set = entry(asked).filter(Neighbour::isSet).isPresent();
        boolean takes = set || there.has(asked.next()) || reply(spot, asked).kind() == Reply.Kind.NO_PROXY;
        boolean mac = entry(asked)
                .filter(entry -> entry.mac().equals(l2.stack(spot).link().mac()))
                .isPresent();
        return takes && (mac || told.containsKey(new Told(out.at(), out.name(), asked.next())));
    }

    /** The MAC address of the next hop that is known without an ARP request; empty where none is, and for IPv6. */
    Optional<MacAddress> mac(Question asked) {
        Interface out = asked.out();
        return asked.next().isIpv6()
                ? Optional.empty()
                : Optional.ofNullable(told.get(new Told(out.at(), out.name(), asked.next())))
                        .or(() -> entry(asked).flatMap(Neighbour::mac));
    }

    /** The neighbour entry that makes an ARP request unnecessary. */
    private static Optional<Neighbour> entry(Question asked) {
        return asked.out().at().namespace().neighbours().orElse(List.of()).stream()
                .filter(entry -> entry.address().equals(asked.next())
                        && entry.device().equals(asked.out().name())
                        && entry.isUsed())
                .findFirst();
    }

    /** Records that the receiver at the end of the path has learned the asker's MAC address from its ARP request. */
    void remember(Question asked, FramePath path) {
        boolean asks = !asked.next().isIpv6() && entry(asked).isEmpty();
        asked.asker().filter(from -> asks).ifPresent(from -> asked.out()
                .link()
                .mac()
                .ifPresent(mac -> told.put(
                        new Told(path.last().end().at(), l2.stack(path.last()).name(), from), mac)));
    }

    /** Whether the namespace at this position has the address, or is a proxy for it, but does not reply. */
    boolean isSilent(FramePosition spot, Question asked) {
        if (asked.next().isIpv6()) {
            return false;
        }
        Reply reply = reply(spot, asked);
        boolean meant = reply.kind() != Reply.Kind.SAME_INTERFACE
                || isTold(spot, asked)
                || elsewhere(spot, asked).isPresent();
        return SILENT.contains(reply.kind()) && meant;
    }

    private boolean isTold(FramePosition spot, Question asked) {
        return proxies.entries(spot.end().at())
                .contains(new ProxyNeighbour(asked.next(), l2.stack(spot).name()));
    }

    /** Another interface of a proxy behind which the address really is, so that its route should lead there. */
    private Optional<Interface> elsewhere(FramePosition spot, Question asked) {
        Interface stack = l2.stack(spot);
        RouteDiagnosis routing = new RouteDiagnosis(model, words);
        return stack.at().wires().stream()
                .filter(wire -> !wire.equals(stack) && wire.link().master().isEmpty() && wire.up())
                .filter(wire -> model.holders(asked.next()).stream()
                        .anyMatch(holder -> routing.isBehind(wire, holder) && !routing.isBehind(stack, holder)))
                .findFirst();
    }

    /**
     * Why none of the stations replies. A station that has the address is explained before a proxy.
     *
     * @throws java.util.NoSuchElementException when {@code paths} is empty
     */
    Broken silence(List<FramePath> paths, Question asked) {
        FramePath path = paths.stream()
                .min(Comparator.comparing(one -> !l2.stack(one.last()).has(asked.next())))
                .orElseThrow();
        FramePosition spot = path.last();
        Interface stack = l2.stack(spot);
        Node there = stack.at();
        Reply reply = reply(spot, asked);
        return switch (reply.kind()) {
            case IGNORED, FILTERED ->
                new Broken(
                        Cause.ARP_IGNORED,
                        say(
                                reply.kind() == Reply.Kind.IGNORED ? "broken.arp-ignored" : "broken.arp-filtered",
                                "place",
                                words.place(there),
                                "several",
                                words.several(there),
                                "address",
                                asked.next(),
                                "interface",
                                stack.name(),
                                "setting",
                                reply.setting().orElseThrow().name(),
                                "value",
                                reply.setting().orElseThrow().value(),
                                "asker",
                                asked.asker(),
                                "way",
                                reply.way().map(RouteLookup::words)),
                        Optional.of(setting(there, reply.setting().orElseThrow())),
                        say(
                                "mend.arp-setting",
                                "setting",
                                reply.setting().orElseThrow().name()),
                        without(there, stack, key(reply.setting().orElseThrow())));
            case DISBELIEVED ->
                new KernelDiagnosis(model, words)
                        .stopped(
                                there,
                                reply.drop().orElseThrow(),
                                Packet.of(
                                        new Header(
                                                asked.asker().orElseThrow(),
                                                asked.next(),
                                                Protocol.ICMP,
                                                Ports.NONE,
                                                Ports.NONE),
                                        PacketDevice.named(stack.name()),
                                        false))
                        .saying(found -> say(
                                "broken.arp-disbelieved",
                                "address",
                                asked.next(),
                                "asker",
                                asked.asker(),
                                "found",
                                found));
            case NOT_FORWARDING -> {
                Router.Setting setting = reply.setting().orElseThrow();
                yield words.switchedOff(
                        Cause.NOT_FORWARDING,
                        there,
                        setting.name(),
                        say(
                                "broken.proxy-not-forwarding",
                                "address",
                                asked.next(),
                                "place",
                                words.place(there),
                                "interface",
                                stack.name(),
                                "setting",
                                setting.name()));
            }
            default -> routeless(spot, asked, reply);
        };
    }

    private Broken routeless(FramePosition spot, Question asked, Reply reply) {
        Interface stack = l2.stack(spot);
        Optional<Interface> other = elsewhere(spot, asked);
        RouteLookup way = reply.way().orElseThrow();
        return new Broken(
                Cause.NO_PROXY_ARP,
                say(
                        "broken.proxy-without-route",
                        "address",
                        asked.next(),
                        "place",
                        words.place(stack.at()),
                        "interface",
                        stack.name(),
                        "same",
                        reply.kind() == Reply.Kind.SAME_INTERFACE,
                        "way",
                        way.words(),
                        "entry",
                        isTold(spot, asked)),
                Optional.of(faults.routes(stack.at(), false)),
                say(
                        "mend.proxy-route",
                        "address",
                        asked.next(),
                        "place",
                        words.place(stack.at()),
                        "interface",
                        stack.name()),
                other.flatMap(wire -> new RouteMend(model, words).by(wire, asked.next())));
    }

    /**
     * A station that forwards to the address but is not configured as a proxy, where proxy ARP seems intended: it has proxy entries or
     * {@code proxy_arp} on another interface, or this interface has routes but no address.
     */
    Optional<Broken> untold(List<FramePath> stations, Question asked) {
        return stations.stream()
                .map(FramePath::last)
                .flatMap(spot -> (asked.next().isIpv6()
                                ? proxies.unsolicited(l2.stack(spot), asked)
                                : Optional.of(l2.stack(spot))
                                        .filter(stack -> reply(spot, asked).kind() == Reply.Kind.NO_PROXY)
                                        .flatMap(stack -> proxies.untold(stack, asked)))
                        .stream())
                .findFirst();
    }

    private static String key(Router.Setting setting) {
        return setting.name().substring(setting.name().lastIndexOf('.') + 1);
    }

    private Evidence setting(Node there, Router.Setting setting) {
        return words.setting(there, setting.name(), String.valueOf(setting.value()));
    }

    /** The command that switches the sysctl off, for the interface and for {@code all}, since the larger value counts. */
    private Optional<String> without(Node there, Interface stack, String key) {
        return Optional.of(words.in(
                there,
                "sysctl -w "
                        + Stream.of("all", stack.name())
                                .filter(name -> model.setting(there, name, key).orElse(0) > 0)
                                .map(name -> LearnerCommand.quoted(InterfaceSetting.ipv4(name, key) + "=0"))
                                .collect(Collectors.joining(" "))));
    }
}
