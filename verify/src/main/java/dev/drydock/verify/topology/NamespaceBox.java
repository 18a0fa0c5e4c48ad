package dev.drydock.verify.topology;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/**
 * One network namespace in the picture.
 *
 * @param id the lab host's name and the first name of the namespace there: {@code labhost/container:web}; unique
 * @param host whether it is the lab host's own namespace
 * @param names the names that a learner knows: {@code ip netns} names, then containers; empty where it has none
 * @param containers those of the names that are containers
 * @param pid a process in it, where it has no name
 * @param unread why it could not be read; nothing else is known then
 * @param loopbackUp whether {@code lo} is up
 * @param interfaces without {@code lo}, unless it has other addresses than its own
 * @param defaultRoutes of the table main
 * @param published ports of the lab host that Docker forwards into it
 * @param translations its NAT rules
 * @param forwards {@code ip_forward}; empty where it was not read
 * @param forwardPolicy the policy of the chain FORWARD; empty where there is none
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

    /** Its names, separated by commas; for the lab host's own namespace the host's name. */
    public Message title() {
        return names.isEmpty() ? say("topology.nameless", "pid", pid) : Message.verbatim(String.join(", ", names));
    }

    /** The interface of this name. */
    public Optional<NetworkInterface> named(String name) {
        return interfaces.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The ports of a bridge, in the order of the boxes to which they lead. */
    public List<NetworkInterface> ports(String bridge) {
        return interfaces.stream()
                .filter(one -> one.master().filter(bridge::equals).isPresent())
                .toList();
    }
}
