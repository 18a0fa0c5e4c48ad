package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How namespaces and interfaces are called in a sentence, and the commands that show them, typed on the first lab host. */
record PathWording(NetworkModel model, Scope from) {
    /** {@code the lab host}, {@code alpha}, {@code red}, {@code web and sidecar}, with several lab hosts {@code red on alpha}. */
    Term place(Node node) {
        Scope scope = scope(node);
        Optional<String> host = model.severalHosts() ? Optional.of(node.host().name()) : Optional.empty();
        List<String> containers = containers(node);
        return containers.size() > 1
                ? new SharedNamespace(host, containers)
                : new Scope(host, scope.kind(), containers.isEmpty() ? scope.name() : containers.get(0));
    }

    /** Whether more than one is meant, as by {@code web and sidecar}. */
    boolean several(Node node) {
        return containers(node).size() > 1;
    }

    /** The containers that use a namespace, where it is called after them. */
    private List<String> containers(Node node) {
        return scope(node).kind() == Scope.Kind.CONTAINER ? node.namespace().names(Scope.Kind.CONTAINER) : List.of();
    }

    /** {@code eth0 in red}; an interface of the one lab host needs no place: {@code docker0}. */
    Message end(Interface end) {
        boolean bare = !model.severalHosts() && scope(end.at()).kind() == Scope.Kind.HOST;
        return bare
                ? Message.verbatim(end.name())
                : say("place.interface", "interface", end.name(), "place", place(end.at()));
    }

    /** The name under which a namespace is typed; the one that was asked about comes first. */
    Scope scope(Node node) {
        if (model.node(from).equals(Optional.of(node))) {
            return from;
        }
        return node.namespace().names().stream()
                .findFirst()
                .orElseGet(() -> new Scope(Optional.empty(), Scope.Kind.PID, "1"));
    }

    /** {@code ip -n red route}, {@code docker exec web ip route}. */
    String ip(Node node, String arguments) {
        return on(node) + learner(node).ownIp(arguments);
    }

    /** The same by the lab host's own program and right to change things, which a container's has not. */
    String change(Node node, String arguments) {
        return on(node) + learner(node).ip(arguments);
    }

    /** {@code ss -lnt}, {@code ip netns exec red ss -lnt}, {@code nsenter --target 4242 --net ss -lnt}. */
    String in(Node node, String command) {
        return on(node) + learner(node).net(command);
    }

    private LearnerCommand learner(Node node) {
        Scope scope = scope(node);
        OptionalInt pid = model.containers(node).stream()
                .filter(container -> scope.kind() == Scope.Kind.CONTAINER
                        && container.name().equals(scope.name())
                        && container.pid() > 0)
                .mapToInt(Container::pid)
                .findFirst();
        return new LearnerCommand(scope, pid);
    }

    private String on(Node node) {
        return node.host().name().equals(model.facts().defaultHost())
                ? ""
                : "on " + node.host().name() + " ";
    }

    /** {@code iptables -t nat -S POSTROUTING} in that namespace. */
    String chain(Node node, ChainId chain) {
        return in(node, chain.command());
    }
}
