package dev.drydock.verify.facts;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The interface or network below an interface: the parent of a macvlan, an ipvlan or a VLAN; the settings of a VXLAN device.
 *
 * @param parentName the parent's name, where it is in the same namespace
 * @param parentIndex the parent's ifindex, where it is in another namespace
 * @param parentNetnsId that other namespace, as this one numbers it; for a VXLAN device the namespace of its outer packets
 * @param mode of a macvlan {@code private}, {@code vepa}, {@code bridge}, {@code passthru}; of an ipvlan {@code l2}, {@code l3}, {@code l3s}
 */
public record Layer(
        Optional<String> parentName,
        OptionalInt parentIndex,
        OptionalInt parentNetnsId,
        Optional<String> mode,
        Optional<Vxlan> vxlan) {
    /** For an interface without a parent. */
    public static final Layer NONE =
            new Layer(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    public Layer {
        Objects.requireNonNull(parentName);
        Objects.requireNonNull(parentIndex);
        Objects.requireNonNull(parentNetnsId);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(vxlan);
    }
}
