package dev.drydock.verify.packet;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.drydock.verify.facts.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code fib daddr type local}, {@code fib saddr . iif oif missing}: a route lookup inside a match. */
final class NftFib {
    private NftFib() {}

    /** The flags as a list; JSON has a single flag without a list. */
    static List<String> flags(JsonElement flags) {
        List<String> all = new ArrayList<>();
        if (flags instanceof JsonPrimitive one) {
            all.add(one.getAsString());
        } else if (flags != null && flags.isJsonArray()) {
            flags.getAsJsonArray().forEach(flag -> all.add(flag.getAsString()));
        }
        return all;
    }

    /** The field for a result ({@code type}, {@code oif}, {@code oifname}); empty where it is not supported. */
    static Optional<PacketField> field(String result, List<String> flags) {
        boolean source = flags.contains("saddr");
        if (source == flags.contains("daddr")
                || !Set.of("saddr", "daddr", "iif", "mark").containsAll(flags)) {
            return Optional.empty();
        }
        boolean in = flags.contains("iif");
        return switch (result) {
            case "type" ->
                Optional.of(new PacketField(
                        SymbolTable.ADDRESS_TYPE,
                        (packet, router) -> FieldValue.of(type(address(packet, source), in, packet, router))));
            case "oif", "oifname" ->
                Optional.of(new PacketField(
                        result.equals("oif") ? SymbolTable.INDEX : SymbolTable.INTERFACE,
                        (packet, router) -> out(source, in, flags.contains("mark"), packet, router)));
            default -> Optional.empty();
        };
    }

    private static IpAddress address(Packet packet, boolean source) {
        return source ? packet.header().source() : packet.header().destination();
    }

    /** The address type. With the flag {@code iif} an address counts as local only on the input interface. */
    private static long type(IpAddress address, boolean ofIn, Packet packet, Router router) {
        PlaceMatches.Type type = PlaceMatches.type(address, router);
        boolean elsewhere = ofIn
                && type == PlaceMatches.Type.LOCAL
                && packet.in().known().isPresent()
                && !router.holder(address)
                        .map(link -> link.name())
                        .equals(packet.in().known());
        return switch (elsewhere ? PlaceMatches.Type.UNICAST : type) {
            case UNICAST -> 1;
            case LOCAL -> 2;
            case BROADCAST -> 3;
            case MULTICAST -> 5;
        };
    }

    /**
     * The output interface of the route; none where there is no route, or with {@code iif} where the route leaves by another interface than the
     * input interface.
     */
    private static FieldValue out(boolean ofSource, boolean ofIn, boolean withMark, Packet packet, Router router) {
        RouteLookup way = router.way(
                ofSource ? RouteQuery.back(packet, RouteQuery.HERE, withMark) : RouteQuery.there(packet, withMark));
        if (router.out().isPresent()
                || way.kind() == RouteLookup.Kind.UNKNOWN
                || packet.in().equals(PacketDevice.named("lo"))) {
            return FieldValue.Interface.any();
        }
        boolean found = way.kind() == RouteLookup.Kind.ON && (!ofIn || way.out().equals(packet.in()));
        boolean unknown = way.kind() == RouteLookup.Kind.ON && way.out().kind() == PacketDevice.Kind.UNKNOWN;
        return unknown
                ? FieldValue.Interface.any()
                : FieldValue.Interface.of(found ? way.out() : PacketDevice.NONE, router);
    }
}
