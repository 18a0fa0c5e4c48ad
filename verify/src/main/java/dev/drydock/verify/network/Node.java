package dev.drydock.verify.network;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One namespace of one lab host. */
public record Node(HostFacts host, Namespace namespace) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Node that
                && that.host.name().equals(host.name())
                && that.namespace.inode() == namespace.inode();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(namespace.inode()) + 31 * host.name().hashCode();
    }

    public Stream<Link> links() {
        return namespace.links().toOptional().stream().flatMap(List::stream);
    }

    public Stream<Interface> ends() {
        return links().map(link -> new Interface(this, link));
    }

    public Optional<Interface> end(String name) {
        return ends().filter(end -> end.link().name().equals(name)).findFirst();
    }

    /** Whether it takes packets for that address, 127 aside. */
    public boolean has(IpAddress address) {
        return ends().anyMatch(end -> end.has(address));
    }

    public boolean isHost() {
        return namespace.isHost();
    }

    /** What the probes of a kind brought back that were run in this namespace, by whichever of its names. */
    Stream<ProbeCapture> captures(Class<? extends ActiveProbe> kind) {
        return host.captures().entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getKey()))
                .filter(entry -> host.namespace(entry.getKey().in())
                        .toOptional()
                        .filter(found -> found.inode() == namespace.inode())
                        .isPresent())
                .map(Map.Entry::getValue);
    }

    /** Interfaces beside lo. */
    public List<Interface> wires() {
        return ends().filter(end -> !end.link().name().equals("lo")).toList();
    }
}
