package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which {@link Cause} the state of an interface is. Used by {@code lab why}, by the network picture and by traces, so that all name the same cause.
 */
public final class InterfaceCause {
    /** The networks to which every IPv6 interface has a route. */
    private static final Set<Cidr> OF_LINK = Set.of(Cidr.parse("fe80::/64"), Cidr.parse("ff00::/8"));

    private InterfaceCause() {}

    /** Why the namespace cannot reach its gateway by this interface; empty where it can, or where that is not known. */
    public static Optional<Cause> toGateway(NetworkModel model, Interface out, IpAddress gateway) {
        NextHop hop = new NextHop(model, new PathWording(model, Scope.LAB_HOST));
        return StepFinding.broken(hop.deliver(out, gateway, true).finding()).map(StepFinding.Broken::cause);
    }

    /** Whether a frame for the gateway's address arrives: at its owner, at a proxy, or outside the lab hosts, where the receiver is not known. */
    public static boolean hasGateway(NetworkModel model, Interface out, IpAddress gateway) {
        NextHop hop = new NextHop(model, new PathWording(model, Scope.LAB_HOST));
        return hop.deliver(out, gateway, true).finding() instanceof StepFinding.Holds;
    }

    /**
     * The cause for an interface that is down: BRIDGE_DOWN, PARENT_DOWN, PEER_DOWN (an end of a veth that is a bridge port, or should be) or
     * INTERFACE_DOWN.
     */
    public static Cause down(NetworkModel model, Interface end) {
        if (end.isBridge()) {
            return Cause.BRIDGE_DOWN;
        }
        if (!model.children(end).isEmpty()) {
            return Cause.PARENT_DOWN;
        }
        boolean plug = end.link().master().isPresent() || isUnplugged(model, end);
        return plug && model.peer(end).isPresent() ? Cause.PEER_DOWN : Cause.INTERFACE_DOWN;
    }

    /** The cause for an interface without an address: it lacks one, or should be a port of a bridge. */
    public static Cause unaddressed(NetworkModel model, Interface end) {
        if (LostBridge.isLost(model, end)) {
            return Cause.BRIDGE_GONE;
        }
        return end.isBridge()
                ? Cause.BRIDGE_UNADDRESSED
                : isUnplugged(model, end) ? Cause.NOT_IN_BRIDGE : Cause.NO_ADDRESS;
    }

    /** Whether a unicast route uses the interface, apart from link-local and multicast routes of IPv6. Such an interface needs no address. */
    public static boolean isRouted(Interface end) {
        return end.at().namespace().routes().orElse(List.of()).stream()
                .anyMatch(route -> route.device().equals(Optional.of(end.name()))
                        && route.type().equals("unicast")
                        && !OF_LINK.contains(route.destination().network()));
    }

    /** Whether the interface needs no address: a route uses it, or all addresses of its peer are /32. */
    public static boolean isUnnumbered(NetworkModel model, Interface end) {
        return isRouted(end)
                || model.peer(end)
                        .map(Interface::addresses)
                        .filter(others -> !others.isEmpty()
                                && others.stream().allMatch(other -> other.equals(Cidr.single(other.address()))))
                        .isPresent();
    }

    /** Whether the interface is unused: no bridge port, no address although it needs one, and no macvlan or ipvlan on it. */
    public static boolean isLoose(NetworkModel model, Interface end) {
        return end.link().master().isEmpty()
                && !end.isAddressed()
                && !isUnnumbered(model, end)
                && model.children(end).isEmpty();
    }

    /**
     * Whether the interface probably belongs to a bridge beside it: one without an address, or with a subnet that contains an address of the peer.
     */
    private static boolean isUnplugged(NetworkModel model, Interface end) {
        Optional<Interface> other = model.peer(end);
        return isLoose(model, end)
                && end.at()
                        .ends()
                        .filter(Interface::isBridge)
                        .anyMatch(bridge -> !bridge.isAddressed()
                                || bridge.everyAddress().anyMatch(network -> other.stream()
                                        .flatMap(Interface::everyAddress)
                                        .anyMatch(own -> network.contains(own.address()))));
    }
}
