package dev.drydock.verify.change;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What Docker itself remembers: containers, networks, and who is on which. */
final class DockerComparison {
    private static final String NO_CONTAINER =
            "a container is a process with namespaces and files of its own; Docker keeps the list";
    private static final String NO_NETWORK = "Docker keeps the list of its networks; what one is made of stands below";

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
                add(gone, Kind.CONTAINER, Sign.REMOVED, "container", gone.name() + ", was " + status(gone));
            } else {
                compare(one.get(), other.get());
            }
        }
    }

    private void add(Container container, Kind kind, Sign sign, String label, String words) {
        host.add(
                host.causes.of(container),
                Change.of(kind, sign, label, "container:" + container.name(), words)
                        .byNothing(
                                kind == Kind.MEMBER
                                        ? "Docker keeps the list of who is on a network; what it is made of stands below"
                                        : NO_CONTAINER));
    }

    private static String status(Container container) {
        boolean failed = !container.running() && container.status().equals("exited") && container.exitCode() != 0;
        return container.status() + (failed ? " with status " + container.exitCode() : "");
    }

    private void made(Container container, Map<String, Container> all) {
        add(
                container,
                Kind.CONTAINER,
                Sign.ADDED,
                "container",
                container.name() + ", " + status(container) + mode(container, all));
    }

    /** What its network mode means where it has no network of its own. */
    private static String mode(Container container, Map<String, Container> all) {
        String mode = container.networkMode();
        if (mode.equals("host")) {
            return "; it shares the host's network namespace";
        }
        if (mode.equals("none")) {
            return "; on no network, with lo alone";
        }
        if (mode.startsWith("container:")) {
            String other = mode.substring("container:".length());
            String name = all.values().stream()
                    .filter(one -> one.id().equals(other))
                    .map(Container::name)
                    .findFirst()
                    .orElse(other);
            return "; it shares the network namespace of " + name;
        }
        return container.attachments().isEmpty()
                ? ""
                : "; on "
                        + String.join(
                                ", ", new TreeSet<>(container.attachments().keySet()));
    }

    private void compare(Container was, Container is) {
        if (!was.name().equals(is.name())) {
            add(is, Kind.CONTAINER, Sign.CHANGED, "container", was.name() + " is called " + is.name() + " now");
        }
        if (!was.status().equals(is.status())) {
            add(is, Kind.CONTAINER, Sign.CHANGED, "container", is.name() + ": " + was.status() + " → " + status(is));
        } else if (was.running() && was.pid() != is.pid()) {
            add(is, Kind.CONTAINER, Sign.CHANGED, "container", is.name() + ": started anew");
        }
        TreeMap<String, Attachment> before = new TreeMap<>(was.attachments());
        TreeMap<String, Attachment> now = new TreeMap<>(is.attachments());
        now.forEach((network, attachment) -> {
            if (!before.containsKey(network)) {
                String address =
                        attachment.address().map(found -> " as " + found).orElse("");
                add(is, Kind.MEMBER, Sign.ADDED, "member", is.name() + " is on " + network + address);
            } else if (is.running()
                    && was.running()
                    && !before.get(network).address().equals(attachment.address())) {
                add(
                        is,
                        Kind.MEMBER,
                        Sign.CHANGED,
                        "member",
                        is.name() + " on " + network + ": " + shown(before.get(network)) + " → " + shown(attachment));
            }
        });
        before.keySet().stream()
                .filter(network -> !now.containsKey(network))
                .forEach(network ->
                        add(is, Kind.MEMBER, Sign.REMOVED, "member", is.name() + " is on " + network + " no more"));
    }

    private static String shown(Attachment attachment) {
        return attachment.address().map(Object::toString).orElse("no address");
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
        String subnets = network.subnets().stream().map(Cidr::toString).collect(Collectors.joining(", "));
        String words = network.name() + ", " + network.driver() + (subnets.isEmpty() ? "" : ", " + subnets)
                + network.bridge().map(bridge -> ", bridge " + bridge).orElse("");
        host.add(
                host.causes.of(network),
                Change.of(Kind.NETWORK, sign, "network", "host", words).byNothing(NO_NETWORK));
    }
}
