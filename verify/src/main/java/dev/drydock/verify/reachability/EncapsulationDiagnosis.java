package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

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
import java.util.Set;

/** Interfaces made upon another: those that share a parent, and tunnels. */
final class EncapsulationDiagnosis {
    /** Modes of macvlan that keep interfaces of one parent apart. */
    private static final Set<String> APART = Set.of("private", "vepa");

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
                return Optional.of(faults.down(
                        holder, say("broken.holder-down", "interface", words.end(holder), "address", next)));
            }
            boolean own = belowHolder.equals(Optional.of(out));
            if (own
                    || below.filter(parent -> parent.at().equals(holder.at()) && parent.has(next))
                            .isPresent()) {
                Interface child = own ? holder : out;
                Interface parent = own ? out : below.orElseThrow();
                return Optional.of(new Broken(
                        Cause.PARENT_AND_CHILD,
                        say(
                                "broken.parent-and-child",
                                "interface",
                                words.end(child),
                                "kind",
                                child.link().kind(),
                                "parent",
                                words.end(parent)),
                        faults.links(child),
                        say("mend.own-child", "kind", child.link().kind(), "place", words.place(parent.at()))));
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
        return APART.contains(mode)
                ? Optional.of(new Broken(
                        Cause.SHARED_CARD_MODE,
                        say("broken.mode." + mode, "interface", words.end(end), "parent", words.end(card)),
                        new Evidence(
                                words.ip(end.at(), "-d link show " + LearnerCommand.quoted(end.name())),
                                "macvlan mode " + mode),
                        say("mend.mode-bridge", "interface", words.end(end))))
                : Optional.empty();
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
                        say("broken.tunnel-without-remote", "interface", words.end(device)),
                        seen,
                        say("mend.tunnel-remote", "interface", words.end(device))));
            }
            for (IpAddress remote : remotes.get()) {
                List<Interface> there = l2.devicesAt(remote);
                if (device.at().has(remote)) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE,
                            say("broken.tunnel-to-itself", "interface", words.end(device), "address", remote),
                            seen,
                            say("mend.tunnel-other-remote", "interface", words.end(device))));
                }
                if (model.holders(remote).isEmpty() && model.everythingRead()) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE,
                            say("broken.tunnel-to-nobody", "interface", words.end(device), "address", remote),
                            seen,
                            say("mend.tunnel-other-remote", "interface", words.end(device))));
                }
                if (there.size() == 1) {
                    Vxlan other = there.get(0).link().layer().vxlan().orElseThrow();
                    if (other.id() != own.id()) {
                        return Optional.of(new Broken(
                                Cause.VXLAN_ID,
                                say(
                                        "broken.tunnel-ids",
                                        "interface",
                                        words.end(device),
                                        "id",
                                        own.id(),
                                        "other",
                                        words.end(there.get(0)),
                                        "otherId",
                                        other.id()),
                                seen,
                                say("mend.tunnel-id")));
                    }
                    if (other.port() != own.port()) {
                        return Optional.of(new Broken(
                                Cause.VXLAN_PORT,
                                say(
                                        "broken.tunnel-ports",
                                        "interface",
                                        words.end(device),
                                        "port",
                                        own.port(),
                                        "other",
                                        words.end(there.get(0)),
                                        "otherPort",
                                        other.port()),
                                seen,
                                say("mend.tunnel-port")));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
