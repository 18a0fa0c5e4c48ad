package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
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
 * What {@code tc} does at the interfaces on a packet's way. It is not modelled: it is asked about, and named, only where nothing else is seen
 * to be wrong and no answer came.
 *
 * @param ends the interfaces on the way there and back
 */
record TrafficControl(NetworkModel model, PathWording words, List<Interface> ends) {
    private static final String COMMAND = "tc qdisc show";
    /** {@code qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 loss 100%}. */
    private static final Pattern QDISC = Pattern.compile("qdisc (\\S+) \\S+ dev (\\S+) .*");
    /** What an interface has by itself, and drops nothing but what is too much. */
    private static final Set<String> USUAL = Set.of("noqueue", "pfifo_fast", "mq", "fq_codel", "fq", "pfifo");

    /** Of no interface where something else is seen to be wrong, or an answer came. */
    static TrafficControl of(PathRecord trace, ProbeResult probe, NetworkModel model, Scope from) {
        boolean lost = probe.failed() && trace.broken().isEmpty() && !trace.unknown();
        return new TrafficControl(model, new PathWording(model, from), lost ? trace.ends() : List.of());
    }

    /** What must be asked; nothing where it was. */
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

    /** Says where it may be what stops the packet; nothing where nothing was set up. */
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
                        .with("command", words.in(end.at(), COMMAND + " dev " + end.name())));
    }
}
