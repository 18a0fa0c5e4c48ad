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
 * What the state of one interface breaks, whoever finds it: {@code lab why} on a packet's way, the picture of the network, a trace. Where
 * it matters from where it is seen, it is named as by those who depend on the interface.
 */
public final class InterfaceCause {
    /** Where every interface has a route. */
    private static final Set<Cidr> OF_LINK = Set.of(Cidr.parse("fe80::/64"), Cidr.parse("ff00::/8"));

    private InterfaceCause() {}

    /** Why a namespace does not get to its gateway by this interface; empty where it does, or nobody can tell. */
    public static Optional<Cause> toGateway(NetworkModel model, Interface out, IpAddress gateway) {
        NextHop hop = new NextHop(model, new PathWording(model, Scope.LAB_HOST));
        return StepFinding.broken(hop.deliver(out, gateway, true).finding()).map(StepFinding.Broken::cause);
    }

    /** Whether who is behind an interface answers for the gateway's address, although it may be nobody's. */
    public static boolean hasGateway(NetworkModel model, Interface out, IpAddress gateway) {
        NextHop hop = new NextHop(model, new PathWording(model, Scope.LAB_HOST));
        return hop.deliver(out, gateway, true).finding() instanceof StepFinding.Holds;
    }

    /** What an interface that is down is as a cause: of a bridge, of a parent, of the plug of a cable, or just of an interface. */
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

    /** What an interface without an IPv4 address is as a cause, where it should have one or be a port of a bridge. */
    public static Cause unaddressed(NetworkModel model, Interface end) {
        if (LostBridge.isLost(model, end)) {
            return Cause.BRIDGE_GONE;
        }
        return end.isBridge()
                ? Cause.BRIDGE_UNADDRESSED
                : isUnplugged(model, end) ? Cause.NOT_IN_BRIDGE : Cause.NO_ADDRESS;
    }

    /** Whether a route of IPv4 leads by it, or one of IPv6 beyond the link, so that it needs no address. */
    public static boolean isRouted(Interface end) {
        return end.at().namespace().routes().orElse(List.of()).stream()
                .anyMatch(route -> route.device().equals(Optional.of(end.name()))
                        && route.type().equals("unicast")
                        && !OF_LINK.contains(route.destination().network()));
    }

    /** Whether it needs no address: a route leads by it, or should, to the one address at the other end of its cable, which has no network. */
    public static boolean isUnnumbered(NetworkModel model, Interface end) {
        return isRouted(end)
                || model.peer(end)
                        .map(Interface::addresses)
                        .filter(others -> !others.isEmpty()
                                && others.stream().allMatch(other -> other.equals(Cidr.single(other.address()))))
                        .isPresent();
    }

    /** Whether it lies loose: a port of no bridge, without an address although it needs one, and with nothing that stands on it. */
    public static boolean isLoose(NetworkModel model, Interface end) {
        return end.link().master().isEmpty()
                && !end.isAddressed()
                && !isUnnumbered(model, end)
                && model.children(end).isEmpty();
    }

    /** Whether there is a bridge beside it that it belongs into: one without an address, or one of the network of the cable's other end. */
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
