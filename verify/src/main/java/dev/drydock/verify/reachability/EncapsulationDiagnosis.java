package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.Optional;
import java.util.Set;

/** Faults of interfaces that share a parent interface: macvlan and ipvlan. */
final class EncapsulationDiagnosis {
    /** The macvlan modes that keep interfaces of one parent apart. */
    private static final Set<String> APART = Set.of("private", "vepa");

    private final NetworkModel model;
    private final PathWording words;
    private final InterfaceDiagnosis faults;

    EncapsulationDiagnosis(NetworkModel model, PathWording words) {
        this.model = model;
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
                        say("mend.mode-bridge", "interface", words.end(end)),
                        words.change(
                                end.at(),
                                "link set " + LearnerCommand.quoted(end.name()) + " type macvlan mode bridge")))
                : Optional.empty();
    }
}
