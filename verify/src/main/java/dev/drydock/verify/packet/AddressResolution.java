package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProxyNeighbour;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** ARP as a namespace's kernel does it: which source address its requests have, and whether it replies to requests. */
public record AddressResolution(Router router) {
    /**
     * The kernel's decision about an ARP request.
     *
     * @param setting the sysctl that decided; empty where none did
     * @param way the route to the requested address, or for {@link Kind#FILTERED} the route back to the asking station; empty where none decided
     * @param drop for {@link Kind#DISBELIEVED} why the source check drops the request
     */
    public record Reply(
            Kind kind, Optional<Router.Setting> setting, Optional<RouteLookup> way, Optional<KernelDrop> drop) {
        public enum Kind {
            /** Replies: the address is its own. */
            OWN,
            /** Replies as a proxy (proxy ARP) for an address to which it forwards. */
            PROXY,
            /** The address is its own, but {@code arp_ignore} forbids a reply. */
            IGNORED,
            /** The address is its own, but {@code arp_filter} forbids a reply: the route back to the asking station leaves by another interface. */
            FILTERED,
            /** The source check ({@code rp_filter}) drops the request. */
            DISBELIEVED,
            /** It is a proxy for the address, but forwarding is off for the interface where the request came in. */
            NOT_FORWARDING,
            /** It is a proxy for the address, but has no route to it. */
            NO_ROUTE,
            /** It is a proxy for the address, but its route leads back through the interface where the request came in. */
            SAME_INTERFACE,
            /** It forwards and has a route to the address, but proxy ARP is off and no proxy entry exists. */
            NO_PROXY,
            /** The address is not its own, and it is no proxy for it. */
            STRANGER
        }

        /** A reply without a setting, a route or a drop. */
        public static Reply of(Kind kind) {
            return new Reply(kind, Optional.empty(), Optional.empty(), Optional.empty());
        }

        public boolean answers() {
            return kind == Kind.OWN || kind == Kind.PROXY;
        }
    }

    private static final IpAddress NOBODY = new IpAddress("0.0.0.0");

    /**
     * The sender address of an ARP request (see {@code arp_announce}).
     *
     * @param device the interface by which the request leaves
     * @param source the source address of the packet that waits for the reply; {@code 0.0.0.0} where there is none
     * @return empty where the namespace has no IPv4 address to ask from
     */
    public Optional<IpAddress> asker(String device, IpAddress target, IpAddress source) {
        int announce = router.setting(device, "arp_announce");
        boolean own = announce < 2 && router.isLocal(source);
        boolean near = announce == 0 || addresses(device).anyMatch(one -> one.contains(target) && one.contains(source));
        return own && near
                ? Optional.of(source)
                : router.ownAddress(device, target).or(router::anotherAddress);
    }

    /**
     * Whether the kernel replies to an ARP request.
     *
     * @param in the interface where the request comes in
     * @param asker the sender address of the request; empty where the asking namespace has no address
     * @param proxied the proxy entries of the namespace, as {@code ip neigh show proxy} lists them
     */
    public Reply reply(String in, Optional<IpAddress> asker, IpAddress target, List<ProxyNeighbour> proxied) {
        boolean inside = Cidr.LOOPBACK.contains(target) && router.setting(in, "route_localnet") == 0;
        if (inside || target.isMulticast()) {
            return Reply.of(Reply.Kind.STRANGER);
        }
        RouteLookup way = router.way(query(asker, target, PacketDevice.named(in)));
        if (way.kind() == RouteLookup.Kind.LOCAL) {
            boolean own =
                    way.route().filter(route -> !route.type().equals("local")).isEmpty();
            return own ? ofOwn(in, asker, target) : Reply.of(Reply.Kind.STRANGER);
        }
        return asker.map(from -> ofOthers(in, from, target, way, proxied))
                .orElseGet(() -> Reply.of(Reply.Kind.STRANGER));
    }

