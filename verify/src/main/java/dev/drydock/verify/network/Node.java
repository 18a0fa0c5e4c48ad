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

/** A network namespace of a lab host. Two are equal where the name of the host and the inode of the namespace are the same. */
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

    /** The interfaces of the namespace; none where they were not read. */
    public Stream<Link> links() {
        return namespace.links().toOptional().stream().flatMap(List::stream);
    }

    public Stream<Interface> ends() {
        return links().map(link -> new Interface(this, link));
    }

    public Optional<Interface> end(String name) {
        return ends().filter(end -> end.link().name().equals(name)).findFirst();
    }

    /** Whether one of the interfaces has this address ready for use. Of 127.0.0.0/8 only the addresses that are set on an interface count. */
    public boolean has(IpAddress address) {
        return ends().anyMatch(end -> end.has(address));
    }

    public boolean isHost() {
        return namespace.isHost();
    }

    /** The results of all probes of a kind that ran in this namespace, under any of its names. */
    Stream<ProbeCapture> captures(Class<? extends ActiveProbe> kind) {
        return host.captures().entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getKey()))
                .filter(entry -> host.namespace(entry.getKey().in())
                        .toOptional()
                        .filter(found -> found.inode() == namespace.inode())
                        .isPresent())
                .map(Map.Entry::getValue);
    }

    /** All interfaces but {@code lo}. */
    public List<Interface> wires() {
        return ends().filter(end -> !end.link().name().equals("lo")).toList();
    }
}
