package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.RuleChain;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.Ternary;
import dev.drydock.verify.packet.TraversalResult;
import java.util.List;
import java.util.Optional;

/**
 * What rules do to the later fragments of a packet, which have no ports. Where conntrack is in use it puts the packet together before any rule, and at
 * INPUT the kernel has done so anyway.
 *
 * @param offset of the second fragment, in units of 8 bytes
 * @param more whether there is a third one
 */
record Fragments(int offset, boolean more) {
    private static final int HEADER = 20;
    private static final int UNIT = 8;

    /** The fragments of a packet of a size, of which each is at most as large as the MTU. */
    static Fragments of(int size, int mtu) {
        int units = (mtu - HEADER) / UNIT;
        return new Fragments(units, size - HEADER > 2 * UNIT * units);
    }

    /** Why the second fragment is stopped by rules that let the first one pass; empty where it passes too. */
    Optional<StepFinding> stopped(FilterDiagnosis filters, Node at, Packet first, boolean back) {
        Packet packet = first.fragment(offset, more);
        Optional<Ruleset> rules = filters.model().rules(at, false).toOptional();
        Optional<Router> router = filters.model().router(at);
        if (first.header().isIpv6()
                || rules.isEmpty()
                || router.isEmpty()
                || rules.get().tracked() == Ternary.YES) {
            return Optional.empty();
        }
        List<TraversalResult> lost = NetfilterTraversal.all(rules.get(), router.get(), packet, false).stream()
                .filter(outcome -> !passes(outcome))
                .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        boolean known = lost.size() == 1 && rules.get().tracked() == Ternary.NO;
        StepFinding why = filters.stopped(at, at, packet, lost.get(0), back);
        return Optional.of(StepFinding.broken(why)
                .filter(broken -> known && broken.cause().isOfRules())
                .<StepFinding>map(broken -> broken.saying(said -> say("broken.fragments", "why", said)))
                .orElseGet(() -> new StepFinding.CannotTell(say("unclear.fragments"))));
    }

    private static boolean passes(TraversalResult outcome) {
        Optional<Hook> hook = outcome.decision()
                .map(ChainTraversal::chain)
                .flatMap(RuleChain::base)
                .map(RuleChain.Base::hook);
        return outcome.ending().passed() || hook.equals(Optional.of(Hook.INPUT));
    }
}
