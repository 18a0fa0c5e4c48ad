package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.KernelDrop;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code forward: {flow: {src: 10.9.0.11, dst: 8.8.8.8}, verdict: accept}}: whether a namespace hands the flow's packet on, all of its
 * chains, its routes and {@code ip_forward} together; its destination is translated before. A packet that the namespace keeps
 * for itself, or has no route for, is neither accepted nor dropped nor rejected.
 */
public record ForwardVerdict(Scope in, Flow flow, Verb verdict) implements Expectation {
    /** What must become of the packet. */
    public enum Verb {
        ACCEPT("forwarded", TraversalResult.Ending.LEFT),
        DROP("dropped", TraversalResult.Ending.DROPPED),
        REJECT("rejected", TraversalResult.Ending.REJECTED);

        private final String participle;
        private final TraversalResult.Ending ending;

        Verb(String participle, TraversalResult.Ending ending) {
            this.participle = participle;
            this.ending = ending;
        }
    }

    public ForwardVerdict {
        Objects.requireNonNull(in);
        Objects.requireNonNull(flow);
        Objects.requireNonNull(verdict);
    }

    @Override
    public String describe() {
        return PlaceWords.place(in) + " "
                + (verdict == Verb.ACCEPT ? "forwards " : verdict.name().toLowerCase(Locale.ROOT) + "s ")
                + flow.words();
    }

    @Override
    public String describeOpposite() {
        return PlaceWords.place(in) + " does not "
                + (verdict == Verb.ACCEPT ? "forward " : verdict.name().toLowerCase(Locale.ROOT) + " ") + flow.words();
    }

    @Override
    public Set<String> sysctls() {
        return Set.of(Router.BRIDGED, Router.FORWARDING);
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(TestPacket.probe(in));
    }

