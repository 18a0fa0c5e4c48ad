package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's check of incoming packets: addresses of 127.0.0.0/8 from outside ({@code route_localnet}), and sources to which the route does not
 * lead back by the input interface ({@code rp_filter}).
 */
record SourceCheck(Router router, Forks forks) {

    /** The reason to drop a packet to or from 127.0.0.0/8 that comes in by another interface than {@code lo}; empty where it passes. */
    static Optional<KernelDrop> martian(Packet packet, Router router) {
        Header header = packet.header();
        boolean inside = Cidr.LOOPBACK.contains(header.destination()) || Cidr.LOOPBACK.contains(header.source());
        return packet.in()
                .known()
                .filter(name -> inside && !name.equals("lo") && router.setting(name, "route_localnet") == 0)
                .map(name -> new KernelDrop(KernelDrop.Kind.LOOPBACK_OUTSIDE, name));
    }

    /**
     * The reason to drop a packet because of its source address; empty where it passes, and for IPv6.
     *
     * @param out the interface by which the packet is to leave; {@code lo} where it is delivered locally
     */
    Optional<KernelDrop> of(Packet packet, PacketDevice out) {
        Optional<String> in = packet.in().known().filter(name -> !name.equals("lo"));
        // no setting of the kernel has it check sources of IPv6
        if (in.isEmpty() || packet.header().isIpv6()) {
            return Optional.empty();
        }
        boolean withMark = router.setting(in.get(), "src_valid_mark") > 0;
        return of(in.get(), RouteQuery.back(packet, out, withMark));
    }

    /**
     * The reason to drop a packet or ARP request because of its source address; empty where it passes.
     *
     * @param in the input interface
     * @param back the lookup of the route back to the source
     */
    Optional<KernelDrop> of(String in, RouteQuery back) {
        int mode = router.setting(in, "rp_filter");
        boolean acceptsOwn = router.setting(in, "accept_local") > 0;
        RouteLookup way = one(router.leavingBy(Optional.empty()).ways(back), in);
        return switch (way.kind()) {
            case LOCAL ->
                acceptsOwn && isLocal(way)
                        ? Optional.empty()
                        : Optional.of(new KernelDrop(KernelDrop.Kind.OWN_SOURCE, in, Optional.of(way)));
            case NONE, REFUSED, BLACKHOLE ->
                mode > 0
                        ? Optional.of(new KernelDrop(KernelDrop.Kind.REVERSE_PATH, in, Optional.of(way)))
                        : Optional.empty();
            case ON ->
                mode == 0 || way.out().equals(PacketDevice.named(in)) || (mode == 2 && hasAddress(in))
                        ? Optional.empty()
                        : Optional.of(new KernelDrop(KernelDrop.Kind.REVERSE_PATH, in, Optional.of(way)));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static boolean isLocal(RouteLookup way) {
        return way.route().filter(route -> route.type().equals("local")).isPresent();
    }

    /** In loose mode an interface without an IPv4 address lets no source pass. */
    private boolean hasAddress(String device) {
        return router.link(device)
                .filter(link -> Router.addresses(link).findAny().isPresent())
                .isPresent();
    }

    /** The route back. Of a multipath route any next hop by the input interface counts. */
    private RouteLookup one(List<RouteLookup> ways, String in) {
        Optional<RouteLookup> back = ways.stream()
                .filter(way -> way.out().equals(PacketDevice.named(in)))
                .filter(way ->
                        way.route().flatMap(route -> route.details().hop()).isPresent())
                .findFirst();
        return back.orElseGet(() -> forks.one(ways, say("doubt.source-way", "interface", in)));
    }
}
