package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The reasons that Docker itself has for a container that cannot be reached: not running, outside its namespace, without a network. */
public record ContainerDiagnosis(NetworkModel model, HostFacts host) {
    private static final String JOINED = "container:";
    private static final Pattern TAKEN =
            Pattern.compile("Bind for \\S+?:(\\d+) failed: port|:(\\d+): bind: address already in use");
    private static final Pattern NOT_RUNNING_OWNER = Pattern.compile("non running container: ([0-9a-f]{12,64})");

    /**
     * Tells that a container with network mode {@code container:…} is no longer in the namespace of the container that it joined.
     *
     * @return a sentence without a full stop; empty where this is not the case, or not known
     */
    public static Optional<Message> leftBehind(Facts facts, Scope scope) {
        return facts.host(scope).toOptional().flatMap(host -> host.container(scope.name())
                .toOptional()
                .filter(here -> scope.kind() == Scope.Kind.CONTAINER)
                .flatMap(here -> new ContainerDiagnosis(NetworkModel.of(facts), host).left(here)));
    }

    private Optional<Message> left(Container container) {
        Optional<String> joined = joined(container);
        if (joined.isEmpty()) {
            return Optional.empty();
        }
        Optional<Container> owner = owner(container);
        if (owner.isEmpty()) {
            return joined.filter(id -> id.matches("[0-9a-f]{64}"))
                    .map(id ->
                            say("container.joined-gone", "container", container.name(), "owner", id.substring(0, 12)));
        }
        if (!owner.get().running()) {
            return container.running()
                    ? Optional.of(
                            say("container.owner-stopped", "owner", owner.get().name(), "container", container.name()))
                    : Optional.empty();
        }
        Optional<Namespace> theirs = namespace(owner.get());
        return namespace(container)
                .filter(here -> theirs.isPresent() && theirs.get().inode() != here.inode())
                .map(here ->
                        say("container.owner-restarted", "owner", owner.get().name(), "container", container.name()));
    }

    private static Optional<String> joined(Container container) {
        return Optional.of(container.networkMode())
                .filter(mode -> mode.startsWith(JOINED))
                .map(mode -> mode.substring(JOINED.length()));
    }

    private Optional<Container> owner(Container container) {
        return joined(container)
                .flatMap(id -> all().filter(one -> one.id().equals(id)).findFirst());
    }

    private Optional<Namespace> namespace(Container container) {
        return host.namespace(Scope.container(container.name())).toOptional();
    }

    private Stream<Container> all() {
        return NetworkModel.containers(host).stream();
    }

    /** Why a container's namespace has only {@code lo}; empty where Docker's facts do not explain it. */
    Optional<Broken> withoutInterface(Container container, Evidence shown) {
        Optional<Message> left = left(container);
        if (left.isPresent()) {
            return Optional.of(new Broken(
                    Cause.LEFT_BEHIND, left.get(), Optional.of(shown), joinAgain(container), joining(container)));
        }
        String mode = container.networkMode();
        boolean none = mode.equals("none");
        if ((!none && !container.attachments().isEmpty()) || mode.startsWith(JOINED) || mode.equals("host")) {
            return Optional.empty();
        }
        String network = none || host.network(mode).toOptional().isEmpty() ? "bridge" : mode;
        return Optional.of(new Broken(
                Cause.NO_INTERFACE,
                say(none ? "container.mode-none" : "container.no-network", "container", container.name()),
                Optional.of(shown),
                say("mend.network", "container", container.name()),
                Optional.of((none ? "docker network disconnect none " + container.name() + "; " : "")
                        + "docker network connect " + network + " " + container.name())));
    }

    private Message joinAgain(Container container) {
        return owner(container)
                .map(owner -> say("mend.join-again")
                        .with("container", container.name())
                        .with("owner", Optional.of(owner.name()).filter(name -> !owner.running())))
                .orElseGet(() -> say("mend.new-container", "container", container.name()));
    }

    private Optional<String> joining(Container container) {
        return owner(container)
                .map(owner -> (owner.running() ? "" : "docker start " + owner.name() + "; ") + "docker restart -t 0 "
                        + container.name());
    }

