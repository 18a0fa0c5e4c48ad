package dev.drydock.verify.facts;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an interface stands on another: a macvlan, an ipvlan, a VLAN on its parent, a VXLAN device on the network below.
 *
 * @param parentName the parent's name where it is in the same namespace
 * @param parentIndex the parent's ifindex where it is in another one
 * @param parentNetnsId that other namespace as this one numbers it; of a VXLAN device the one that its packets are sent in
 * @param mode of a macvlan {@code private}, {@code vepa}, {@code bridge}, {@code passthru}; of an ipvlan {@code l2}, {@code l3}, {@code l3s}
 */
public record Layer(
        Optional<String> parentName,
        OptionalInt parentIndex,
        OptionalInt parentNetnsId,
        Optional<String> mode,
        Optional<Vxlan> vxlan) {
    /** An interface that stands on nothing. */
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
