package dev.drydock.verify.expect;

import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.LinkPlace;
import java.util.Optional;
import java.util.Set;

/**
 * Why two interfaces that share one card do not hear each other: a macvlan or ipvlan interface and its parent never do, two of one
 * parent only in the modes that hand frames across.
 */
record SharedCard(HostFacts host) {
    private static final Set<String> KINDS = Set.of("macvlan", "ipvlan");

    /**
     * @param own the interface that sends
     * @param next the interface with the address that it sends to, where it is known
     */
    Optional<String> why(LinkPlace own, Optional<LinkPlace> next) {
        Optional<LinkPlace> below = parent(own);
        Optional<LinkPlace> belowNext = next.flatMap(this::parent);
        return below.flatMap(card -> down(own, card))
                .or(() -> belowNext.flatMap(card -> down(next.orElseThrow(), card)))
                .or(() -> belowNext
                        .filter(card -> !next.orElseThrow().link().up())
                        .map(card -> Clues.name(next.orElseThrow()) + ", which has that address, is down"))
                .or(() -> belowNext
                        .filter(card -> same(card, own))
                        .map(card -> Clues.name(next.orElseThrow()) + " is a "
                                + next.orElseThrow().link().kind() + " interface, " + Clues.name(own)
                                + " is its parent, and the two never hear each other"))
                .or(() -> below.filter(card -> next.isPresent() && same(card, next.get()))
                        .map(card -> Clues.name(own) + " is a " + own.link().kind() + " interface, " + Clues.name(card)
                                + " is its parent, and the two never hear each other"))
                .or(() -> below.filter(card -> belowNext.isPresent() && same(card, belowNext.get()))
                        .flatMap(card -> apart(own, card).or(() -> apart(next.orElseThrow(), card))));
    }

    private Optional<LinkPlace> parent(LinkPlace place) {
        return KINDS.contains(place.link().kind())
                ? host.parent(place.namespace(), place.link())
                        .fold(
                                found -> Optional.of(found.value()),
                                absent -> Optional.empty(),
                                unknown -> Optional.empty())
                : Optional.empty();
    }

    private static Optional<String> down(LinkPlace place, LinkPlace card) {
        return card.link().up()
                ? Optional.empty()
                : Optional.of(Clues.name(card) + ", the parent of " + Clues.name(place) + ", is down");
    }

    private static Optional<String> apart(LinkPlace place, LinkPlace card) {
        String mode = place.link().layer().mode().orElse("");
        return switch (mode) {
            case "private" ->
                Optional.of(Clues.name(place) + " is in mode private, which keeps it apart from all others on "
                        + Clues.name(card));
            case "vepa" ->
                Optional.of(Clues.name(place) + " is in mode vepa, which hands nothing across: it all goes out of "
                        + Clues.name(card) + ", and the switch there would have to send it back");
            default -> Optional.empty();
        };
    }

    private static boolean same(LinkPlace one, LinkPlace other) {
        return one.namespace().inode() == other.namespace().inode()
                && one.link().index() == other.link().index();
    }
}
