package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.way.Finding.Broken;
import dev.drydock.verify.way.Wiring.Reached;
import java.util.List;
import java.util.Optional;

/** Interfaces made upon another: those that share a parent, and tunnels. */
final class Layers {
    private final Ground ground;
    private final Wiring wiring;
    private final Wording words;
    private final Faults faults;

    Layers(Ground ground, Wiring wiring, Wording words) {
        this.ground = ground;
        this.wiring = wiring;
        this.words = words;
        this.faults = new Faults(words);
    }

    Optional<Broken> sharedCard(End out, IpAddress next) {
        for (End holder : ground.holders(next)) {
            Optional<End> below = parent(out);
            Optional<End> belowHolder = parent(holder);
            if (below.filter(parent -> !parent.up()).isPresent()) {
                return Optional.of(faults.parentDown(below.get(), out));
            }
            if (belowHolder.isPresent() && !holder.up()) {
                return Optional.of(faults.down(holder, words.end(holder) + ", which has " + next + ","));
            }
            boolean own = belowHolder.equals(Optional.of(out));
            if (own
                    || below.filter(parent -> parent.at().equals(holder.at()) && parent.has(next))
                            .isPresent()) {
                End child = own ? holder : out;
                End parent = own ? out : below.orElseThrow();
                return Optional.of(new Broken(
                        Cause.PARENT_AND_CHILD,
                        words.end(child) + " is a " + child.link().kind() + " interface, " + words.end(parent)
                                + " is its parent, and the two never hear each other",
                        faults.links(child),
                        "a " + child.link().kind() + " interface of its own on the same parent for "
                                + words.place(parent.at())));
            }
            if (below.isPresent() && below.equals(belowHolder)) {
                Optional<Broken> apart = apart(out, below.get()).or(() -> apart(holder, below.get()));
                if (apart.isPresent()) {
                    return apart;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<End> parent(End end) {
        return Wiring.SHARING.contains(end.link().kind()) ? ground.parent(end) : Optional.empty();
    }

    private Optional<Broken> apart(End end, End card) {
        String mode = end.link().layer().mode().orElse("");
        String effect =
                switch (mode) {
                    case "private" -> " is in mode private, which keeps it apart from all others on " + words.end(card);
                    case "vepa" ->
                        " is in mode vepa, which hands nothing across: it all goes out of " + words.end(card)
                                + ", and the switch there would have to send it back";
                    default -> "";
                };
        return effect.isEmpty()
                ? Optional.empty()
                : Optional.of(new Broken(
                        Cause.SHARED_CARD_MODE,
                        words.end(end) + effect,
                        new Evidence(
                                words.ip(end.at(), "-d link show " + LearnerCommand.quoted(end.name())),
                                "macvlan mode " + mode),
                        "mode bridge for " + words.end(end)));
    }

    /** A VXLAN device on the way whose frames come to no device that takes them. */
    Optional<Broken> tunnel(Reached wired) {
        for (End device : wired.ends()
                .filter(end -> end.link().layer().vxlan().isPresent())
                .toList()) {
            Vxlan own = device.link().layer().vxlan().orElseThrow();
            Optional<List<IpAddress>> remotes = wiring.remotes(device);
            if (remotes.isEmpty()) {
                continue;
            }
            Evidence seen = new Evidence(
                    words.ip(device.at(), "-d link show " + LearnerCommand.quoted(device.name())), own.shown());
            if (remotes.get().isEmpty()) {
                return Optional.of(new Broken(
                        Cause.VXLAN_REMOTE,
                        words.end(device) + " has nobody to send to: no remote, no entry in its forwarding table",
                        seen,
                        "a remote for " + words.end(device)));
            }
            for (IpAddress remote : remotes.get()) {
                List<End> there = wiring.devicesAt(remote);
                if (device.at().has(remote)) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE,
                            words.end(device) + " sends to " + remote + ", which is its own machine's address",
                            seen,
                            "the other machine's address as the remote of " + words.end(device)));
                }
                if (ground.holders(remote).isEmpty() && ground.everythingRead()) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE,
                            words.end(device) + " sends to " + remote + ", which no machine of this lab has",
                            seen,
                            "the other machine's address as the remote of " + words.end(device)));
                }
                if (there.size() == 1) {
                    Vxlan other = there.get(0).link().layer().vxlan().orElseThrow();
                    if (other.id() != own.id()) {
                        return Optional.of(new Broken(
                                Cause.VXLAN_ID,
                                words.end(device) + " has the id " + own.id() + ", " + words.end(there.get(0))
                                        + " the id " + other.id(),
                                seen,
                                "the same VXLAN id at both ends"));
                    }
                    if (other.port() != own.port()) {
                        return Optional.of(new Broken(
                                Cause.VXLAN_PORT,
                                words.end(device) + " sends to UDP port " + own.port() + ", " + words.end(there.get(0))
                                        + " listens on " + other.port(),
                                seen,
                                "the same UDP port at both ends"));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
