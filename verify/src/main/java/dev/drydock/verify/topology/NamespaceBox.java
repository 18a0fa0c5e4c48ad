package dev.drydock.verify.topology;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/**
 * One network namespace.
 *
 * @param id the lab host's name and the first name of the namespace there: {@code labhost/container:web}; no two boxes have the same
 * @param host whether it is the lab host's own namespace
 * @param names under which a learner knows it: {@code ip netns} names, then containers; empty where it has none
 * @param containers those of the names that are containers'
 * @param pid one of its processes, where nothing else names it
 * @param unread why it could not be read; then nothing of it is known
 * @param loopbackUp whether lo is up
 * @param interfaces without lo
 * @param defaultRoutes of the main table
 * @param published ports of the lab host that lead into it, as Docker has them
 * @param forwards {@code ip_forward}, where it was read
 * @param forwardPolicy of the chain FORWARD, where there is one
 */
public record NamespaceBox(
        String id,
        boolean host,
        List<String> names,
        List<String> containers,
        Optional<String> pid,
        Optional<Message> unread,
        boolean loopbackUp,
        List<NetworkInterface> interfaces,
        List<Route> defaultRoutes,
        List<PortMapping> published,
        List<TranslationMark> translations,
        Optional<Boolean> forwards,
        Optional<String> forwardPolicy) {
    public NamespaceBox {
        names = List.copyOf(names);
        containers = List.copyOf(containers);
        interfaces = List.copyOf(interfaces);
        defaultRoutes = List.copyOf(defaultRoutes);
        published = List.copyOf(published);
        translations = List.copyOf(translations);
    }

    /** What it is called; of the lab host's own namespace, the host's name. */
    public Message title() {
        return names.isEmpty() ? say("topology.nameless", "pid", pid) : Message.verbatim(String.join(", ", names));
    }

    /** The interface of this name. */
    public Optional<NetworkInterface> named(String name) {
        return interfaces.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The ports of a bridge in it, by the box they lead to. */
    public List<NetworkInterface> ports(String bridge) {
        return interfaces.stream()
                .filter(one -> one.master().filter(bridge::equals).isPresent())
                .toList();
    }
}
