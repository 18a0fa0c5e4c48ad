package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code listening: {in: host, port: 80/tcp, owner: container:web}}. Without an address any will do; with one it must be bound to that
 * very address, where {@code 0.0.0.0} and {@code ::} mean all addresses of their family.
 */
public record Listening(
        Scope in, String protocol, int port, Optional<String> address, Optional<Scope> owner, boolean listening)
        implements Expectation {
    private static final int LINES_SHOWN = 8;

    public Listening {
        protocol = protocol.toLowerCase(Locale.ROOT);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535");
        }
    }

    @Override
    public String describe() {
        String who = listening
                ? owner.map(scope -> "a process of " + PlaceWords.place(scope)).orElse("something")
                : owner.map(scope -> "no process of " + PlaceWords.place(scope)).orElse("nothing");
        return who + " listens on " + words() + " " + place();
    }

    @Override
    public String describeOpposite() {
        return new Listening(in, protocol, port, address, owner, !listening).describe();
    }

    /** {@code 80/tcp}, {@code 80/tcp at 127.0.0.1}. */
    private String words() {
        return port + "/" + protocol + address.map(a -> " at " + a).orElse("");
    }

    private String place() {
        return PlaceWords.at(in);
    }

    @Override
    public Set<Scope> places() {
        return owner.filter(scope -> !scope.equals(in))
                .map(scope -> Set.of(in, scope))
                .orElse(Set.of(in));
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(facts, in, namespace -> ScopeLookup.firstObstacle(facts, places())
                .orElseGet(() -> Readings.judge(namespace.sockets(), all -> judge(facts, namespace, all))));
    }

    private Verdict judge(Facts facts, Namespace namespace, List<Socket> all) {
        List<Socket> onPort = all.stream()
                .filter(socket -> socket.port() == port && socket.protocol().equals(protocol))
                .toList();
        List<Socket> bound = onPort.stream().filter(this::isBound).toList();
        if (bound.isEmpty()) {
            return listening ? nobody(facts, namespace, onPort, all) : Verdict.met(evidence(facts, all));
        }
        if (owner.isEmpty()) {
            return listening
                    ? Verdict.met(evidence(facts, bound))
                    : Verdict.notMet(
                            "nothing on " + words(),
                            PlaceWords.list(owners(bound), "") + " on " + words(),
                            evidence(facts, bound));
        }
        return judgeOwner(facts, owner.get(), bound);
    }

    private Verdict nobody(Facts facts, Namespace namespace, List<Socket> onPort, List<Socket> all) {
        if (!onPort.isEmpty()) {
            String found = PlaceWords.list(
                    onPort.stream().map(Socket::address).distinct().toList(), "");
            return Verdict.notMet(
                            "a listener on " + words(),
                            "a listener on " + port + "/" + protocol + " at " + found,
                            evidence(facts, onPort))
                    .because(Listeners.onlyLocal(onPort, in));
        }
        return Verdict.notMet(
                        "a listener on " + words() + " " + place(),
                        "no listener on " + port + "/" + protocol + " " + place(),
                        evidence(facts, all))
                .because(Listeners.elsewhere(facts, in, namespace, protocol, port));
    }

    private boolean isBound(Socket socket) {
        if (address.isEmpty()) {
            return true;
        }
        boolean all = address.get().equals("0.0.0.0") || address.get().equals("::");
        return socket.address().equals(address.get())
                || (all && socket.address().equals("*"));
    }

    private Verdict judgeOwner(Facts facts, Scope wanted, List<Socket> bound) {
        List<Listeners.Ownership> ownerships = bound.stream()
                .map(socket -> Listeners.ownership(facts, wanted, socket))
                .toList();
        Evidence lines = evidence(facts, bound);
        if (ownerships.contains(Listeners.Ownership.OWNED)) {
            return listening
                    ? Verdict.met(lines)
                    : Verdict.notMet(
                            "no process of " + PlaceWords.place(wanted) + " on " + words(),
                            PlaceWords.list(owners(bound), "") + " on " + words(),
                            lines);
        }
        if (ownerships.contains(Listeners.Ownership.UNKNOWN)) {
            return Verdict.cannotTell("whose process listens on " + words() + " is not known", lines);
        }
        return listening
                ? Verdict.notMet(
                        "a process of " + PlaceWords.place(wanted) + " on " + words(),
                        PlaceWords.list(owners(bound), "") + " on " + words(),
                        lines)
                : Verdict.met(lines);
    }

    private static List<String> owners(List<Socket> sockets) {
        return sockets.stream()
                .map(socket -> socket.comm().orElse("a process")
                        + (socket.pid().isPresent()
                                ? " (process " + socket.pid().getAsInt() + ")"
                                : ""))
                .distinct()
                .toList();
    }

    private Evidence evidence(Facts facts, List<Socket> sockets) {
        return new Evidence(
                Typed.in(facts, in, "ss -ln" + (protocol.equals("udp") ? "u" : "t") + "p"),
                sockets.stream()
                        .filter(socket -> socket.protocol().equals(protocol))
                        .limit(LINES_SHOWN)
                        .map(Listeners::line)
                        .collect(Collectors.joining("\n")));
    }
}