    @Override
    public Set<Scope> places() {
        return flow.places(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return TestPacket.judge(facts, in, flow, false, tried -> judge(facts, tried));
    }

    /** Not forwarded, whichever rule, policy or setting sees to that. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return verdict == Verb.ACCEPT
                ? TestPacket.judge(facts, in, flow, false, tried -> judgeStopped(facts, tried))
                : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judgeStopped(Facts facts, TestPacket.Tried tried) {
        return judge(facts, tried)
                .fold(
                        met -> new Verdict.NotMet(
                                Message.verbatim(describeOpposite()),
                                Message.verbatim(describe()),
                                met.evidence(),
                                whyNotStopped(facts, tried).map(Message::verbatim)),
                        notMet -> new Verdict.Met(notMet.evidence()),
                        cannotTell -> cannotTell);
    }

    private Optional<String> whyNotStopped(Facts facts, TestPacket.Tried tried) {
        if (tried.witness().unseen()) {
            return Optional.empty();
        }
        return new RuleCauses(facts, tried.witness(), tried.outcome())
                .notEnded(Set.of(Action.End.DROP, Action.End.REJECT))
                .or(() -> tried.outcome().passage(Hook.FORWARD, false).flatMap(ForwardVerdict::decided))
                .or(() -> Optional.of("the policy of FORWARD is ACCEPT, and no rule stops it"));
    }

    private Verdict judge(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        String expected = tried.arrow() + " " + verdict.participle;
        if (tried.witness().unseen()) {
            Evidence setting = tried.witness().bridged(facts);
            String bridge = tried.packet().in().name();
            return verdict == Verb.ACCEPT
                    ? Verdict.met(setting)
                    : Verdict.notMet(expected, tried.arrow() + " handed on inside " + bridge, setting)
                            .because(Optional.of(TestPacket.BRIDGED));
        }
        boolean made = tried.witness().packet().made();
        if (made || outcome.ending() == TraversalResult.Ending.DELIVERED) {
            return Verdict.notMet(
                            expected,
                            made
                                    ? PlaceWords.place(in) + " makes this packet itself"
                                    : tried.packet().header().destination() + " is an address of "
                                            + PlaceWords.place(in) + " itself",
                            new Evidence(Typed.ip(facts, in, "-4 addr"), ""))
                    .because(Optional.of("such a packet passes " + (made ? "OUTPUT" : "INPUT") + ", not FORWARD"));
        }
        if (outcome.ending() == verdict.ending) {
            return Verdict.met(evidence(facts, tried));
        }
        return Verdict.notMet(expected, found(tried), evidence(facts, tried)).because(why(facts, tried));
    }

    private String found(TestPacket.Tried tried) {
        String now = tried.packet()
                        .header()
                        .destination()
                        .equals(tried.witness().packet().header().destination())
                ? ""
                : " (now for " + tried.packet().header().destination() + ")";
        return tried.arrow()
                + now
                + switch (tried.outcome().ending()) {
                    case LEFT ->
                        " forwarded"
                                + tried.packet()
                                        .out()
                                        .known()
                                        .map(name -> " by " + name)
                                        .orElse("");
                    case DROPPED -> tried.outcome().errorIsLost() ? " rejected, and its error dropped" : " dropped";
                    case REJECTED -> " rejected";
                    case DELIVERED, NO_WAY, UNDECIDED ->
                        " not forwarded: "
                                + tried.outcome().reason().map(Words::text).orElse("");
                };
    }

    private Optional<String> why(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        RuleCauses clues = new RuleCauses(facts, tried.witness(), outcome);
        if (outcome.ending() == TraversalResult.Ending.LEFT) {
            Set<Action.End> stop = Set.of(verdict == Verb.DROP ? Action.End.DROP : Action.End.REJECT);
            return clues.notEnded(stop)
                    .or(() -> outcome.passage(Hook.FORWARD, false).flatMap(ForwardVerdict::decided))
                    .or(() -> Optional.of("the policy of FORWARD is ACCEPT, and no rule stops it"));
        }
        if (outcome.decision().isEmpty()) {
            return outcome.ending() == TraversalResult.Ending.NO_WAY
                    ? Optional.empty()
                    : outcome.reason().map(Words::text);
        }
        Optional<String> decided = decided(outcome.decision().get());
        boolean byPolicy = outcome.decision().get().by().isEmpty();
        return verdict == Verb.ACCEPT && byPolicy
                ? decided.map(words -> words
                        + clues.notEnded(Set.of(Action.End.ACCEPT))
                                .map(near -> "; " + near)
                                .orElse(""))
                : decided;
    }

    /** {@code rule 3 of FORWARD drops it: -A FORWARD -i br0 -j DROP}. */
    static Optional<String> decided(ChainTraversal passage) {
        String verb = passage.end().name().toLowerCase(Locale.ROOT) + "s it";
        return Optional.of(passage.by()
                .map(rule -> Words.text(rule.place()) + " " + verb + ": " + rule.shown())
                .orElseGet(
                        () -> "the policy of " + Words.text(passage.chain().id().inForm("")) + " is " + passage.end()
                                + (passage.end() == Action.End.ACCEPT
                                        ? ", and no rule stops it"
                                        : ", and no rule accepts it")));
    }

    private Evidence evidence(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        if (outcome.kernel().isPresent()) {
            KernelDrop drop = outcome.kernel().get();
            return switch (drop.kind()) {
                case FORWARDING_OFF -> new Evidence(Typed.in(facts, in, "sysctl " + drop.what()), drop.what() + " = 0");
                case ROUTE -> new Evidence(Typed.ip(facts, in, "route"), drop.what());
                case HAIRPIN_OFF ->
                    new Evidence(
                            Typed.ip(facts, in, "-d link show " + LearnerCommand.quoted(drop.what())), "hairpin off");
            };
        }
        if (outcome.reason().isPresent()) {
            return new Evidence(Typed.ip(facts, in, "route"), "");
        }
        Optional<ChainTraversal> passage = outcome.decision().or(() -> outcome.passage(Hook.FORWARD, false));
        if (passage.isEmpty()) {
            return TestPacket.evidence(
                    facts, in, new ChainId("iptables", "ip", "filter", "FORWARD"), List.of("-P FORWARD ACCEPT"));
        }
        ChainTraversal last = passage.get();
        return last.by()
                .map(rule -> TestPacket.evidence(facts, in, rule))
                .orElseGet(() -> TestPacket.evidence(facts, in, last.chain(), last.end()));
    }
}
