package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Passage;
import dev.drydock.verify.packet.Router;
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
        ACCEPT("forwarded", Outcome.Ending.LEFT),
        DROP("dropped", Outcome.Ending.DROPPED),
        REJECT("rejected", Outcome.Ending.REJECTED);

        private final String participle;
        private final Outcome.Ending ending;

        Verb(String participle, Outcome.Ending ending) {
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
        return Words.place(in) + " "
                + (verdict == Verb.ACCEPT ? "forwards " : verdict.name().toLowerCase(Locale.ROOT) + "s ")
                + flow.words();
    }

    @Override
    public String describeOpposite() {
        return Words.place(in) + " does not "
                + (verdict == Verb.ACCEPT ? "forward " : verdict.name().toLowerCase(Locale.ROOT) + " ") + flow.words();
    }

    @Override
    public Set<String> sysctls() {
        return Set.of(Router.BRIDGED, Router.FORWARDING);
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(Witness.probe(in));
    }

    @Override
    public Set<Scope> places() {
        return flow.places(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return Witness.judge(facts, in, flow, false, tried -> judge(facts, tried));
    }

    /** Not forwarded, whichever rule, policy or setting sees to that. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return verdict == Verb.ACCEPT
                ? Witness.judge(facts, in, flow, false, tried -> judgeStopped(facts, tried))
                : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judgeStopped(Facts facts, Witness.Tried tried) {
        return judge(facts, tried)
                .fold(
                        met -> new Verdict.NotMet(
                                describeOpposite(), describe(), met.evidence(), whyNotStopped(facts, tried)),
                        notMet -> new Verdict.Met(notMet.evidence()),
                        cannotTell -> cannotTell);
    }

    private Optional<String> whyNotStopped(Facts facts, Witness.Tried tried) {
        if (tried.witness().unseen()) {
            return Optional.empty();
        }
        return new RuleClues(facts, tried.witness(), tried.outcome())
                .notEnded(Set.of(Action.End.DROP, Action.End.REJECT))
                .or(() -> tried.outcome().passage(Hook.FORWARD, false).flatMap(ForwardVerdict::decided))
                .or(() -> Optional.of("the policy of FORWARD is ACCEPT, and no rule stops it"));
    }

    private Verdict judge(Facts facts, Witness.Tried tried) {
        Outcome outcome = tried.outcome();
        String expected = tried.arrow() + " " + verdict.participle;
        if (tried.witness().unseen()) {
            Evidence setting = tried.witness().bridged(facts);
            String bridge = tried.packet().in().name();
            return verdict == Verb.ACCEPT
                    ? Verdict.met(setting)
                    : Verdict.notMet(expected, tried.arrow() + " handed on inside " + bridge, setting)
                            .because(Optional.of(Witness.BRIDGED));
        }
        boolean made = tried.witness().packet().made();
        if (made || outcome.ending() == Outcome.Ending.DELIVERED) {
            return Verdict.notMet(
                            expected,
                            made
                                    ? Words.place(in) + " makes this packet itself"
                                    : tried.packet().header().destination() + " is an address of " + Words.place(in)
                                            + " itself",
                            new Evidence(Typed.ip(facts, in, "-4 addr"), ""))
                    .because(Optional.of("such a packet passes " + (made ? "OUTPUT" : "INPUT") + ", not FORWARD"));
        }
        if (outcome.ending() == verdict.ending) {
            return Verdict.met(evidence(facts, tried));
        }
        return Verdict.notMet(expected, found(tried), evidence(facts, tried)).because(why(facts, tried));
    }

    private String found(Witness.Tried tried) {
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
                        " not forwarded: " + tried.outcome().words();
                };
    }

    private Optional<String> why(Facts facts, Witness.Tried tried) {
        Outcome outcome = tried.outcome();
        RuleClues clues = new RuleClues(facts, tried.witness(), outcome);
        if (outcome.ending() == Outcome.Ending.LEFT) {
            Set<Action.End> stop = Set.of(verdict == Verb.DROP ? Action.End.DROP : Action.End.REJECT);
            return clues.notEnded(stop)
                    .or(() -> outcome.passage(Hook.FORWARD, false).flatMap(ForwardVerdict::decided))
                    .or(() -> Optional.of("the policy of FORWARD is ACCEPT, and no rule stops it"));
        }
        if (outcome.decision().isEmpty()) {
            return outcome.ending() == Outcome.Ending.NO_WAY ? Optional.empty() : Optional.of(outcome.words());
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
    static Optional<String> decided(Passage passage) {
        String verb = passage.end().name().toLowerCase(Locale.ROOT) + "s it";
        return Optional.of(passage.by()
                .map(rule -> rule.place() + " " + verb + ": " + rule.shown())
                .orElseGet(() -> "the policy of " + passage.chain().id().shown() + " is " + passage.end()
                        + (passage.end() == Action.End.ACCEPT
                                ? ", and no rule stops it"
                                : ", and no rule accepts it")));
    }

    private Evidence evidence(Facts facts, Witness.Tried tried) {
        Outcome outcome = tried.outcome();
        if (!outcome.words().isEmpty()) {
            int is = outcome.words().indexOf(" is 0");
            boolean off = outcome.words().startsWith("net.ipv4.") && is > 0;
            String setting = off ? outcome.words().substring(0, is) : "";
            return off
                    ? new Evidence(Typed.in(facts, in, "sysctl " + setting), setting + " = 0")
                    : new Evidence(Typed.ip(facts, in, "route"), "");
        }
        Optional<Passage> passage = outcome.decision().or(() -> outcome.passage(Hook.FORWARD, false));
        if (passage.isEmpty()) {
            return Witness.evidence(
                    facts, in, new ChainId("iptables", "ip", "filter", "FORWARD"), List.of("-P FORWARD ACCEPT"));
        }
        Passage last = passage.get();
        return last.by()
                .map(rule -> Witness.evidence(facts, in, rule))
                .orElseGet(() -> Witness.evidence(facts, in, last.chain(), last.end()));
    }
}
