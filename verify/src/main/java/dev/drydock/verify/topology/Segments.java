package dev.drydock.verify.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Groups interfaces into layer 2 segments: those that cables, bridges, VXLAN and shared parents connect, whether they are up or not. */
final class Segments {
    private static final String BACKBONE = "backbone";

    private final Map<String, String> parents = new HashMap<>();
    private final Map<InterfaceId, NetworkInterface> interfaces;

    Segments(Map<InterfaceId, NetworkInterface> interfaces) {
        this.interfaces = interfaces;
        interfaces.forEach((end, one) -> {
            one.master().ifPresent(bridge -> join(key(end), key(new InterfaceId(end.box(), bridge))));
            boolean apart = one.kind().equals("vlan");
            one.wire().end().filter(other -> !apart).ifPresent(other -> join(key(end), key(other)));
            if (one.wire().is(Wire.Kind.BACKBONE)) {
                join(key(end), BACKBONE);
            }
            one.vxlan().ifPresent(vxlan -> join(key(end), "vxlan " + vxlan.id()));
        });
    }

    /** The segment of an interface, as a text that is equal for all interfaces of the segment. */
    String of(InterfaceId end) {
        return root(key(end));
    }

    /**
     * Whether all interfaces on the segment are known: no backbone, no VXLAN and no cable to an unknown end.
     *
     * @param unread whether some facts could not be read
     */
    boolean closed(InterfaceId end, BooleanSupplier unread) {
        String segment = of(end);
        boolean open = segment.equals(root(BACKBONE)) || unread.getAsBoolean();
        return !open
                && interfaces.entrySet().stream()
                        .filter(entry -> of(entry.getKey()).equals(segment))
                        .noneMatch(entry -> entry.getValue().wire().is(Wire.Kind.UNKNOWN)
                                || entry.getValue().wire().is(Wire.Kind.NOWHERE)
                                || entry.getValue().vxlan().isPresent());
    }

    private static String key(InterfaceId end) {
        return end.box() + "\n" + end.name();
    }

    private String root(String key) {
        String parent = parents.getOrDefault(key, key);
        return parent.equals(key) ? key : root(parent);
    }

    private void join(String one, String other) {
        String left = root(one);
        String right = root(other);
        if (!left.equals(right)) {
            // The backbone stays the root of its own, and names decide otherwise, so that the order of joining does not
            // matter.
            boolean leftWins = left.equals(BACKBONE) || (!right.equals(BACKBONE) && left.compareTo(right) < 0);
            parents.put(leftWins ? right : left, leftWins ? left : right);
        }
    }
}
