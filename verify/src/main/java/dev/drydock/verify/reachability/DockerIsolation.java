package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.Ternary;
import dev.drydock.verify.packet.TraversalResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a rule keeps Docker's networks apart. Engines keep them apart by different chains and tables: 20.10 to 28 by two stages, from 28 on also
 * by a rule of raw for each container, from 29 on by the rule for ports that are not published. So a rule is known by what it does: it drops
 * what comes to a network's bridge from elsewhere, or leaves an internal network, whatever it is, and nothing that stays in the network.
 */
record DockerIsolation(NetworkModel model) {
    /** A port that a rule for certain ports is hardly for. */
    private static final Ports DISCARD = Ports.of(9);

    /** Some interface that is no network's bridge. */
    private static final PacketDevice ELSEWHERE = PacketDevice.named("elsewhere");

    /** Addresses that no network has (RFC 1112, RFC 6666). */
    private static final IpAddress ANYWHERE = new IpAddress("240.0.0.9");

    private static final IpAddress ANYWHERE_IPV6 = new IpAddress("100::9");

    /**
     * The network that the rule keeps apart; empty where the rule does something else, or the rules or routes were not read.
     *
     * @param stopped the passage through the base chain in which the rule is
     * @param packet as it was at the rule
     */
    Optional<DockerNetwork> by(Node at, ChainTraversal stopped, Packet packet) {
        return from(at, packet)
                .flatMap(own -> of(
                        at,
                        stopped,
                        packet,
                        network -> network.equals(own) ? leaving(packet, own) : entering(packet, network)));
    }

    /**
     * The network whose containers the rule keeps from everybody who is in none of Docker's networks, as engines do from 28 on where a port is not
     * published; empty where the rule does something else, or the rules or routes were not read.
     */
    Optional<DockerNetwork> shielded(Node at, ChainTraversal stopped, Packet packet) {
        return packet.made() || from(at, packet).isPresent()
                ? Optional.empty()
                : of(at, stopped, packet, network -> entering(packet, network));
    }

    private Optional<DockerNetwork> from(Node at, Packet packet) {
        return networks(at).stream()
                .filter(network -> network.bridge().isPresent()
                        && network.bridge().equals(packet.in().known()))
                .findFirst();
    }

    /** @param others of a network, the packet as it could be from or to anywhere; empty where the network has nothing to do with it */
    private Optional<DockerNetwork> of(
            Node at, ChainTraversal stopped, Packet packet, Function<DockerNetwork, Optional<Packet>> others) {
        return stopped.by().filter(rule -> stopped.end() == Action.End.DROP).flatMap(rule -> networks(at).stream()
                .filter(network -> isForAll(at, rule, others.apply(network))
                        && spares(at, rule, stopped.chain().id(), network, packet.header()))
                .findFirst());
    }

    /** The packet as it could come to the network from anywhere; empty where it is not for the network. */
    private static Optional<Packet> entering(Packet packet, DockerNetwork network) {
        Header header = packet.header();
        return has(network, header.destination())
                ? Optional.of(packet.arriving(ELSEWHERE).with(between(anywhere(header), header.destination(), header)))
                : Optional.empty();
    }

    /** The packet as it could leave the internal network to anywhere; empty where it does not leave it, or may. */
    private static Optional<Packet> leaving(Packet packet, DockerNetwork network) {
        Header header = packet.header();
        if (!network.internal() || has(network, header.destination())) {
            return Optional.empty();
        }
        Packet away = packet.with(between(header.source(), anywhere(header), header));
        return Optional.of(packet.out().known().isPresent() ? away.leaving(ELSEWHERE) : away);
    }

    private static IpAddress anywhere(Header header) {
        return header.isIpv6() ? ANYWHERE_IPV6 : ANYWHERE;
    }

    /** Whether the rule matches such packets of every protocol. */
    private boolean isForAll(Node at, Rule rule, Optional<Packet> packet) {
        return packet.isPresent()
                && model.router(at)
                        .filter(router -> protocols(packet.get().header())
                                .allMatch(header -> rule.holds(packet.get().with(header), router) == Ternary.YES))
                        .isPresent();
    }

    private static Stream<Header> protocols(Header header) {
        return Stream.of(
                new Header(header.source(), header.destination(), echo(header), Ports.NONE, Ports.NONE),
                new Header(header.source(), header.destination(), Protocol.TCP, DISCARD, DISCARD),
                new Header(header.source(), header.destination(), Protocol.UDP, DISCARD, DISCARD));
    }

    private static Protocol echo(Header header) {
        return header.isIpv6() ? Protocol.ICMPV6 : Protocol.ICMP;
    }

    /** Whether a packet that stays in the network passes the same chain, and the rule does not stop it. */
    private boolean spares(Node at, Rule rule, ChainId chain, DockerNetwork network, Header header) {
        Optional<Ruleset> rules = model.rules(at, header.isIpv6()).toOptional();
        Optional<Router> router = model.router(at);
        if (rules.isEmpty() || router.isEmpty()) {
            return false;
        }
        PacketDevice bridge = PacketDevice.named(network.bridge().orElseThrow());
        Optional<Packet> inside = inside(network, header).map(one -> Packet.of(one, bridge, false));
        List<TraversalResult> outcomes = inside.map(
                        packet -> NetfilterTraversal.all(rules.get(), router.get(), packet, false))
                .orElse(List.of());
        return outcomes.stream().anyMatch(outcome -> outcome.passages().stream()
                        .anyMatch(passage -> passage.chain().id().equals(chain)))
                && outcomes.stream()
                        .noneMatch(outcome ->
                                outcome.decision().flatMap(ChainTraversal::by).equals(Optional.of(rule)));
    }

    /** The header with the end that is not in the network moved there. */
    private static Optional<Header> inside(DockerNetwork network, Header header) {
        return has(network, header.destination())
                ? neighbour(network, header.destination()).map(from -> between(from, header.destination(), header))
                : neighbour(network, header.source()).map(to -> between(header.source(), to, header));
    }

    private static Header between(IpAddress from, IpAddress to, Header header) {
        return new Header(from, to, header.protocol(), header.sourcePort(), header.destinationPort());
    }

    /** Another address of the network, which is not its gateway's. */
    private static Optional<IpAddress> neighbour(DockerNetwork network, IpAddress own) {
        return IntStream.of(1, 2, 4, 8)
                .mapToObj(bit -> {
                    byte[] bytes = own.bytes();
                    bytes[bytes.length - 1] ^= (byte) bit;
                    return IpAddress.of(bytes);
                })
                .filter(address -> has(network, address)
                        && !network.gateways().contains(address)
                        && network.subnets().stream()
                                .noneMatch(subnet -> subnet.last().equals(address)
                                        || subnet.network().address().equals(address)))
                .findFirst();
    }

    private static boolean has(DockerNetwork network, IpAddress address) {
        return network.bridge().isPresent() && network.subnets().stream().anyMatch(subnet -> subnet.contains(address));
    }

    private List<DockerNetwork> networks(Node at) {
        return at.isHost() ? at.host().networks().orElse(List.of()) : List.of();
    }
}
