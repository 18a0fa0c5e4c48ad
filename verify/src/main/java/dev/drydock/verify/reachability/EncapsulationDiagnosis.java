package dev.drydock.verify.reachability;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.Flooded;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;

/** Interfaces made upon another: those that share a parent, and tunnels. */
final class EncapsulationDiagnosis {
    private final NetworkModel model;
    private final L2Topology l2;
    private final PathWording words;
    private final InterfaceDiagnosis faults;

    EncapsulationDiagnosis(NetworkModel model, L2Topology l2, PathWording words) {
        this.model = model;
        this.l2 = l2;
        this.words = words;
        this.faults = new InterfaceDiagnosis(words);
    }

    Optional<Broken> sharedCard(Interface out, IpAddress next) {
        for (Interface holder : model.holders(next)) {
            Optional<Interface> below = parent(out);
            Optional<Interface> belowHolder = parent(holder);
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
                Interface child = own ? holder : out;
                Interface parent = own ? out : below.orElseThrow();
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

    private Optional<Interface> parent(Interface end) {
        return L2Topology.SHARING.contains(end.link().kind()) ? model.parent(end) : Optional.empty();
    }

    private Optional<Broken> apart(Interface end, Interface card) {
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
    Optional<Broken> tunnel(Flooded wired) {
        for (Interface device : wired.ends()
                .filter(end -> end.link().layer().vxlan().isPresent())
                .toList()) {
            Vxlan own = device.link().layer().vxlan().orElseThrow();
            Optional<List<IpAddress>> remotes = l2.remotes(device);
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
                List<Interface> there = l2.devicesAt(remote);
                if (device.at().has(remote)) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE,
                            words.end(device) + " sends to " + remote + ", which is its own machine's address",
                            seen,
                            "the other machine's address as the remote of " + words.end(device)));
                }
                if (model.holders(remote).isEmpty() && model.everythingRead()) {
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
