package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The immutable result of one sweep over all lab hosts. Equal where all that was read is equal. Safe for several threads. */
public final class Facts {
    private final String defaultHost;
    private final SortedMap<String, HostFacts> hosts;
    private final ConcurrentMap<Class<?>, Object> derived = new ConcurrentHashMap<>();

    /** @param defaultHost the host that a scope without a host means */
    public Facts(String defaultHost, SortedMap<String, HostFacts> hosts) {
        this.defaultHost = Objects.requireNonNull(defaultHost);
        this.hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    }

    /** The host that a scope without a host means. */
    public String defaultHost() {
        return defaultHost;
    }

    /** The lab hosts by name; unmodifiable. */
    public SortedMap<String, HostFacts> hosts() {
        return hosts;
    }

    /**
     * A value that is derived from these facts, made once at the first call and kept as long as the facts. Safe for several threads.
     *
     * @param make makes the value; it must not call {@code derived} itself
     */
    public <T> T derived(Class<T> type, Function<Facts, T> make) {
        return type.cast(derived.computeIfAbsent(type, key -> make.apply(this)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Facts that && defaultHost.equals(that.defaultHost) && hosts.equals(that.hosts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(defaultHost, hosts);
    }

    @Override
    public String toString() {
        return "Facts[defaultHost=" + defaultHost + ", hosts=" + hosts + "]";
    }

    /** The lab host of this name, or the default one; absent where the lab has no such host. */
    public Lookup<HostFacts> host(Optional<String> name) {
        String wanted = name.orElse(defaultHost);
        HostFacts found = hosts.get(wanted);
        Evidence source = new Evidence("lab status", String.join(" ", hosts.keySet()));
        return found == null
                ? new Lookup.Absent<>(say("lab.host-absent", "host", wanted), source)
                : new Lookup.Found<>(found, source);
    }

    /** The host that a scope lies on. */
    public Lookup<HostFacts> host(Scope scope) {
        return host(scope.host());
    }

    /** The namespace of a scope; absent where host, namespace or container do not exist or do not run. */
    public Lookup<Namespace> namespace(Scope scope) {
        return host(scope).then(host -> host.namespace(scope));
    }

    /** The interface of this name in a namespace. */
    public Lookup<Link> link(Scope scope, String name) {
        return namespace(scope).then(namespace -> namespace.link(name));
    }

    /** The peer of the veth of this name; see {@link HostFacts#peer}. */
    public Lookup<LinkPlace> peer(Scope scope, String name) {
        return host(scope).then(host -> host.namespace(scope)
                .then(namespace -> namespace.link(name).then(link -> host.peer(namespace, link))));
    }

    /** The container of this name or id on a host, the default one where it is empty. */
    public Lookup<Container> container(Optional<String> host, String nameOrId) {
        return host(host).then(facts -> facts.container(nameOrId));
    }

    /** The Docker network of this name or id on a host, the default one where it is empty. */
    public Lookup<DockerNetwork> network(Optional<String> host, String nameOrId) {
        return host(host).then(facts -> facts.network(nameOrId));
    }

    /** The hosts file that programs in this namespace use. */
    public Reading<List<HostsEntry>> hostsFile(Scope scope) {
        return host(scope)
                .fold(
                        found -> found.value().hostsFile(scope),
                        absent -> new Reading.Unknown<>(absent.reason(), absent.source()),
                        unknown -> new Reading.Unknown<>(unknown.reason(), unknown.source()));
    }

    /** The result of an active probe; empty when it was not run in this sweep. */
    public Optional<ProbeCapture> capture(ActiveProbe probe) {
        return host(probe.in())
                .fold(found -> found.value().capture(probe), absent -> Optional.empty(), unknown -> Optional.empty());
    }
}
