package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queueing disciplines ({@code tc}) on the packet's way. They are not modelled. They are read and named only where no step is broken and no answer
 * came.
 *
 * @param ends the interfaces on the way in both directions
 */
record TrafficControl(NetworkModel model, PathWording words, List<Interface> ends) {
    private static final String COMMAND = "tc qdisc show";
    /** {@code qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 loss 100%}. */
    private static final Pattern QDISC = Pattern.compile("qdisc (\\S+) \\S+ dev (\\S+) .*");
    /** The kernel's usual queueing disciplines, which drop packets only on overload. */
    private static final Set<String> USUAL = Set.of("noqueue", "pfifo_fast", "mq", "fq_codel", "fq", "pfifo");

    /** With no interfaces where a step is broken or not known, or an answer came. */
    static TrafficControl of(PathRecord trace, ProbeResult probe, NetworkModel model, Scope from) {
        boolean lost = probe.failed() && trace.broken().isEmpty() && !trace.unknown();
        return new TrafficControl(model, new PathWording(model, from), lost ? trace.ends() : List.of());
    }

    /** The probes that list the queueing disciplines; empty where they were run already. */
    Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        ends.stream().map(Interface::at).distinct().forEach(node -> probe(node).ifPresent(probes::add));
        probes.removeIf(probe -> model.facts().capture(probe).isPresent());
        return probes;
    }

    private static Optional<ActiveProbe> probe(Node node) {
        return node.namespace().names().stream()
                .findFirst()
                .map(name -> new ActiveProbe.Output(
                        new Scope(Optional.of(node.host().name()), name.kind(), name.name()), COMMAND));
    }

    /** Adds a step that names the first unusual queueing discipline; none where there is none. */
    void tell(PathRecord trace) {
        ends.stream()
                .flatMap(end -> reason(end).stream())
                .findFirst()
                .ifPresent(reason -> trace.cannotTell(say("step.traffic-control"), reason));
    }

    private Optional<Message> reason(Interface end) {
        return probe(end.at())
                .flatMap(model.facts()::capture)
                .map(ProbeCapture::out)
                .flatMap(text -> text.lines()
                        .map(QDISC::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> line.group(2).equals(end.name()) && !USUAL.contains(line.group(1)))
                        .findFirst())
                .map(line -> say("unclear.traffic-control")
                        .with("interface", words.end(end))
                        .with("kind", line.group(1))
                        .with("command", words.in(end.at(), COMMAND + " dev " + LearnerCommand.quoted(end.name()))));
    }
}
