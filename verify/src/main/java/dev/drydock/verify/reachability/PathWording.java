package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
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

    /** The option of ip that makes it speak of that version of IP: nothing for IPv4. */
    static String family(IpAddress address) {
        return address.isIpv6() ? "-6 " : "";
    }

    /** {@code ip -n red route}, {@code nsenter --target 4242 --net ip route}: the lab host's own program, which not every image has. */
    String ip(Node node, String arguments) {
        return on(node) + learner(node).ip(arguments);
    }

    /** The same with the right to change things, which a container's own processes have not. */
    String change(Node node, String arguments) {
        return ip(node, arguments);
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

    /** {@code on beta } before what is typed for a node of another lab host than the first. */
    String on(Node node) {
        return node.host().name().equals(model.facts().defaultHost())
                ? ""
                : "on " + node.host().name() + " ";
    }

    /** With the container's own tools and files: {@code docker exec web ping db}; elsewhere as {@link #in}. */
    String inside(Node node, String command) {
        return on(node) + learner(node).inside(command);
    }

    /** Reading a file as the programs there see it: {@code docker exec web cat /etc/resolv.conf}, {@code ip netns exec red cat …}. */
    String file(Node node, String path) {
        boolean netns = scope(node).kind() == Scope.Kind.NETNS;
        return netns ? in(node, "cat " + path) : on(node) + learner(node).file(path);
    }

    /** That a setting of the kernel has this value there, as sysctl prints it. */
    Evidence setting(Node node, String name, String value) {
        return new Evidence(in(node, "sysctl " + name), name + " = " + value);
    }

    /** {@code iptables -t nat -S POSTROUTING} in that namespace. */
    String chain(Node node, ChainId chain) {
        return in(node, chain.command());
    }
}
