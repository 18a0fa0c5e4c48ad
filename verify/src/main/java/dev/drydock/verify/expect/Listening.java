package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code listening: {in: host, port: 80/tcp, owner: container:web}}. Without an address any bound address counts. With one, exactly this bound
 * address; {@code 0.0.0.0} and {@code ::} mean all addresses of their version of IP.
 */
public record Listening(
        Scope in, String protocol, int port, Optional<String> address, Optional<Scope> owner, boolean listening)
        implements Expectation {
    private static final int LINES_SHOWN = 8;

    /** @throws Complaint when the port is not in 1 to 65535 */
    public Listening {
        protocol = protocol.toLowerCase(Locale.ROOT);
        if (port < 1 || port > 65535) {
            throw new Complaint(say("port.out-of-range"));
        }
    }

    @Override
    public Message statement() {
        return say(
                listening ? "listener.listens" : "listener.listens-not", "owner", owner, "port", words(), "place", in);
    }

    @Override
    public Message denial() {
        return new Listening(in, protocol, port, address, owner, !listening).statement();
    }

    /** {@code 80/tcp}, {@code 80/tcp at 127.0.0.1}. */
    private Message words() {
        return at(address.stream().toList());
    }

    private Message at(List<String> addresses) {
        return say("listener.port", "port", port + "/" + protocol, "addresses", addresses);
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
                    : Verdict.notMet(say("listener.nothing", "port", words()), owners(bound), evidence(facts, bound));
        }
        return judgeOwner(facts, owner.get(), bound);
    }

    private Verdict nobody(Facts facts, Namespace namespace, List<Socket> onPort, List<Socket> all) {
        if (!onPort.isEmpty()) {
            return Verdict.notMet(
                            say("listener.some", "port", words(), "place", ""),
                            say("listener.some")
                                    .with(
                                            "port",
                                            at(onPort.stream()
                                                    .map(socket -> socket.address()
                                                            + socket.device()
                                                                    .map(name -> "%" + name)
                                                                    .orElse(""))
                                                    .distinct()
                                                    .toList()))
                                    .with("place", ""),
                            evidence(facts, onPort))
                    .causedBy(Listeners.onlyLocal(onPort, in));
        }
        return Verdict.notMet(
                        say("listener.some", "port", words(), "place", in),
                        say("listener.none", "port", at(List.of()), "place", in),
                        evidence(facts, all))
                .causedBy(Listeners.elsewhere(facts, in, namespace, protocol, port));
    }

    private boolean isBound(Socket socket) {
        if (address.isEmpty()) {
            return true;
        }
        boolean all = address.get().equals("0.0.0.0") || address.get().equals("::");
        // one that is bound to an interface does not listen on all addresses
        return (!all || socket.device().isEmpty())
                && (socket.plainAddress().equals(address.get())
                        || (all && socket.address().equals("*")));
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
                            say("listener.no-process-of", "owner", wanted, "port", words()), owners(bound), lines);
        }
        if (ownerships.contains(Listeners.Ownership.UNKNOWN)) {
            return Verdict.cannotTell(say("listener.owner-unknown", "port", words()), lines);
        }
        return listening
                ? Verdict.notMet(say("listener.process-of", "owner", wanted, "port", words()), owners(bound), lines)
                : Verdict.met(lines);
    }

    private Message owners(List<Socket> sockets) {
        List<Message> processes = sockets.stream()
                .map(socket -> say("listener.process")
                        .with("command", socket.comm())
                        .with(
                                "pid",
                                socket.pid().isPresent()
                                        ? String.valueOf(socket.pid().getAsInt())
                                        : ""))
                .distinct()
                .toList();
        return say("listener.owners", "processes", processes, "port", words());
    }

    private Evidence evidence(Facts facts, List<Socket> sockets) {
        return new Evidence(
                ScopeCommands.in(facts, in, "ss -ln" + (protocol.equals("udp") ? "u" : "t") + "p"),
                sockets.stream()
                        .filter(socket -> socket.protocol().equals(protocol))
                        .limit(LINES_SHOWN)
                        .map(Listeners::line)
                        .collect(Collectors.joining("\n")));
    }
}
