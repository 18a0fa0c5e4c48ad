package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The names on a lab host when its facts were last collected. Each map goes from a name to a short description.
 *
 * @param hostInterfaces the network interfaces in the host's own namespace
 * @param interfaces the network interfaces in all namespaces of the host
 * @param hosts all lab hosts of the world
 * @param places where {@code why} and {@code trace} can start: containers, namespaces and lab hosts; those of other hosts as {@code beta/web}
 */
record LiveNames(
        SortedMap<String, Message> hostInterfaces,
        SortedMap<String, Message> interfaces,
        SortedMap<String, Message> namespaces,
        SortedMap<String, Message> containers,
        SortedMap<String, Message> networks,
        SortedMap<String, Message> bridges,
        SortedMap<String, Message> addresses,
        SortedMap<String, Message> images,
        SortedMap<String, Message> hosts,
        SortedMap<String, Message> places) {

    /**
     * @param facts empty where none were collected yet; then only the lab hosts are known
     * @param hosts the names of all lab hosts
     * @param host the lab host whose names are wanted
     */
    static LiveNames of(Optional<Facts> facts, List<String> hosts, String host) {
        LiveNames names = new LiveNames(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
        hosts.forEach(name -> names.hosts.put(name, say("completion.lab-host", "here", name.equals(host))));
        facts.flatMap(all -> Optional.ofNullable(all.hosts().get(host))).ifPresent(names::add);
        names.places.putAll(names.hosts);
        facts.ifPresent(all -> all.hosts().values().forEach(one -> names.addPlaces(one, all.defaultHost())));
        return names;
    }

    /** On the default host a name needs no host before it. */
    private void addPlaces(HostFacts host, String first) {
        String before = host.name().equals(first) ? "" : host.name() + "/";
        for (Namespace namespace : known(host.namespaces())) {
            for (Scope name : namespace.names()) {
                if (name.kind() == Scope.Kind.NETNS) {
                    places.put(before + name.name(), say("completion.namespace"));
                }
            }
        }
        known(host.containers())
                .forEach(container -> places.put(
                        before + container.name(), say("completion.container", "status", container.status())));
    }

    private void add(HostFacts host) {
        known(host.namespaces()).forEach(this::add);
        known(host.containers()).forEach(this::add);
        known(host.networks()).forEach(this::add);
    }

    private void add(Namespace namespace) {
        boolean ofTheHost = namespace.names().stream().anyMatch(name -> name.kind() == Scope.Kind.HOST);
        Message where = namespace.names().stream()
                .findFirst()
                .map(name -> Message.verbatim(name.toString()))
                .orElse(say("completion.nameless"));
        for (Scope name : namespace.names()) {
            if (name.kind() == Scope.Kind.NETNS) {
                namespaces.put(name.name(), say("completion.namespace"));
            }
        }
        for (Link link : known(namespace.links())) {
            Message what = link.kind().isEmpty() ? say("completion.interface") : Message.verbatim(link.kind());
            interfaces.putIfAbsent(link.name(), say("completion.in", "interface", what, "place", where));
            if (ofTheHost) {
                hostInterfaces.put(link.name(), what);
                if (link.kind().equals("bridge")) {
                    bridges.put(link.name(), say("completion.bridge"));
                }
            }
            link.addresses()
                    .forEach(address -> addresses.putIfAbsent(
                            address.address().toString().replaceFirst("/.*", ""),
                            say("completion.in", "interface", link.name(), "place", where)));
        }
    }

    private void add(Container container) {
        containers.put(
                container.name(),
                say("completion.container-of", "image", container.image(), "status", container.status()));
        images.put(container.image(), say("completion.image"));
        container.attachments().values().forEach(attachment -> attachment
                .address()
                .ifPresent(address -> addresses.put(address.toString(), Message.verbatim(container.name()))));
    }

    private void add(DockerNetwork network) {
        networks.put(network.name(), say("completion.network", "driver", network.driver()));
    }

    private static <T> List<T> known(Reading<List<T>> reading) {
        return reading.orElse(List.of());
    }

    /**
     * What {@code ping} can be given: the known IPv4 addresses except 127.0.0.1, two addresses on the Internet, and the lab hosts where there are
     * several.
     */
    SortedMap<String, Message> destinations() {
        SortedMap<String, Message> all = new TreeMap<>(addresses);
        all.keySet().removeIf(address -> address.equals("127.0.0.1") || address.contains(":"));
        if (hosts.size() > 1) {
            all.putAll(hosts);
        }
        Stream.of("8.8.8.8", "1.1.1.1").forEach(address -> all.putIfAbsent(address, say("completion.internet")));
        return all;
    }
}
