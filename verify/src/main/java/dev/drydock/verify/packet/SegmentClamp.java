package dev.drydock.verify.packet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.verify.facts.IpAddress;
import java.util.Optional;

/** Changes of the TCP MSS option: {@code -j TCPMSS}, {@code tcp option maxseg size set}. */
final class SegmentClamp {
    private static final int HEADERS = 40;
    private static final int HEADERS_IPV6 = 60;

    private SegmentClamp() {}

    /**
     * {@code --clamp-mss-to-pmtu}, {@code --set-mss 1360}.
     *
     * @throws IllegalArgumentException when the option is not known, or its value is no number
     */
    static Action target(IptablesRule.Option option) {
        return switch (option.name()) {
            case "--clamp-mss-to-pmtu" -> toWay();
            case "--set-mss" -> to(Integer.parseInt(option.value()));
            default -> throw new IllegalArgumentException(option.name() + " is not known");
        };
    }

    /** {@code {"tcp option":{"name":"maxseg","field":"size"}}} set to {@code {"rt":{"key":"mtu"}}} or a number; empty for anything else. */
    static Optional<Action> nft(JsonObject key, JsonElement value) {
        boolean segment = key.get("tcp option") instanceof JsonObject option
                && NftFields.text(option, "name").equals("maxseg");
        if (!segment) {
            return Optional.empty();
        }
        boolean way = value instanceof JsonObject object
                && object.get("rt") instanceof JsonObject rt
                && NftFields.text(rt, "key").equals("mtu");
        return way
                ? Optional.of(toWay())
                : NftValues.number(SymbolTable.NUMBER, value).map(number -> to(number.intValue()));
    }

    private static Action to(int segment) {
        return new Action.Change((packet, router) -> clamped(packet, segment + headers(packet)));
    }

    /** Clamps to the smaller MTU of the routes to the destination and to the source. */
    private static Action toWay() {
        return new Action.Change((packet, router) -> clamped(
                packet,
                Math.min(
                        way(router, packet.header().destination()),
                        way(router, packet.header().source()))));
    }

    private static int way(Router router, IpAddress to) {
        return Mtu.of(router, router.way(to)).orElse(HeaderFields.UNCLAMPED);
    }

    private static int headers(Packet packet) {
        return packet.header().isIpv6() ? HEADERS_IPV6 : HEADERS;
    }

    private static Packet clamped(Packet packet, int bytes) {
        return packet.header().protocol() == Protocol.TCP
                ? packet.with(packet.envelope().clampedTo(bytes))
                : packet;
    }
}
