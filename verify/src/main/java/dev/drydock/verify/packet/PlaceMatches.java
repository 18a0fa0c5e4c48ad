package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Matches on the address type, the bridge port and the owner: {@code -m addrtype}, {@code -m physdev}, {@code -m owner}. */
final class PlaceMatches {
    /** The type of an address, as the table local of the namespace has it. */
    enum Type {
        UNICAST,
        LOCAL,
        BROADCAST,
        MULTICAST
    }

    private static final Set<String> TYPES = Set.of(
            "UNSPEC",
            "UNICAST",
            "LOCAL",
            "BROADCAST",
            "ANYCAST",
            "MULTICAST",
            "BLACKHOLE",
            "UNREACHABLE",
            "PROHIBIT",
            "THROW",
            "NAT",
            "XRESOLVE");

    private PlaceMatches() {}

    /** @throws IllegalArgumentException when the option is not known */
    static Condition of(String module, IptablesRule.Option option) {
        return switch (module + " " + option.name()) {
            case "addrtype --src-type" -> type(option, Header::source, true);
            case "addrtype --dst-type" -> type(option, Header::destination, false);
            case "physdev --physdev-in" -> port(option, PlaceMatches::portIn, true);
            case "physdev --physdev-out" -> port(option, PlaceMatches::portOut, false);
            case "physdev --physdev-is-in" -> isOnPort(option, PlaceMatches::portIn);
            case "physdev --physdev-is-out" -> isOnPort(option, PlaceMatches::portOut);
            case "physdev --physdev-is-bridged" ->
                new Condition(
                        option.name(),
                        (packet, router) -> Ternary.of(packet.switched()),
                        packet -> say("match.switched"));
            case "owner --uid-owner", "owner --gid-owner" -> owner(option);
            default -> throw new IllegalArgumentException(option.name() + " is not known");
        };
    }

    /** The input port, which the kernel remembers only while {@code bridge-nf-call-iptables} is on. */
    private static PacketDevice portIn(Packet packet, Router router) {
        return router.on(Router.bridged(packet.header().isIpv6())) ? packet.portIn() : PacketDevice.NONE;
    }

    /** The output port, which is visible only for packets that the bridge forwards. */
    private static PacketDevice portOut(Packet packet, Router router) {
        return packet.switched() && packet.out().kind() != PacketDevice.Kind.NONE
                ? packet.portOut()
                : PacketDevice.NONE;
    }

    private static Condition type(IptablesRule.Option option, Function<Header, IpAddress> part, boolean ofSource) {
        List<String> types = List.of(option.value().split(","));
        if (!TYPES.containsAll(types)) {
            throw new IllegalArgumentException(option.value() + " is not known");
        }
        return new Condition(
                option.shown(),
                (packet, router) -> Ternary.of(
                        types.contains(type(part.apply(packet.header()), router).name())),
                packet -> types.equals(List.of("LOCAL"))
                        ? say("match.local", "source", ofSource, "address", part.apply(packet.header()))
                        : say("match.address-type")
                                .with("source", ofSource)
                                .with("types", types)
                                .with("address", part.apply(packet.header())));
    }

    static Type type(IpAddress address, Router router) {
        if (address.isMulticast()) {
            return Type.MULTICAST;
        }
        if (router.isBroadcast(address)) {
            return Type.BROADCAST;
        }
        return router.isLocal(address) ? Type.LOCAL : Type.UNICAST;
    }

    /**
     * {@code -m rpfilter}: whether the route back to the source leaves by the input interface.
     *
     * @throws IllegalArgumentException when an option is not known
     */
    static Condition reversePath(String shown, List<String> options) {
        if (!List.of("--loose", "--validmark", "--accept-local", "--invert").containsAll(options)) {
            throw new IllegalArgumentException(shown + " is not known");
        }
        Condition passes = new Condition(
                shown,
                (packet, router) -> packet.in().equals(RouteQuery.HERE)
                        ? Ternary.YES
                        : reversePath(
                                router.ways(RouteQuery.back(packet, RouteQuery.HERE, options.contains("--validmark"))),
                                packet,
                                options),
                packet -> say("match.with", "match", shown));
        return passes.negated(options.contains("--invert"));
    }

    private static Ternary reversePath(List<RouteLookup> ways, Packet packet, List<String> options) {
        boolean loose = options.contains("--loose");
        boolean own = options.contains("--accept-local");
        boolean some = false;
        boolean all = true;
        for (RouteLookup way : ways) {
            if (way.kind() == RouteLookup.Kind.UNKNOWN) {
                return Ternary.UNKNOWN;
            }
            boolean counts = way.kind() == RouteLookup.Kind.ON || (own && way.kind() == RouteLookup.Kind.LOCAL);
            boolean passes = counts && (loose || way.out().equals(packet.in()));
            some |= passes;
            all &= passes;
        }
        // of a multipath route one next hop is enough
        boolean multipath = ways.stream()
                .allMatch(way ->
                        way.route().flatMap(route -> route.details().hop()).isPresent());
        return all || (some && multipath) ? Ternary.YES : some ? Ternary.UNKNOWN : Ternary.NO;
    }

    private static Condition port(
            IptablesRule.Option option, BiFunction<Packet, Router, PacketDevice> which, boolean in) {
        String pattern = option.value();
        return new Condition(
                option.shown(),
                (packet, router) -> which.apply(packet, router).is(pattern),
                packet -> say("match.bridge-port", "in", in, "port", pattern));
    }

    private static Condition isOnPort(IptablesRule.Option option, BiFunction<Packet, Router, PacketDevice> which) {
        return new Condition(
                option.shown(),
                (packet, router) -> switch (which.apply(packet, router).kind()) {
                    case NAMED -> Ternary.YES;
                    case NONE -> Ternary.NO;
                    case UNKNOWN -> Ternary.UNKNOWN;
                },
                packet -> say("match.on-bridge-port"));
    }

    /** UNKNOWN for packets that this namespace sends; packets that come in have no owner. */
    private static Condition owner(IptablesRule.Option option) {
        if (option.negated()) {
            throw new IllegalArgumentException("who owns a packet without a process is not known");
        }
        return new Condition(
                option.shown(),
                (packet, router) -> packet.made() ? Ternary.UNKNOWN : Ternary.NO,
                packet -> say("match.of-process"));
    }
}
