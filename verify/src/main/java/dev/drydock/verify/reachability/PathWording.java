package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.ChainId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How namespaces and interfaces are called in a sentence, and the commands that show them, typed on the first lab host. */
record PathWording(NetworkModel model, Scope from) {
    /** {@code the lab host}, {@code alpha}, {@code red}, {@code web and sidecar}. */
    String place(Node node) {
        Scope scope = scope(node);
        String on = model.severalHosts() && scope.kind() != Scope.Kind.HOST
                ? " on " + node.host().name()
                : "";
        return switch (scope.kind()) {
            case HOST -> model.severalHosts() ? node.host().name() : "the lab host";
            case NETNS -> scope.name() + on;
            case CONTAINER -> list(node.namespace().names(Scope.Kind.CONTAINER)) + on;
            case PID -> "process " + scope.name() + on;
        };
    }

    /** {@code red takes}, {@code web and sidecar take}. */
    String does(Node node, String verb) {
        boolean several = scope(node).kind() == Scope.Kind.CONTAINER
                && node.namespace().names(Scope.Kind.CONTAINER).size() > 1;
        return place(node) + " " + verb + (several ? "" : "s");
    }

    /** {@code on the lab host}, {@code in red}. */
    String at(Node node) {
        return (scope(node).kind() == Scope.Kind.HOST ? "on " : "in ") + place(node);
    }

    /** {@code eth0 in red}; an interface of the one lab host needs no place: {@code docker0}. */
    String end(Interface end) {
        boolean bare = !model.severalHosts() && scope(end.at()).kind() == Scope.Kind.HOST;
        return bare ? end.name() : end.name() + " " + at(end.at());
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

    /** {@code a, b and c}. */
    static String list(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
    }
}
