package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** Finds listening sockets and their owners. */
final class Listeners {
    /**
     * Whether a socket belongs to a container or namespace. Where containers share a network namespace, the mount namespace of the socket's process
     * decides.
     */
    enum Ownership {
        OWNED,
        ANOTHERS,
        UNKNOWN
    }

    private Listeners() {}

    static Ownership ownership(Facts facts, Scope owner, Socket socket) {
        if (socket.pid().isEmpty()) {
            return Ownership.UNKNOWN;
        }
        int pid = socket.pid().getAsInt();
        Optional<HostFacts> host = ScopeLookup.host(facts, owner.host());
        Optional<Namespace> namespace = ScopeLookup.find(facts, owner);
        Optional<Long> netns = process(host, pid).map(ProcessEntry::netns);
        if (owner.kind() == Scope.Kind.PID) {
            return owner.name().equals(String.valueOf(pid)) ? Ownership.OWNED : Ownership.ANOTHERS;
        }
        if (owner.kind() == Scope.Kind.CONTAINER) {
            Optional<Container> first = host.flatMap(h -> h.containers().toOptional())
                    .flatMap(all -> all.stream().filter(c -> c.pid() == pid).findFirst());
            if (first.isPresent()) {
                return first.get().name().equals(owner.name()) ? Ownership.OWNED : Ownership.ANOTHERS;
            }
        }
        if (netns.isEmpty() || namespace.isEmpty()) {
            return Ownership.UNKNOWN;
        }
        if (netns.get() != namespace.get().inode()) {
            return Ownership.ANOTHERS;
        }
        boolean shared =
                owner.kind() == Scope.Kind.CONTAINER && namespace.get().names().size() > 1;
        return shared ? sharer(host, owner, pid) : Ownership.OWNED;
    }

    /** The owner among containers that share a network namespace; each has its own mount namespace. */
    private static Ownership sharer(Optional<HostFacts> host, Scope owner, int pid) {
        Optional<Long> owners = host.flatMap(h -> h.containers().toOptional())
                .flatMap(all -> Containers.named(all, owner.name()))
                .flatMap(container -> process(host, container.pid()))
                .flatMap(ProcessEntry::mountNamespace);
        Optional<Long> theirs = process(host, pid).flatMap(ProcessEntry::mountNamespace);
        if (owners.isEmpty() || theirs.isEmpty()) {
            return Ownership.UNKNOWN;
        }
        return owners.equals(theirs) ? Ownership.OWNED : Ownership.ANOTHERS;
    }

    private static Optional<ProcessEntry> process(Optional<HostFacts> host, int pid) {
        return host.flatMap(h -> h.processes().toOptional())
                .flatMap(all -> all.stream().filter(p -> p.pid() == pid).findFirst());
    }

    /** That the sockets listen only on loopback addresses; empty where one listens on another address. */
    static Optional<Message> onlyLocal(List<Socket> sockets, Scope in) {
        boolean local = sockets.stream()
                .allMatch(socket -> socket.plainAddress().startsWith("127.")
                        || socket.address().equals("::1")
                        || socket.device().equals(Optional.of("lo")));
        return local
                ? Optional.of(
                        say("listener.only-local", "address", sockets.get(0).address(), "place", in))
                : Optional.empty();
    }

    /** That a socket listens at the same port in another namespace. */
    static Optional<Message> elsewhere(Facts facts, Scope in, Namespace here, String protocol, int port) {
        return ScopeLookup.host(facts, in.host())
                .flatMap(host -> host.namespaces().toOptional())
                .stream()
                .flatMap(List::stream)
                .filter(other -> other.inode() != here.inode())
                .filter(other -> other.sockets().toOptional().stream()
                        .flatMap(List::stream)
                        .anyMatch(socket ->
                                socket.port() == port && socket.protocol().equals(protocol)))
                .map(other -> say(
                        "listener.elsewhere",
                        "port",
                        port + "/" + protocol,
                        "namespace",
                        FactCauses.inNamespace(other)))
                .findFirst();
    }

    /** {@code LISTEN 0.0.0.0:80}: the important columns of {@code ss}. */
    static String line(Socket socket) {
        return (socket.protocol().equals("udp") ? "UNCONN " : "LISTEN ") + socket.shown();
    }
}
