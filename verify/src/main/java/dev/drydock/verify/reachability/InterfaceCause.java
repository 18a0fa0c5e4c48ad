package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import java.util.Optional;

/**
 * What the state of one interface breaks, whoever finds it: {@code lab why} on a packet's way, the picture of the network, a trace. Where
 * it matters from where it is seen, it is named as by those who depend on the interface.
 */
public final class InterfaceCause {
    private InterfaceCause() {}

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
        return end.isBridge()
                ? Cause.BRIDGE_UNADDRESSED
                : isUnplugged(model, end) ? Cause.NOT_IN_BRIDGE : Cause.NO_ADDRESS;
    }

    /** Whether it lies loose: a port of no bridge, without an address and with nothing that stands on it. */
    public static boolean isLoose(NetworkModel model, Interface end) {
        return end.link().master().isEmpty()
                && end.addresses().isEmpty()
                && model.children(end).isEmpty();
    }

    /** Whether there is a bridge beside it that it belongs into: one without an address, or one of the network of the cable's other end. */
    private static boolean isUnplugged(NetworkModel model, Interface end) {
        Optional<Interface> other = model.peer(end);
        return isLoose(model, end)
                && end.at()
                        .ends()
                        .filter(Interface::isBridge)
                        .anyMatch(bridge -> bridge.addresses().isEmpty()
                                || bridge.addresses().stream().anyMatch(network -> other.stream()
                                        .flatMap(peer -> peer.addresses().stream())
                                        .anyMatch(own -> network.contains(own.address()))));
    }
}
