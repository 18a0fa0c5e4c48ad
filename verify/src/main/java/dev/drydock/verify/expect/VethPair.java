package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code veth_pair: {ends: [{in: netns:red, name: eth0}, {in: host}], master: br0}}: both ends of one veth pair.
 *
 * @param master the bridge of which one end must be a port
 */
public record VethPair(InterfaceRef first, InterfaceRef second, Optional<String> master) implements Expectation {
    @Override
    public Message statement() {
        return joins(true);
    }

    @Override
    public Message denial() {
        return joins(false);
    }

    private Message joins(boolean exists) {
        return say("veth.joins", "exists", exists, "first", first.end(), "second", second.end(), "bridge", master);
    }

    @Override
    public Set<Scope> places() {
        return new LinkedHashSet<>(List.of(first.in(), second.in()));
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(
                facts,
                first.in(),
                near -> ScopeLookup.within(
                        facts,
                        second.in(),
                        far -> Readings.judge(
                                near.links(),
                                nearLinks -> Readings.judge(
                                        far.links(), farLinks -> judge(facts, near, nearLinks, far, farLinks)))));
    }

    private Verdict judge(Facts facts, Namespace near, List<Link> nearLinks, Namespace far, List<Link> farLinks) {
        if (missing(first, nearLinks)) {
            return Interfaces.missing(facts, first.in(), first.name().orElseThrow(), nearLinks);
        }
        if (missing(second, farLinks)) {
            return Interfaces.missing(facts, second.in(), second.name().orElseThrow(), farLinks);
        }
        List<Verdict> wrong = new ArrayList<>();
        Optional<Verdict> unread = Optional.empty();
        NetworkModel model = NetworkModel.of(facts);
        Node here = model.node(first.in()).orElseThrow();
        Optional<Node> there = model.node(second.in());
        List<Interface> candidates =
                here.ends().filter(end -> first.mayBe(end.link())).toList();
        for (Interface candidate : candidates) {
            Lookup<Interface> peer = model.peerOf(candidate);
            Optional<Interface> end = peer.toOptional();
            unread = unread.or(() -> peer.fold(
                    found -> Optional.empty(),
                    absent -> Optional.empty(),
                    u -> Optional.of(Verdict.cannotTell(u.reason(), u.source()))));
            if (end.isPresent()
                    && there.equals(Optional.of(end.get().at()))
                    && second.mayBe(end.get().link())) {
                Verdict verdict =
                        paired(facts, near, candidate.link(), far, end.get().link());
                if (verdict.isMet()) {
                    return verdict;
                }
                wrong.add(verdict);
            }
        }
        return unread.orElseGet(() -> wrong.isEmpty() ? apart(facts, candidates) : wrong.get(0));
    }

    private static boolean missing(InterfaceRef end, List<Link> links) {
        return end.name().isPresent() && links.stream().noneMatch(end::mayBe);
    }

    /** The verdict for the ends of one pair: only the bridge is left to check. */
    private Verdict paired(Facts facts, Namespace near, Link link, Namespace far, Link end) {
        Evidence nearLine = IpLines.show(facts, first.in(), link);
        Evidence farLine = IpLines.show(facts, second.in(), end);
        if (master.isEmpty() || link.master().equals(master) || end.master().equals(master)) {
            return Verdict.met(nearLine, farLine);
        }
        boolean nearHasIt = FactCauses.links(near).anyMatch(l -> l.name().equals(master.get()));
        boolean farHasIt = FactCauses.links(far).anyMatch(l -> l.name().equals(master.get()));
        boolean lookNear = (nearHasIt && !farHasIt)
                || (link.master().isPresent() && end.master().isEmpty());
        Link plug = lookNear ? link : end;
        Scope at = lookNear ? first.in() : second.in();
        InterfaceRef subject = new InterfaceRef(at, plug.name());
        return Verdict.notMet(
                        say("interface.is-port", "interface", subject, "end", "", "bridge", master),
                        say("interface.is-port", "interface", subject, "end", "", "bridge", plug.master()),
                        nearLine,
                        farLine)
                .causedBy(
                        nearHasIt || farHasIt
                                ? Optional.empty()
                                : Optional.of(say("bridge.absent", "bridge", master, "place", at)));
    }

    /** The verdict where no pair joins the two namespaces; for an end with a name, where its peer really is. */
    private Verdict apart(Facts facts, List<Interface> candidates) {
        Optional<Message> why =
                FactCauses.networkMode(facts, first.in()).or(() -> FactCauses.networkMode(facts, second.in()));
        if (first.name().isEmpty() || candidates.size() != 1) {
            return Verdict.notMet(
                            joins(true),
                            say("veth.none", "first", first.in(), "second", second.in()),
                            IpLines.list(
                                    facts,
                                    first.in(),
                                    candidates.stream().map(Interface::link).toList()))
                    .causedBy(why);
        }
        Link link = candidates.get(0).link();
        Message found = NetworkModel.of(facts)
                .peerOf(candidates.get(0))
                .fold(
                        end -> say("veth.other-end-is")
                                .with("interface", first)
                                .with("other", end.value().name())
                                .with(
                                        "namespace",
                                        FactCauses.inNamespace(end.value().namespace())),
                        absent -> link.kind().equals("veth")
                                ? say("veth.other-end-not-here", "interface", first)
                                : say("veth.other-kind", "interface", first, "kind", link.kind()),
                        unknown -> unknown.reason());
        return Verdict.notMet(joins(true), found, IpLines.show(facts, first.in(), link))
                .causedBy(why);
    }
}
