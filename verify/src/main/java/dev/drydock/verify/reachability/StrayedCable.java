package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cable that was probably made for a namespace which has no interface, but leads elsewhere: one whose end on the lab host is named after the
 * namespace, as {@code blue0} for {@code blue}; else one that leads to a namespace without a name.
 *
 * @param near the end that is where it should be
 * @param far the other end; empty where it is in no namespace that was found
 */
record StrayedCable(Interface near, Optional<Interface> far) {
    static Optional<StrayedCable> of(NetworkModel model, Node without) {
        return ends(model, without)
                .filter(end -> end.at().isHost() && isNamedAfter(end, without))
                .flatMap(end -> cable(model, end, other -> true).stream())
                .findFirst()
                .or(() -> ends(model, without)
                        .filter(end -> !isUnnamed(end.at()))
                        .flatMap(end -> cable(model, end, other -> isUnnamed(other.at())).stream())
                        .filter(cable -> cable.far().isPresent())
                        .findFirst());
    }

    private static Stream<Interface> ends(NetworkModel model, Node without) {
        return model.nodes(without.host())
                .filter(node -> !node.equals(without))
                .flatMap(Node::ends)
                .filter(end -> end.link().kind().equals("veth"));
    }

    private static Optional<StrayedCable> cable(NetworkModel model, Interface near, Predicate<Interface> wanted) {
        Lookup<Interface> other = model.peerOf(near);
        return other.fold(
                far -> wanted.test(far.value())
                        ? Optional.of(new StrayedCable(near, Optional.of(far.value())))
                        : Optional.empty(),
                absent -> Optional.of(new StrayedCable(near, Optional.empty())),
                unknown -> Optional.empty());
    }

    /** {@code blue0}, {@code blue-br}, but not {@code bluetooth}. */
    private static boolean isNamedAfter(Interface end, Node node) {
        String name = end.name().toLowerCase(Locale.ROOT);
        return node.namespace().names(Scope.Kind.NETNS).stream()
                .map(netns -> netns.toLowerCase(Locale.ROOT))
                .anyMatch(netns -> name.startsWith(netns)
                        && !name.substring(netns.length()).matches("\\p{L}.*"));
    }

    private static boolean isUnnamed(Node node) {
        return node.namespace().names().stream().allMatch(name -> name.kind() == Scope.Kind.PID);
    }

    /** {@code blue has no interface but lo; the other end of blue0 is eth1 in red}. */
    Message found(PathWording words, Node without) {
        return say("broken.cable-strayed")
                .with("place", words.place(without))
                .with("near", words.end(near))
                .with("far", far.map(words::end))
                .with("host", far.filter(end -> end.at().isHost()).isPresent())
                .with("unnamed", far.filter(end -> isUnnamed(end.at())).isPresent());
    }

    Message mend(PathWording words, Node without) {
        return far.map(end -> say("mend.move-end", "interface", words.end(end), "place", words.place(without)))
                .orElseGet(() -> say("mend.cable", "place", words.place(without)));
    }
}
