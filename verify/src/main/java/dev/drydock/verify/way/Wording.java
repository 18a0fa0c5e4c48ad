package dev.drydock.verify.way;

import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.ChainId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How namespaces and interfaces are called in a sentence, and the commands that show them, typed on the first lab host. */
record Wording(Ground ground, Scope from) {
    /** {@code the lab host}, {@code alpha}, {@code red}, {@code web and sidecar}. */
    String place(Station station) {
        Scope scope = scope(station);
        String on = ground.severalHosts() && scope.kind() != Scope.Kind.HOST
                ? " on " + station.host().name()
                : "";
        return switch (scope.kind()) {
            case HOST -> ground.severalHosts() ? station.host().name() : "the lab host";
            case NETNS -> scope.name() + on;
            case CONTAINER ->
                list(station.namespace().names().stream()
                                .filter(name -> name.kind() == Scope.Kind.CONTAINER)
                                .map(Scope::name)
                                .toList())
                        + on;
            case PID -> "process " + scope.name() + on;
        };
    }

    /** {@code red takes}, {@code web and sidecar take}. */
    String does(Station station, String verb) {
        boolean several = scope(station).kind() == Scope.Kind.CONTAINER
                && station.namespace().names().stream()
                                .filter(name -> name.kind() == Scope.Kind.CONTAINER)
                                .count()
                        > 1;
        return place(station) + " " + verb + (several ? "" : "s");
    }

    /** {@code on the lab host}, {@code in red}. */
    String at(Station station) {
        return (scope(station).kind() == Scope.Kind.HOST ? "on " : "in ") + place(station);
    }

    /** {@code eth0 in red}; an interface of the one lab host needs no place: {@code docker0}. */
    String end(End end) {
        boolean bare = !ground.severalHosts() && scope(end.at()).kind() == Scope.Kind.HOST;
        return bare ? end.name() : end.name() + " " + at(end.at());
    }

    /** The name under which a namespace is typed; the one that was asked about comes first. */
    Scope scope(Station station) {
        if (ground.station(from).equals(Optional.of(station))) {
            return from;
        }
        return station.namespace().names().stream()
                .findFirst()
                .orElseGet(() -> new Scope(Optional.empty(), Scope.Kind.PID, "1"));
    }

    /** {@code ip -n red route}, {@code docker exec web ip route}. */
    String ip(Station station, String arguments) {
        return on(station) + learner(station).ownIp(arguments);
    }

    /** The same by the lab host's own program and right to change things, which a container's has not. */
    String change(Station station, String arguments) {
        return on(station) + learner(station).ip(arguments);
    }

    /** {@code ss -lnt}, {@code ip netns exec red ss -lnt}, {@code nsenter --target 4242 --net ss -lnt}. */
    String in(Station station, String command) {
        return on(station) + learner(station).net(command);
    }

    private LearnerCommand learner(Station station) {
        Scope scope = scope(station);
        OptionalInt pid = ground.containers(station).stream()
                .filter(container -> scope.kind() == Scope.Kind.CONTAINER
                        && container.name().equals(scope.name())
                        && container.pid() > 0)
                .mapToInt(Container::pid)
                .findFirst();
        return new LearnerCommand(scope, pid);
    }

    private String on(Station station) {
        return station.host().name().equals(ground.facts().defaultHost())
                ? ""
                : "on " + station.host().name() + " ";
    }

    /** {@code iptables -t nat -S POSTROUTING} in that namespace. */
    String chain(Station station, ChainId chain) {
        return in(station, chain.command());
    }

    /** {@code a, b and c}. */
    static String list(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
    }
}
