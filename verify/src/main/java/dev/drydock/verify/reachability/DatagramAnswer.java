package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The source address of a program's answer to a datagram. A program that listens on all addresses answers from the address of its route to the
 * asker, unless it binds one. The asker ignores an answer from another address than it called.
 */
record DatagramAnswer(NetworkModel model, PathWording words) {
    private static final Set<String> ALL = Set.of("0.0.0.0", "::", "*");

    /** Whether the answer comes from the address that was called. Where not, or where that is not known, a step is added to the trace. */
    boolean comesBack(PathRecord trace, Arrival arrival, ProbeResult probe) {
        Optional<StepFinding> wrong = wrong(arrival, probe);
        wrong.ifPresent(finding -> {
            trace.follow(PathStep.Direction.BACK);
            trace.add(say("step.the-answer"), finding);
        });
        return wrong.isEmpty();
    }

    private Optional<StepFinding> wrong(Arrival arrival, ProbeResult probe) {
        Header header = arrival.header();
        Node at = arrival.at().orElseThrow();
        boolean told = probe.kind() == ProbeResult.Kind.ANSWERED || probe.kind() == ProbeResult.Kind.NOT_TRIED;
        if (header.protocol() != Protocol.UDP || told || !isOnAllAddresses(at, arrival)) {
            return Optional.empty();
        }
        IpAddress asked = header.destination();
        Optional<IpAddress> answering = model.router(at)
                .flatMap(router -> router.sourceFor(header.source()))
                .filter(address -> !address.equals(asked));
        if (answering.isEmpty()) {
            return Optional.empty();
        }
        if (!probe.by().equals(answering)) {
            return Optional.of(new StepFinding.CannotTell(
                    say("unclear.answers-from", "address", answering.get(), "asked", asked)));
        }
        return Optional.of(new Broken(
                Cause.ANSWERS_FROM_ELSEWHERE,
                say(
                        "broken.answers-from-elsewhere",
                        "place",
                        words.place(at),
                        "address",
                        answering.get(),
                        "asked",
                        asked),
                Optional.of(new Evidence(
                        words.ip(at, PathWording.family(asked) + "route get " + header.source()),
                        header.source() + " src " + answering.get())),
                say("mend.answers-from", "asked", asked),
                Optional.empty()));
    }

    private static boolean isOnAllAddresses(Node at, Arrival arrival) {
        List<Socket> taking = at.namespace().sockets().toOptional().stream()
                .flatMap(List::stream)
                .filter(socket -> socket.protocol().equals("udp")
                        && socket.port() == arrival.header().destinationPort().first()
                        && socket.takes(arrival.header().destination(), arrival.device()))
                .toList();
        return !taking.isEmpty() && taking.stream().allMatch(socket -> ALL.contains(socket.address()));
    }
}
