package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProxyNeighbour;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the kernel of a namespace makes of ARP: from which address it asks, and whether it answers what is asked at one of its interfaces. */
public record AddressResolution(Router router) {
    /**
     * What becomes of a question.
     *
     * @param setting what decides, where it is a setting
     * @param way of the route to the address, or for {@link Kind#FILTERED} to who asks
     * @param drop of a source that is not believed
     */
    public record Reply(
            Kind kind, Optional<Router.Setting> setting, Optional<RouteLookup> way, Optional<KernelDrop> drop) {
        public enum Kind {
            /** It answers: the address is its own. */
            OWN,
            /** It answers in place of somebody else, to whom it forwards. */
            PROXY,
            /** The address is its own, and {@code arp_ignore} has it say nothing. */
            IGNORED,
            /** The address is its own, and {@code arp_filter} has it say nothing, because the way back to who asks is another one. */
            FILTERED,
            /** Its check of sources does not believe who asks. */
            DISBELIEVED,
            /** It is to answer in place of somebody else, and does not forward what comes in there. */
            NOT_FORWARDING,
            /** It is to answer in place of somebody else, and has no route there. */
            NO_ROUTE,
            /** It is to answer in place of somebody else, and its route there leads back by the interface at which it is asked. */
            SAME_INTERFACE,
            /** It forwards what comes in there and has a route there, but is not to answer in place of others. */
            NO_PROXY,
            /** It has nothing to do with the address. */
            STRANGER
        }

        /** One of which no more is to be said. */
        public static Reply of(Kind kind) {
            return new Reply(kind, Optional.empty(), Optional.empty(), Optional.empty());
        }

        public boolean answers() {
            return kind == Kind.OWN || kind == Kind.PROXY;
        }
    }

    private static final IpAddress NOBODY = new IpAddress("0.0.0.0");

    /**
     * The address from which it asks by an interface.
     *
     * @param source of the packet that waits; {@code 0.0.0.0} where there is none
     * @return empty where it has no address at all, and asks from none
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
     * Whether it answers at one of its interfaces.
     *
     * @param asker who asks; empty where a namespace without an address does
     * @param proxied what it was told to answer for
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

    /** What {@code arp_ignore} forbids: 1 all but the addresses of that interface, 2 also to other networks, 3 those of scope host, 8 all. */
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