    /** A listener of a joined container that still is in the old namespace, which this container left at its restart. */
    Optional<Broken> leftListening(Node at, String protocol, int port, Evidence shown) {
        for (Container owner : model.containersIn(at)) {
            for (Container other : all().filter(Container::running).toList()) {
                boolean joined = joined(other).equals(Optional.of(owner.id()));
                boolean listens = namespace(other)
                        .flatMap(left -> left.sockets().toOptional())
                        .stream()
                        .flatMap(List::stream)
                        .anyMatch(socket -> isAt(socket, protocol, port));
                Optional<Message> left = joined && listens ? left(other) : Optional.empty();
                if (left.isPresent()) {
                    return Optional.of(new Broken(
                            Cause.LEFT_BEHIND,
                            say("broken.listens-behind")
                                    .with("port", port + "/" + protocol)
                                    .with("container", other.name())
                                    .with("why", left.get()),
                            Optional.of(shown),
                            joinAgain(other),
                            joining(other)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isAt(Socket socket, String protocol, int port) {
        return socket.protocol().equals(protocol) && socket.port() == port;
    }

    /** Why a container does not run. */
    Broken stopped(Container container) {
        if (!container.running() && !container.error().isBlank()) {
            return notStarted(container);
        }
        boolean ended =
                container.status().equals("exited") || container.status().equals("restarting");
        boolean again = container.status().equals("created")
                || (container.status().equals("exited") && container.exitCode() > 128);
        return new Broken(
                Cause.NOT_RUNNING,
                stoppedWords(container),
                Optional.of(
                        ended
                                ? inspect(
                                        container,
                                        "{{.State.Status}} {{.State.ExitCode}}",
                                        container.status() + " " + container.exitCode())
                                : inspect(container, "{{.State.Status}}", container.status())),
                ended
                                && !again
                                && (container.exitCode() != 0
                                        || container.status().equals("restarting"))
                        ? say("mend.lasting-command", "container", container.name())
                        : say("mend.start", "container", container.name()),
                Optional.of("docker start " + container.name()).filter(command -> again));
    }

    /** {@code web is not running (exited with status 137)}. */
    static Message stoppedWords(Container container) {
        return container.whyStopped().isPresent() && !container.status().equals("exited")
                ? say("broken.not-running-because")
                        .with("container", container.name())
                        .with("reason", container.whyStopped().get())
                : say("broken.not-running", "container", container.name(), "condition", container.condition());
    }

    private static Evidence inspect(Container container, String format, String shown) {
        return new Evidence("docker inspect -f '" + format + "' " + container.name(), shown);
    }

    private Broken notStarted(Container container) {
        Mend mend = mend(container);
        return new Broken(
                Cause.NOT_STARTED,
                stoppedWords(container),
                Optional.of(
                        inspect(container, "{{.State.Error}}", container.error().strip())),
                mend.words(),
                mend.command());
    }

    private record Mend(Message words, Optional<String> command) {}

    /** How Docker can start the container: a plain start where the obstacle is gone. */
    private Mend mend(Container container) {
        String name = container.name();
        String error = container.error();
        Mend start = new Mend(say("mend.start", "container", name), Optional.of("docker start " + name));
        Matcher taken = TAKEN.matcher(error);
        if (taken.find()) {
            int port = Integer.parseInt(taken.group(1) == null ? taken.group(2) : taken.group(1));
            Optional<Node> node = model.nodes(host).filter(Node::isHost).findFirst();
            boolean held = node.flatMap(at -> at.namespace().sockets().toOptional())
                    .map(all -> all.stream().anyMatch(socket -> socket.port() == port))
                    .orElse(true);
            Optional<String> holder =
                    publishing(port, true).map(Container::name).findFirst();
            return held || holder.isPresent()
                    ? new Mend(
                            say("mend.other-port-for", "container", name, "port", port, "holder", holder),
                            Optional.empty())
                    : start;
        }
        if (error.contains("chain/target/match")) {
            return new Mend(say("mend.docker-again", "container", name), Optional.empty());
        }
        if (error.contains("exec: ")) {
            return new Mend(say("mend.other-command", "container", name, "image", container.image()), Optional.empty());
        }
        Matcher owner = NOT_RUNNING_OWNER.matcher(error);
        if (owner.find()) {
            Optional<Container> stopped =
                    all().filter(one -> one.id().startsWith(owner.group(1))).findFirst();
            return stopped.map(one -> one.running() || one.error().isBlank()
                            ? new Mend(
                                    say("mend.start-after", "container", name, "owner", one.name()),
                                    Optional.of("docker start " + one.name() + " " + name))
                            : new Mend(
                                    say("mend.start-after", "container", name, "owner", one.name()), Optional.empty()))
                    .orElseGet(() -> new Mend(say("mend.new-container", "container", name), Optional.empty()));
        }
        return new Mend(
                error.contains("No such container") || error.startsWith("network ")
                        ? say("mend.new-container", "container", name)
                        : say("mend.what-docker-said", "container", name),
                Optional.empty());
    }

    /**
     * The containers whose {@code -p} names this port of the lab host.
     *
     * @param running true for running containers, false for the others
     */
    Stream<Container> publishing(int port, boolean running) {
        return all().filter(container -> container.running() == running
                && container.ports().asked().stream().anyMatch(mapping -> mapping.outside() == port));
    }

    /** Why nothing listens at a port that a container asked for with {@code -p}; empty where no container asked for it. */
    Optional<Broken> unpublished(int port, String protocol, Evidence shown) {
        for (Container container : publishing(port, true).toList()) {
            Optional<PortMapping> asked = container.ports().asked().stream()
                    .filter(mapping ->
                            mapping.outside() == port && mapping.protocol().equals(protocol))
                    .findFirst();
            if (asked.isEmpty() || container.ports().published().contains(asked.get())) {
                continue;
            }
            if (container.networkMode().equals("host")) {
                return Optional.of(new Broken(
                        Cause.NOT_PUBLISHED,
                        say("broken.published-on-host-network")
                                .with("container", container.name())
                                .with("outside", port)
                                .with("inside", asked.get().inside()),
                        Optional.of(shown),
                        say("mend.own-port", "container", container.name()),
                        Optional.empty()));
            }
            List<String> inside = container.attachments().keySet().stream()
                    .filter(network -> host.network(network)
                            .toOptional()
                            .filter(DockerNetwork::internal)
                            .isPresent())
                    .toList();
            boolean all = !inside.isEmpty()
                    && inside.size() == container.attachments().size();
            if (all || container.attachments().isEmpty()) {
                return Optional.of(new Broken(
                        Cause.NOT_PUBLISHED,
                        say("broken.published-without-network")
                                .with("container", container.name())
                                .with("outside", port)
                                .with("inside", asked.get().inside())
                                .with("networks", inside),
                        Optional.of(shown),
                        say("mend.outward-network", "container", container.name()),
                        Optional.of("docker network connect bridge " + container.name())
                                .filter(command -> all)));
            }
        }
        List<Container> stopped = publishing(port, false).toList();
        return stopped.size() == 1 && publishing(port, true).findAny().isEmpty()
                ? stopped.stream().map(this::stopped).findFirst()
                : Optional.empty();
    }
}
