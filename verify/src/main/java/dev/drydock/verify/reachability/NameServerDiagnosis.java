package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Explains why no name server answered: follows the query to port 53 and the answer. Docker's own server at 127.0.0.11 forwards queries to the
 * servers of {@code --dns}, or to those of the lab host.
 */
record NameServerDiagnosis(NetworkModel model, PathWording words, Scope from, String name, NameLookup lookup) {
    /** Docker's name server, which each container on a user-defined network has in its namespace. */
    static final String DOCKERS = "127.0.0.11";

    private static final int DOMAIN = 53;

    /**
     * A server that was asked.
     *
     * @param named the configuration line that names the server
     * @param behind whether Docker's server forwards the query to it
     */
    private record Asked(NameLookup.Attempt attempt, Evidence named, boolean behind) {
        String server() {
            return attempt.server();
        }
    }

    /** The probes that are still needed for the explanation; empty where nothing more can be found out. */
    Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        for (NameLookup.Attempt attempt : unanswered()) {
            if (isHeard(attempt)) {
                probes.addAll(sources());
                for (String server : behind()) {
                    probes.add(direct(server));
                    probes.add(ping(server));
                }
            } else if (!attempt.server().startsWith("127.") && way(attempt).holds()) {
                probes.add(ping(attempt.server()));
            }
        }
        probes.removeIf(probe -> model.facts().capture(probe).isPresent());
        return probes;
    }

    /** Whether Docker's own server received the query, so that the servers behind it are silent. */
    private boolean isHeard(NameLookup.Attempt attempt) {
        return attempt.server().equals(DOCKERS)
                && attempt.error().isEmpty()
                && model.node(from)
                        .flatMap(node -> node.namespace().sockets().toOptional())
                        .filter(sockets -> sockets.stream()
                                .anyMatch(socket -> socket.protocol().equals("udp")
                                        && socket.address().equals(DOCKERS)))
                        .isPresent();
    }

    private List<NameLookup.Attempt> unanswered() {
        String decisive = lookup.decisive().orElseThrow().name();
        return lookup.attempts().stream()
                .filter(attempt -> attempt.answers().isEmpty() && attempt.name().equals(decisive))
                .toList();
    }

    /** Adds the way of the query to the trace: to the first server with a broken way, else to the first server. */
    void follow(PathRecord trace) {
        Node at = model.node(from).orElseThrow();
        List<NameLookup.Attempt> unanswered = unanswered();
        NameLookup.Attempt first = unanswered.stream()
                .filter(attempt -> !isHeard(attempt) && way(attempt).why().isPresent())
                .findFirst()
                .orElse(unanswered.get(0));
        Asked asked = new Asked(first, configuration(words, at, lookup, first.server()), false);
        trace.holds(
                say("step.question", "name", first.name()),
                say("holds.question")
                        .with("server", first.server())
                        .with("tcp", lookup.byTcp())
                        .with("itself", lookup.named().isEmpty()));
        if (!isHeard(first) && !follow(trace, asked)) {
            return;
        }
        if (isHeard(first) && behind().isEmpty()) {
            trace.cannotTell(say("step.dockers-server"), say("unclear.behind-dockers-server"));
            return;
        }
        if (!first.server().equals(DOCKERS) || behind().isEmpty()) {
            trace.add(say("step.answer-of", "server", first.server()), silent(asked));
            return;
        }
        String server = behind().get(0);
        Optional<NameLookup.Attempt> direct = model.facts()
                .capture(direct(server))
                .flatMap(ProbeCapture::lookup)
                .flatMap(NameLookup::decisive);
        NameLookup.Attempt attempt =
                direct.orElse(new NameLookup.Attempt(server, first.name(), List.of(), Optional.empty()));
        boolean own = !named().isEmpty();
        trace.holds(
                say("step.dockers-server"),
                say("holds.asks-on", "server", server, "place", words.place(at), "own", own));
        if (!attempt.answers().isEmpty()) {
            trace.cannotTell(
                    say("step.answer-of", "server", server), say("unclear.answers-directly", "server", server));
            return;
        }
        Asked onward = new Asked(attempt, source(own), true);
        if (follow(trace, onward)) {
            trace.add(say("step.answer-of", "server", server), silent(onward));
        }
    }

    /** @return whether the way has no fault */
    private boolean follow(PathRecord trace, Asked asked) {
        Reachability way = way(asked.attempt());
        for (PathStep step : way.stages()) {
            if (step.finding() instanceof StepFinding.NotReached) {
                continue;
            }
            step.at().ifPresent(trace::isIn);
            trace.add(step.title(), told(step.finding(), way, asked));
        }
        return way.holds();
    }

    private StepFinding told(StepFinding finding, Reachability way, Asked asked) {
        return finding.fold(
                holds -> holds,
                broken -> way.disagree()
                        ? new StepFinding.CannotTell(
                                say("unclear.question", "server", asked.server(), "found", broken.found()))
                        : lost(broken, asked),
                cannotTell -> cannotTell,
                notReached -> notReached);
    }

    private Broken lost(Broken broken, Asked asked) {
        boolean door = broken.cause() == Cause.NO_LISTENER || broken.cause() == Cause.LISTENS_ELSEWHERE;
        Node at = model.node(from).orElseThrow();
        if (door && asked.server().startsWith("127.") && !asked.server().equals(DOCKERS)) {
            boolean none = lookup.named().isEmpty() && !asked.behind();
            return new Broken(
                    Cause.NAME_SERVER,
                    say("broken.own-name-server")
                            .with("server", asked.server())
                            .with("place", words.place(at))
                            .with("none", none)
                            .with("found", broken.found()),
                    none ? broken.evidence() : Optional.of(asked.named()),
                    say("mend.name-server", "answers", false),
                    Optional.empty());
        }
        return new Broken(
                broken.cause(),
                say("broken.question-lost", "server", asked.server(), "found", broken.found()),
                broken.evidence(),
                broken.mend(),
                broken.command(),
                broken.where());
    }

    private Broken silent(Asked asked) {
        return new Broken(
                Cause.NAME_SERVER,
                say("broken.no-answer-of-server")
                        .with("server", asked.server())
                        .with("docker", asked.behind())
                        .with("tcp", lookup.byTcp() && !asked.behind())
                        .with("unread", asked.behind() ? List.of() : lookup.unread()),
                asked.named(),
                say("mend.name-server", "answers", false));
    }

    private Reachability way(NameLookup.Attempt attempt) {
        Protocol protocol = lookup.byTcp() ? Protocol.TCP : Protocol.UDP;
        return Reachability.of(
                model.facts(),
                query(from, attempt.server(), protocol),
                ProbeResult.of(attempt, pinged(attempt.server())));
    }

    /** The question whether a query reaches this name server and its answer comes back. */
    static ReachabilityQuery query(Scope from, String server, Protocol protocol) {
        return new ReachabilityQuery(from, Optional.empty(), server, Optional.of(DOMAIN), protocol);
    }

    /** The result of a ping to the server; empty where none was sent. */
    private Optional<ProbeResult> pinged(String server) {
        return model.facts()
                .capture(ping(server))
                .map(capture -> ProbeResult.of(model, ReachabilityQuery.of(from, server, Optional.empty())));
    }

    private ActiveProbe ping(String server) {
        return new ActiveProbe.Ping(from, server);
    }

    private ActiveProbe direct(String server) {
        return new ActiveProbe.Dns(from, lookup.decisive().orElseThrow().name(), Optional.of(server));
    }

    // Docker's own server

    private Set<ActiveProbe> sources() {
        return EndpointDiagnosis.container(model, from).isPresent()
                ? Set.of(source(ofContainer()), source(ofHost()))
                : Set.of();
    }

    private ActiveProbe source(String command) {
        return new ActiveProbe.Output(new Scope(from.host(), Scope.Kind.HOST, ""), command);
    }

    private String ofContainer() {
        return "docker inspect -f '{{range .HostConfig.Dns}}nameserver {{println .}}{{end}}' "
                + LearnerCommand.quoted(from.name());
    }

    private static String ofHost() {
        return "cat /etc/resolv.conf";
    }

    /** The servers to which Docker's server forwards: those of {@code --dns}, else those of the lab host; empty where they were not read. */
    private List<String> behind() {
        List<String> own = named();
        return own.isEmpty() ? servers(ofHost()) : own;
    }

    private List<String> named() {
        return servers(ofContainer());
    }

    private List<String> servers(String command) {
        return output(command)
                .map(text -> new NameLookup(text.lines().toList(), Optional.empty(), List.of()).named())
                .orElse(List.of());
    }

    private Optional<String> output(String command) {
        return model.facts()
                .capture(source(command))
                .filter(capture -> capture.obstacle().isEmpty() && capture.exit() == 0)
                .map(ProbeCapture::out);
    }

    private Evidence source(boolean own) {
        String command = own ? ofContainer() : ofHost();
        return new Evidence(
                words.on(model.node(from).orElseThrow()) + command,
                lines(output(command).orElse("").lines().toList()));
    }

    /** The nameserver lines of resolv.conf for this server; all nameserver lines where none names it. */
    static Evidence configuration(PathWording words, Node at, NameLookup lookup, String server) {
        List<String> lines = lookup.linesOf(server);
        return new Evidence(
                words.file(at, "/etc/resolv.conf"), lines(lines.isEmpty() ? lookup.configuration() : lines));
    }

    private static String lines(List<String> lines) {
        return lines.stream().filter(line -> line.contains("nameserver")).collect(Collectors.joining("\n"));
    }
}
