package dev.drydock.verify.change;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.Interface;
import java.util.List;
import java.util.Optional;

/** State that the kernel changes by itself, so that it is no change of a learner. */
final class Automatic {
    private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/64");
    private static final Cidr MULTICAST = Cidr.parse("ff00::/8");

    private Automatic() {}

    /** Whether the kernel manages the address: those of {@code lo}, and the IPv6 link-local one that it derives from the MAC address. */
    static boolean is(Link link, InterfaceAddress address) {
        String text = address.address().toString();
        if (link.name().equals("lo")) {
            return text.equals("127.0.0.1/8") || text.equals("::1/128");
        }
        byte[] bytes = address.address().address().bytes();
        return address.address().address().isIpv6()
                && LINK_LOCAL.contains(address.address().address())
                && bytes[11] == (byte) 0xff
                && bytes[12] == (byte) 0xfe;
    }

    /** Whether the kernel manages the route: the table local, and the IPv6 routes that every interface has. */
    static boolean is(Route route) {
        return route.isKernels()
                || (route.ipv6()
                        && (route.destination().equals(LINK_LOCAL)
                                || MULTICAST.contains(route.destination().address())
                                || route.device().equals(Optional.of("lo"))));
    }

    /** Whether a route comes and goes with an address of the interface. */
    static boolean follows(Route route, Link link) {
        return route.via().isEmpty()
                && route.type().equals("unicast")
                && route.device().equals(Optional.of(link.name()))
                && link.addresses().stream()
                        .anyMatch(address -> address.address().sameNetwork(route.destination()));
    }

    /** Whether a bridge may have taken its MAC address or MTU from its ports, since its ports changed. */
    static boolean takenOver(Interface place, Pairing pairing) {
        if (!place.link().kind().equals("bridge")) {
            return false;
        }
        List<Pairing.Both<Interface>> stayed = pairing.links.stream()
                .filter(both -> both.after().at().equals(place.at())
                        || both.before().at().equals(place.at()))
                .toList();
        Optional<String> name = Optional.of(place.link().name());
        boolean portsChanged = stayed.stream()
                .anyMatch(both -> both.before().link().master().equals(name)
                                != both.after().link().master().equals(name)
                        || (both.after().link().master().equals(name)
                                && (both.before().link().mtu()
                                                != both.after().link().mtu()
                                        || !both.before()
                                                .link()
                                                .mac()
                                                .equals(both.after().link().mac()))));
        return portsChanged
                || pairing.newLinks.stream()
                        .anyMatch(port -> port.link().master().equals(name))
                || pairing.goneLinks.stream()
                        .anyMatch(port -> port.link().master().equals(name));
    }
}
