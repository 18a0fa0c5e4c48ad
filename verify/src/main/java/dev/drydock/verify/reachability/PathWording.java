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

/** The words for namespaces and interfaces, and the commands to show or change their state, as typed on the first lab host. */
record PathWording(NetworkModel model, Scope from) {
    /**
     * The name of a namespace: {@code the lab host}, {@code alpha}, {@code red}, {@code web and sidecar}; with several lab hosts
     * {@code red on alpha}.
     */
    Term place(Node node) {
        Scope scope = scope(node);
        Optional<String> host = model.severalHosts() ? Optional.of(node.host().name()) : Optional.empty();
        List<String> containers = containers(node);
        return containers.size() > 1
                ? new SharedNamespace(host, containers)
                : new Scope(host, scope.kind(), containers.isEmpty() ? scope.name() : containers.get(0));
    }

    /** Whether {@link #place} names several containers, so that the sentence needs a plural. */
    boolean several(Node node) {
        return containers(node).size() > 1;
    }

    /** The containers in a namespace that is named after them; else empty. */
    private List<String> containers(Node node) {
        return scope(node).kind() == Scope.Kind.CONTAINER ? node.namespace().names(Scope.Kind.CONTAINER) : List.of();
    }

    /** {@code eth0 in red}; on a single lab host the name alone: {@code docker0}. */
    Message end(Interface end) {
        boolean bare = !model.severalHosts() && scope(end.at()).kind() == Scope.Kind.HOST;
        return bare
                ? Message.verbatim(end.name())
                : say("place.interface", "interface", end.name(), "place", place(end.at()));
    }

    /** The name to type for a namespace; the one in the query is preferred. */
    Scope scope(Node node) {
        if (model.node(from).equals(Optional.of(node))) {
            return from;
        }
        return node.namespace().names().stream()
                .findFirst()
                .orElseGet(() -> new Scope(Optional.empty(), Scope.Kind.PID, "1"));
    }

    /** The option for {@code ip}: {@code -6} with a space for IPv6, nothing for IPv4. */
    static String family(IpAddress address) {
        return address.isIpv6() ? "-6 " : "";
    }

    /** {@code ip -n red route}, {@code nsenter --target 4242 --net ip route}: runs the lab host's own program, since many images have none. */
    String ip(Node node, String arguments) {
        return on(node) + learner(node).ip(arguments);
    }

    /** As {@link #ip}, for commands that change something. */
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

    /** {@code on beta } before a command for another lab host than the first; else an empty text. */
    String on(Node node) {
        return node.host().name().equals(model.facts().defaultHost())
                ? ""
                : "on " + node.host().name() + " ";
    }

    /** Runs a command with the container's own programs and files: {@code docker exec web ping db}; elsewhere as {@link #in}. */
    String inside(Node node, String command) {
        return on(node) + learner(node).inside(command);
    }

    /** Reads a file as programs in the namespace see it: {@code docker exec web cat /etc/resolv.conf}, {@code ip netns exec red cat …}. */
    String file(Node node, String path) {
        boolean netns = scope(node).kind() == Scope.Kind.NETNS;
        return netns ? in(node, "cat " + path) : on(node) + learner(node).file(path);
    }

    /** The value of a sysctl, as evidence. */
    Evidence setting(Node node, String name, String value) {
        return new Evidence(in(node, LearnerCommand.sysctl(name)), name + " = " + value);
    }

    /** The finding that a sysctl is 0 which has to be 1, with the command that sets it. */
    StepFinding.Broken switchedOff(Cause cause, Node node, String setting, Message found) {
        return new StepFinding.Broken(
                cause,
                found,
                setting(node, setting, "0"),
                say("mend.setting-on", "setting", setting, "place", place(node)),
                in(node, LearnerCommand.sysctl(setting, 1)));
    }

    /** The command that lists a chain: {@code iptables -t nat -S POSTROUTING}. */
    String chain(Node node, ChainId chain) {
        return in(node, chain.command());
    }
}
