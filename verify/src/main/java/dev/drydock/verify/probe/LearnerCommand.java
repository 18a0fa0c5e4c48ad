package dev.drydock.verify.probe;

import dev.drydock.verify.facts.Scope;
import java.util.OptionalInt;

/**
 * How a learner would type a command on the lab host, so that it says the same as what the sweep ran.
 *
 * @param scope the place as a reader knows it
 * @param pid a process inside, where one is known
 */
record LearnerCommand(Scope scope, OptionalInt pid) {

    /** {@code ip -n red route}, or with a process {@code nsenter --target 42 --net ip route}. */
    String ip(String arguments) {
        return scope.kind() == Scope.Kind.NETNS ? "ip -n " + scope.name() + " " + arguments : net("ip " + arguments);
    }

    /** {@code ip netns exec red iptables-save}, or with a process {@code nsenter --target 42 --net iptables-save}. */
    String net(String command) {
        return switch (scope.kind()) {
            case HOST -> command;
            case NETNS -> "ip netns exec " + scope.name() + " " + command;
            case CONTAINER ->
                (pid.isPresent()
                                ? "nsenter --target " + pid.getAsInt() + " --net "
                                : "nsenter --target $(docker inspect -f '{{.State.Pid}}' " + scope.name() + ") --net ")
                        + command;
            case PID -> "nsenter --target " + scope.name() + " --net " + command;
        };
    }

    /** With the container's own tools and files: {@code docker exec web ping db}; elsewhere as {@link #net}. */
    String inside(String command) {
        return scope.kind() == Scope.Kind.CONTAINER ? "docker exec " + scope.name() + " " + command : net(command);
    }

    /** Reading a file as this place sees it: {@code cat /etc/hosts}. */
    String file(String path) {
        return switch (scope.kind()) {
            case HOST, NETNS -> "cat " + path;
            case CONTAINER -> "docker exec " + scope.name() + " cat " + path;
            case PID -> "cat /proc/" + scope.name() + "/root" + path;
        };
    }
}
