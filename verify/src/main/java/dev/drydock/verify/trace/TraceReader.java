package dev.drydock.verify.trace;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.trace.TracedPacket.Kind;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/** Merges the traces of all lab hosts into the way of the packet and of its answer. */
public final class TraceReader {
    private final Supplier<Facts> whole;
    private final VisitLinks wires;
    private final TraceScript script;
    private final TracedPacket packet;

    /**
     * @param facts read before the packet was sent: names, cables, rules
     * @param whole reads the facts with {@link dev.drydock.verify.reachability.Reachability#readings}; called only where no answer came
     */
    public TraceReader(Facts facts, Supplier<Facts> whole, TraceScript script, TracedPacket packet) {
        this.whole = whole;
        this.wires = new VisitLinks(facts);
        this.script = script;
        this.packet = packet;
    }

    /** The trace, or why there is none; exactly one of both is present. */
    public record Result(Optional<Message> trouble, Optional<Trace> trace) {}

    /**
     * @param from the sender, as it was asked for
     * @param to the destination, as it was asked for
     * @param sender the namespace that sent the packet
     * @param outputs of each lab host's script, by the host's name
     * @throws java.util.NoSuchElementException when the sender's lab host has no output
     */
    public Result read(String from, String to, Node sender, SortedMap<String, ProbeOutput> outputs) {
        Map<Kind, List<Visit>> seen = new EnumMap<>(Kind.class);
        List<HostTrace> hosts = new ArrayList<>();
        outputs.forEach((name, output) -> hosts.add(script.parse(name, output)));
        Set<Message> notes = new LinkedHashSet<>();
        for (HostTrace trace : hosts) {
            if (trace.trouble().isPresent()) {
                return new Result(
                        Optional.of(say("trace.kernel-not-read")
                                .with("host", trace.host())
                                .with("reason", trace.trouble().get())),
                        Optional.empty());
            }
            trace.namespaces().forEach((inode, heard) -> {
                Optional<Namespace> namespace = wires.node(trace.host(), inode).map(Node::namespace);
                Map<Kind, List<Visit>> visits = new VisitReader(
                                trace.host(), inode, wires.place(trace.host(), inode), namespace, heard)
                        .read(packet);
                visits.forEach((kind, all) ->
                        seen.computeIfAbsent(kind, none -> new ArrayList<>()).addAll(all));
                if (!visits.isEmpty() && namespace.filter(this::legacy).isPresent()) {
                    notes.add(say("ending.legacy-rules", "place", wires.place(trace.host(), inode)));
                }
            });
        }
        List<Visit> request = wires.inOrder(seen.getOrDefault(Kind.REQUEST, List.of()));
        List<Visit> replies = wires.inOrder(seen.getOrDefault(Kind.REPLY, List.of()));
        List<Visit> errors = wires.inOrder(seen.getOrDefault(Kind.ERROR, List.of()));
        HostTrace sending = hosts.stream()
                .filter(trace -> trace.host().equals(sender.host().name()))
                .findFirst()
                .orElseThrow();
        Ending ending = new Endings(wires, packet, hosts, new EndingCause(whole, packet, sender))
                .of(sending, request, replies, errors);
        return new Result(
                Optional.empty(),
                Optional.of(new Trace(
                        from,
                        to,
                        packet,
                        request,
                        replies.isEmpty() ? errors : replies,
                        ending,
                        sending.said(),
                        List.copyOf(notes))));
    }

    private boolean legacy(Namespace namespace) {
        return namespace
                .chains()
                .fold(
                        known -> known.value().stream()
                                .anyMatch(chain -> chain.backend().equals("legacy")
                                        && chain.ipv6() == packet.to().isIpv6()
                                        && (!chain.rules().isEmpty()
                                                || chain.policy()
                                                        .filter("DROP"::equals)
                                                        .isPresent())),
                        (Reading.Unknown<?> unknown) -> false);
    }
}