    private Reply ofOwn(String in, Optional<IpAddress> asker, IpAddress target) {
        Optional<KernelDrop> drop = asker.flatMap(from -> disbelieved(in, from, target, RouteQuery.HERE));
        if (drop.isPresent()) {
            return new Reply(Reply.Kind.DISBELIEVED, Optional.empty(), Optional.empty(), drop);
        }
        Router.Setting ignore = router.decides(in, "arp_ignore");
        if (ignores(in, ignore.value(), asker, target)) {
            return new Reply(Reply.Kind.IGNORED, Optional.of(ignore), Optional.empty(), Optional.empty());
        }
        Router.Setting filter = router.decides(in, "arp_filter");
        Optional<RouteLookup> back = asker.filter(from -> filter.value() > 0)
                .map(from -> router.way(query(Optional.of(target), from, RouteQuery.HERE)))
                .filter(way -> !way.out().equals(PacketDevice.named(in)));
        return back.isPresent()
                ? new Reply(Reply.Kind.FILTERED, Optional.of(filter), back, Optional.empty())
                : Reply.of(Reply.Kind.OWN);
    }

    /**
     * Whether {@code arp_ignore} forbids a reply. 1: only for addresses of this interface; 2: as 1, and only to the same subnet; 3: not for
     * addresses of scope host; 8: never a reply.
     */
    private boolean ignores(String in, int value, Optional<IpAddress> asker, IpAddress target) {
        boolean here = addresses(in).anyMatch(own -> own.address().equals(target));
        return switch (value) {
            case 1 -> !here;
            case 2 ->
                !here
                        || addresses(in)
                                .noneMatch(own -> own.contains(target)
                                        && asker.filter(own::contains).isPresent());
            case 3 ->
                router.links().stream()
                        .flatMap(link -> link.addresses().stream())
                        .noneMatch(own -> own.address().address().equals(target)
                                && !own.scope().equals("host"));
            case 8 -> true;
            default -> false;
        };
    }

    private Reply ofOthers(
            String in, IpAddress asker, IpAddress target, RouteLookup way, List<ProxyNeighbour> proxied) {
        boolean entry = proxied.stream()
                .anyMatch(one -> one.address().equals(target) && one.device().equals(in));
        boolean proxy = entry || router.setting(in, "proxy_arp") > 0;
        boolean within = router.setting(in, "proxy_arp_pvlan") > 0;
        boolean on = way.kind() == RouteLookup.Kind.ON;
        boolean returns = on && way.out().equals(PacketDevice.named(in));
        boolean leaves = on && !returns;
        boolean told = (leaves && proxy) || (returns && within);
        Router.Setting forwarding = router.setting(router.forwardingOf(PacketDevice.named(in), false));
        if (told && forwarding.value() == 0) {
            return new Reply(Reply.Kind.NOT_FORWARDING, Optional.of(forwarding), Optional.of(way), Optional.empty());
        }
        if (told) {
            Optional<KernelDrop> drop = disbelieved(in, asker, target, way.out());
            return new Reply(
                    drop.isPresent() ? Reply.Kind.DISBELIEVED : Reply.Kind.PROXY,
                    Optional.empty(),
                    Optional.of(way),
                    drop);
        }
        if (proxy) {
            return new Reply(
                    returns ? Reply.Kind.SAME_INTERFACE : Reply.Kind.NO_ROUTE,
                    Optional.of(router.decides(in, "proxy_arp")),
                    Optional.of(way),
                    Optional.empty());
        }
        return leaves && forwarding.value() > 0
                ? new Reply(
                        Reply.Kind.NO_PROXY,
                        Optional.of(router.decides(in, "proxy_arp")),
                        Optional.of(way),
                        Optional.empty())
                : Reply.of(Reply.Kind.STRANGER);
    }

    private Optional<KernelDrop> disbelieved(String in, IpAddress asker, IpAddress target, PacketDevice out) {
        return new SourceCheck(router, new Forks(Alternatives.first())).of(in, query(Optional.of(target), asker, out));
    }

    private static RouteQuery query(Optional<IpAddress> from, IpAddress to, PacketDevice in) {
        return new RouteQuery(
                from.or(() -> Optional.of(NOBODY)),
                to,
                in,
                FieldValue.of(0),
                FieldValue.of(0),
                OptionalInt.empty(),
                Ports.NONE,
                Ports.NONE);
    }

    private Stream<Cidr> addresses(String device) {
        return router.link(device).stream()
                .flatMap(link -> link.addresses().stream())
                .filter(own -> !own.scope().equals("host"))
                .map(InterfaceAddress::address)
                .filter(own -> !own.address().isIpv6());
    }
}
