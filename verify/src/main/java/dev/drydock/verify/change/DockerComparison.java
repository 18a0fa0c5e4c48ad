package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.words.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares Docker's own state: containers, networks, and which container is on which network. */
final class DockerComparison {
    private final HostComparison host;

    DockerComparison(HostComparison host) {
        this.host = host;
    }

    void compare() {
        networks();
        Map<String, Container> was = ChangeCauses.byId(host.before);
        Map<String, Container> is = ChangeCauses.byId(host.after);
        TreeSet<String> ids = new TreeSet<>(was.keySet());
        ids.addAll(is.keySet());
        for (String id : ids) {
            Optional<Container> one = Optional.ofNullable(was.get(id));
            Optional<Container> other = Optional.ofNullable(is.get(id));
            if (one.isEmpty()) {
                made(other.orElseThrow(), is);
            } else if (other.isEmpty()) {
                Container gone = one.get();
                add(
                        gone,
                        Kind.CONTAINER,
                        Sign.REMOVED,
                        "container",
                        say("change.container-gone", "container", gone.name(), "state", state(gone)));
            } else {
                compare(one.get(), other.get());
            }
        }
    }

    private void add(Container container, Kind kind, Sign sign, String label, Message words) {
        host.add(
                host.causes.of(container),
                Change.of(kind, sign, label, "container:" + container.name(), words)
                        .byNothing(say(kind == Kind.MEMBER ? "no-command.member" : "no-command.container")));
    }

    private static Message state(Container container) {
        boolean failed = !container.running() && container.status().equals("exited") && container.exitCode() != 0;
        return say("change.container-state")
                .with("state", container.status())
                .with("failed", failed)
                .with("status", container.exitCode());
    }

    private void made(Container container, Map<String, Container> all) {
        add(
                container,
                Kind.CONTAINER,
                Sign.ADDED,
                "container",
                say("change.container-made")
                        .with("container", container.name())
                        .with("state", state(container))
                        .with("mode", mode(container, all)));
    }

    /** The network mode, where the container has no network of its own; else its networks. */
    private static Optional<Message> mode(Container container, Map<String, Container> all) {
        String mode = container.networkMode();
        if (mode.equals("host")) {
            return Optional.of(say("change.mode-host"));
        }
        if (mode.equals("none")) {
            return Optional.of(say("change.mode-none"));
        }
        if (mode.startsWith("container:")) {
            String other = mode.substring("container:".length());
            String name = all.values().stream()
                    .filter(one -> one.id().equals(other))
                    .map(Container::name)
                    .findFirst()
                    .orElse(other);
            return Optional.of(say("change.mode-container", "container", name));
        }
        return container.attachments().isEmpty()
                ? Optional.empty()
                : Optional.of(say("change.mode-networks")
                        .with("networks", new TreeSet<>(container.attachments().keySet())));
    }

    private void compare(Container was, Container is) {
        if (!was.name().equals(is.name())) {
            add(
                    is,
                    Kind.CONTAINER,
                    Sign.CHANGED,
                    "container",
                    say("change.container-renamed", "before", was.name(), "now", is.name()));
        }
        if (!was.status().equals(is.status())) {
            add(
                    is,
                    Kind.CONTAINER,
                    Sign.CHANGED,
                    "container",
                    say("change.from-to", "what", is.name(), "before", was.status(), "now", state(is)));
        } else if (was.running() && was.pid() != is.pid()) {
            add(
                    is,
                    Kind.CONTAINER,
                    Sign.CHANGED,
                    "container",
                    say("change.container-restarted", "container", is.name()));
        }
        TreeMap<String, Attachment> before = new TreeMap<>(was.attachments());
        TreeMap<String, Attachment> now = new TreeMap<>(is.attachments());
        now.forEach((network, attachment) -> {
            if (!before.containsKey(network)) {
                add(
                        is,
                        Kind.MEMBER,
                        Sign.ADDED,
                        "member",
                        say("change.member-added")
                                .with("container", is.name())
                                .with("network", network)
                                .with("address", attachment.address()));
            } else if (is.running()
                    && was.running()
                    && !before.get(network).address().equals(attachment.address())) {
                add(
                        is,
                        Kind.MEMBER,
                        Sign.CHANGED,
                        "member",
                        say("change.member-address")
                                .with("container", is.name())
                                .with("network", network)
                                .with("before", before.get(network).address())
                                .with("now", attachment.address()));
            }
        });
        before.keySet().stream()
                .filter(network -> !now.containsKey(network))
                .forEach(network -> add(
                        is,
                        Kind.MEMBER,
                        Sign.REMOVED,
                        "member",
                        say("change.member-gone", "container", is.name(), "network", network)));
    }

    private void networks() {
        List<DockerNetwork> was = sorted(Pairing.known(host.before.networks()));
        List<DockerNetwork> is = sorted(Pairing.known(host.after.networks()));
        was.stream().filter(one -> none(is, one)).forEach(one -> network(one, Sign.REMOVED));
        is.stream().filter(one -> none(was, one)).forEach(one -> network(one, Sign.ADDED));
    }

    private static List<DockerNetwork> sorted(List<DockerNetwork> networks) {
        return networks.stream()
                .sorted(Comparator.comparing(DockerNetwork::name))
                .toList();
    }

    private static boolean none(List<DockerNetwork> all, DockerNetwork one) {
        return all.stream().noneMatch(other -> other.id().equals(one.id()));
    }

    private void network(DockerNetwork network, Sign sign) {
        Message words = say("change.network")
                .with("network", network.name())
                .with("driver", network.driver())
                .with("subnets", network.subnets())
                .with("bridge", network.bridge());
        host.add(
                host.causes.of(network),
                Change.of(Kind.NETWORK, sign, "network", "host", words).byNothing(say("no-command.network")));
    }
}
