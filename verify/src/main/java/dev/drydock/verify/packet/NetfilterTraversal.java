package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way of one packet through the netfilter hooks and the routing of one namespace. */
public final class NetfilterTraversal {
    private static final int MOST_WAYS = 512;
    private static final int DEEPEST = 64;
    /** The priority at which NAT happens at each hook; never at FORWARD. */
    private static final Map<Hook, Integer> TRANSLATION = Map.of(
            Hook.PREROUTING, -100,
            Hook.INPUT, 100,
            Hook.FORWARD, Integer.MAX_VALUE,
            Hook.OUTPUT, -100,
            Hook.POSTROUTING, 100);

    private static final Set<String> FILTERS = Set.of("filter", "security");

    private final Ruleset rules;
    private final Router router;
    private final boolean translationOnly;
    private final Alternatives choices;
    private final Forks forks;
    private final TrackingDoubts doubts;
    private final List<ChainTraversal> passages = new ArrayList<>();
    private Packet packet;
    private Optional<RouteLookup> way = Optional.empty();
    private Optional<Rule> sourceBy = Optional.empty();
    private Optional<Rule> destinationBy = Optional.empty();
    private Optional<Rule> last = Optional.empty();
    private Optional<Message> reason = Optional.empty();
    private Optional<KernelDrop> kernel = Optional.empty();
    private boolean translated;
    private boolean framed;
    private Hook at = Hook.PREROUTING;

    private NetfilterTraversal(
            Ruleset rules, Router router, Packet packet, boolean translationOnly, Alternatives choices) {
        this.rules = rules;
        this.router = router;
        this.packet = packet;
        this.translationOnly = translationOnly;
        this.choices = choices;
        this.forks = new Forks(choices);
        this.doubts = new TrackingDoubts(choices);
    }

    /**
     * All possible outcomes for the packet: exactly one where every fact is known. An exception during the evaluation ends as UNDECIDED.
     *
     * @param translationOnly true: only NAT rules count, and filters, source checks and sysctls stop no packet
     */
    public static List<TraversalResult> all(Ruleset rules, Router router, Packet packet, boolean translationOnly) {
        List<TraversalResult> outcomes = new ArrayList<>();
        Optional<Alternatives> choices = Optional.of(Alternatives.first());
        while (choices.isPresent()) {
            NetfilterTraversal journey = new NetfilterTraversal(rules, router, packet, translationOnly, choices.get());
            outcomes.add(journey.outcome(
                    outcomes.size() < MOST_WAYS ? journey.guarded() : journey.undecided(say("doubt.too-many-rules"))));
            choices = outcomes.size() > MOST_WAYS
                    ? Optional.empty()
                    : choices.get().next();
        }
        return outcomes;
    }

    private TraversalResult outcome(TraversalResult.Ending ending) {
        return new TraversalResult(
                ending, packet, way, reason, kernel, passages, sourceBy, destinationBy, choices.turn());
    }

    private TraversalResult.Ending dropped(KernelDrop.Kind kind, String what) {
        return dropped(new KernelDrop(kind, what));
    }

    private TraversalResult.Ending dropped(KernelDrop drop) {
        kernel = Optional.of(drop);
        reason = kernel.map(KernelDrop::words);
        return TraversalResult.Ending.DROPPED;
    }

    private TraversalResult.Ending undecided(Message why) {
        reason = Optional.of(why);
        return TraversalResult.Ending.UNDECIDED;
    }

    /** Turns an exception during the walk into UNDECIDED. */
    private TraversalResult.Ending guarded() {
        try {
            TraversalResult.Ending ending = walk();
            return ending == TraversalResult.Ending.REJECTED && !translationOnly && errorIsLost()
                    ? TraversalResult.Ending.DROPPED
                    : ending;
        } catch (RuntimeException unforeseen) {
            return undecided(say("doubt.rules"));
        }
    }

    private TraversalResult.Ending walk() {
        if (rules.beneath().isPresent() && !translationOnly) {
            return undecided(say("doubt.nft-table", "table", rules.beneath().get()));
        }
        return packet.isArp() ? asked() : packet.made() ? made() : arrived();
    }

    /** Whether this namespace itself drops the error that a rejection sends. The error is followed as a packet that the namespace sends. */
    private boolean errorIsLost() {
        Optional<Packet> error = Rejection.error(packet, last.flatMap(Rule::refusal), router);
        if (error.isEmpty()) {
            return false;
        }
        TraversalResult.Ending ending = new NetfilterTraversal(rules, router, error.get(), false, choices).walk();
        return ending == TraversalResult.Ending.UNDECIDED
                ? choices.decide(say("doubt.rejection-error"))
                : !ending.passed();
    }

    /** Passes the chains of the family bridge at these hooks. Present when a chain stops the frame. */
    private Optional<TraversalResult.Ending> frame(boolean there, Hook... hooks) {
        if (translationOnly || !there || !rules.seesFrames()) {
            return Optional.empty();
        }
        Optional<TraversalResult.Ending> ended = Optional.empty();
        for (int i = 0; i < hooks.length && ended.isEmpty(); i++) {
            Packet before = packet;
            packet = packet.asFrame(hooks[i]);
            framed = true;
            ended = pass(hooks[i]);
            framed = false;
            packet = packet.unframed(before);
        }
        return ended;
    }

    /** An ARP frame: only chains of the family bridge see it. */
    private TraversalResult.Ending asked() {
        boolean bridge = router.isBridge(packet.made() ? packet.out() : packet.in());
        boolean leaves = packet.made() || packet.switched();
        return frame(packet.switched() || bridge, packet.frameHooks())
                .orElse(leaves ? TraversalResult.Ending.LEFT : TraversalResult.Ending.DELIVERED);
    }

    private TraversalResult.Ending arrived() {
        boolean byBridge = router.isBridge(packet.in()) || packet.portIn().kind() != PacketDevice.Kind.NONE;
        Optional<TraversalResult.Ending> stopped = frame(byBridge, Hook.PREROUTING)
                .or(() -> pass(Hook.PREROUTING))
                .or(() -> frame(byBridge && !packet.switched(), Hook.INPUT));
        if (stopped.isPresent()) {
            return stopped.get();
        }
        if (packet.switched() && !isRewritten()) {
            packet = packet.leaving(packet.in());
            return switched();
        }
        packet = packet.onPorts(packet.portIn(), PacketDevice.NONE, false);
        Optional<TraversalResult.Ending> noWay = SourceCheck.martian(packet, router)
                .filter(drop -> !translationOnly)
                .map(this::dropped)
                .or(() -> route(RouteQuery.of(packet)));
        if (noWay.isPresent()) {
            return noWay.get();
        }
        if (way.orElseThrow().kind() == RouteLookup.Kind.LOCAL) {
            packet = packet.leaving(PacketDevice.NONE);
            return disbelieved(RouteQuery.HERE).or(() -> pass(Hook.INPUT)).orElse(TraversalResult.Ending.DELIVERED);
        }
        if (comesBackByTheBridge()) {
            packet = packet.onPorts(packet.portIn(), router.ports().to(packet.header()), true);
            return turnsBack()
                    ? dropped(KernelDrop.Kind.HAIRPIN_OFF, packet.portIn().name())
                    : switched();
        }
        if (!translationOnly && packet.header().isOfLink()) {
            return dropped(KernelDrop.Kind.BEYOND_LINK, packet.header().source().text());
        }
        String setting = router.forwardingOf(packet.in(), packet.header().isIpv6());
        if (!translationOnly && !router.settings().containsKey(setting)) {
            return undecided(say("setting.unread", "setting", setting));
        }
        if (!translationOnly && !router.on(setting)) {
            return dropped(KernelDrop.Kind.FORWARDING_OFF, setting);
        }
        Optional<TraversalResult.Ending> disbelieved = disbelieved(packet.out());
        if (disbelieved.isPresent()) {
            return disbelieved.get();
        }
        if (!translationOnly && packet.isSpent()) {
            return dropped(KernelDrop.Kind.NO_HOPS_LEFT, Router.HOPS);
        }
        packet = packet.forwarded();
        return pass(Hook.FORWARD)
                .or(() -> pass(Hook.POSTROUTING))
                .or(this::byBridge)
                .orElse(TraversalResult.Ending.LEFT);
    }

    /** Whether the source check drops the packet. */
    private Optional<TraversalResult.Ending> disbelieved(PacketDevice out) {
        return translationOnly
                ? Optional.empty()
                : new SourceCheck(router, forks).of(packet, out).map(this::dropped);
    }

    private boolean isRewritten() {
        IpAddress first = packet.tracking().original().destination();
        return !packet.header().destination().equals(first);
    }

    private TraversalResult.Ending switched() {
        Optional<TraversalResult.Ending> stopped =
                frame(true, Hook.FORWARD).or(() -> pass(Hook.FORWARD)).or(() -> frame(true, Hook.POSTROUTING));
        // a bridge does not tell POSTROUTING where the packet came in
        packet = packet.arriving(PacketDevice.NONE);
        return stopped.or(() -> pass(Hook.POSTROUTING)).orElse(TraversalResult.Ending.LEFT);
    }

    /**
     * A switched packet whose destination br_netfilter rules changed and whose new destination is behind the same bridge: the bridge forwards the
     * frame, also where IP forwarding is off.
     */
    private boolean comesBackByTheBridge() {
        return isRewritten()
                && packet.portIn().kind() != PacketDevice.Kind.NONE
                && packet.out().equals(packet.in())
                && router.on(Router.bridged(packet.header().isIpv6()));
    }

    /** A packet that leaves by a bridge also passes the chains of the family bridge, with the port that leads to the next hop. */
    private Optional<TraversalResult.Ending> byBridge() {
        if (!router.isBridge(packet.out()) || !rules.seesFrames()) {
            return Optional.empty();
        }
        IpAddress next = way.flatMap(RouteLookup::via).orElse(packet.header().destination());
        packet = packet.onPorts(packet.portIn(), router.ports().to(next, packet.header()), false)
                .between(
                        packet.out().known().flatMap(router::link).flatMap(Link::mac),
                        router.ports().macOf(next));
        return frame(true, Hook.OUTPUT, Hook.POSTROUTING);
    }

    /** Whether the bridge drops the packet because it would leave by its input port, which is not in hairpin mode. */
    private boolean turnsBack() {
        Ternary lost = translationOnly ? Ternary.NO : router.ports().loses(packet.portIn(), packet.portOut());
        return lost == Ternary.YES
                || (lost == Ternary.UNKNOWN
                        && choices.decide(say("doubt.hairpin")
                                .with("bridge", packet.in().name())
                                .with("address", packet.header().destination())
                                .with("port", packet.portIn().name())));
    }

    private TraversalResult.Ending made() {
        Optional<TraversalResult.Ending> noWay = route(RouteQuery.of(packet));
        if (noWay.isPresent()) {
            return noWay.get();
        }
        IpAddress before = packet.header().destination();
        FieldValue mark = packet.mark();
        Optional<TraversalResult.Ending> stopped = pass(Hook.OUTPUT);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        if (!before.equals(packet.header().destination()) || !mark.equals(packet.mark())) {
            Optional<TraversalResult.Ending> lost = route(RouteQuery.again(packet));
            if (lost.isPresent()) {
                return lost.get();
            }
        }
        Optional<TraversalResult.Ending> ended = pass(Hook.POSTROUTING).or(this::byBridge);
        boolean local = way.orElseThrow().kind() == RouteLookup.Kind.LOCAL;
        return ended.orElse(local ? TraversalResult.Ending.DELIVERED : TraversalResult.Ending.LEFT);
    }

    /** Looks up the route. Present where no route leads on. Where several routes are possible, each walk takes another one. */
    private Optional<TraversalResult.Ending> route(RouteQuery query) {
        RouteLookup found = forks.one(router.ways(query), say("route.several-equal", "address", query.to()));
        way = Optional.of(found);
        reason = Optional.of(found.words());
        kernel = found.refused();
        return switch (found.kind()) {
            case LOCAL, ON -> {
                reason = Optional.empty();
                packet = packet.leaving(found.out());
                yield Optional.empty();
            }
            case NONE, REFUSED -> Optional.of(TraversalResult.Ending.NO_WAY);
            case BLACKHOLE -> Optional.of(TraversalResult.Ending.DROPPED);
            case UNKNOWN -> Optional.of(TraversalResult.Ending.UNDECIDED);
        };
    }

    /** Passes all chains of a hook. Present when one of them stops the packet. */
    private Optional<TraversalResult.Ending> pass(Hook hook) {
        boolean rewritten = false;
        at = hook;
        ConntrackState seen = packet.tracking();
        boolean first = !framed
                && ((hook == Hook.OUTPUT && seen.state() != ConntrackState.State.RELATED)
                        || (hook == Hook.PREROUTING && !packet.in().equals(PacketDevice.named("lo"))));
        if (first) {
            packet = packet.with(seen.unseen());
        }
        for (RuleChain chain : new ChainOrder(choices).of(rules.at(hook, framed))) {
            RuleChain.Base base = chain.base().orElseThrow();
            if (!framed && doubts.isTrackedBefore(packet, chain)) {
                track(seen);
            }
            if (!framed && base.priority() >= TRANSLATION.get(hook)) {
                undo(hook);
            }
            if (base.translates()
                    && (rewritten || !doubts.isFor(packet, chain) || !doubts.isTracked(rules.tracked(), chain))) {
                continue;
            }
            Packet before = packet;
            last = Optional.empty();
            translated = false;
            Optional<Action.End> ended = run(chain, DEEPEST);
            if (reason.isPresent()
                    && !(translationOnly && FILTERS.contains(chain.id().table()))) {
                return Optional.of(TraversalResult.Ending.UNDECIDED);
            }
            reason = Optional.empty();
            boolean byRule = ended.isPresent() && ended.get() != Action.End.RETURN;
            Action.End end = byRule ? ended.get() : base.policy();
            passages.add(new ChainTraversal(chain, before, end, byRule ? last : Optional.empty()));
            rewritten |= translated;
            if (end != Action.End.ACCEPT && !(translationOnly && !base.translates())) {
                return Optional.of(
                        end == Action.End.REJECT ? TraversalResult.Ending.REJECTED : TraversalResult.Ending.DROPPED);
            }
        }
        if (!framed) {
            track(seen);
            undo(hook);
        }
        return Optional.empty();
    }

    private void track(ConntrackState seen) {
        if (packet.tracking().state() == ConntrackState.State.INVALID) {
            packet = packet.with(seen);
        }
    }

    /** Undoes the translation of the first packet in the header of a reply, or repeats it in that of a later packet. */
    private void undo(Hook hook) {
        Optional<Header> undone = packet.tracking().known();
        if (undone.isEmpty() || hook == Hook.FORWARD) {
            return;
        }
        Header now = packet.header();
        boolean destination = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        packet = packet.with(
                destination
                        ? now.to(undone.get().destination(), undone.get().destinationPort())
                        : now.from(undone.get().source(), undone.get().sourcePort()));
    }

    /** The verdict of the chain; empty when no rule gave one. */
    private Optional<Action.End> run(RuleChain chain, int depth) {
        for (Rule rule : chain.rules()) {
            if (rule.actions().stream().allMatch(Action.Change.NOTHING::equals)) {
                continue;
            }
            if (!forks.decided(rule, rule.test(packet, router))) {
                continue;
            }
            for (Action action : rule.actions()) {
                if (action instanceof Action.Only only) {
                    if (!forks.decided(rule, only.condition().test().holds(packet, router))) {
                        break;
                    }
                    continue;
                }
                Optional<Action> chosen = action instanceof Action.Choose choose
                        ? forks.chosen(rule, choose, packet, router)
                        : Optional.of(action);
                if (chosen.isEmpty()) {
                    break;
                }
                Optional<Action.End> end = act(chain, rule, chosen.get(), depth);
                if (end.isPresent()) {
                    return end;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Action.End> act(RuleChain chain, Rule rule, Action action, int depth) {
        last = Optional.of(rule);
        if (action instanceof Action.End end) {
            return Optional.of(end);
        } else if (action instanceof Action.Change change) {
            packet = packet.changed(change.change(), router, rule);
            return Optional.empty();
        } else if (action instanceof Action.Reject) {
            return Optional.of(Action.End.REJECT);
        } else if (action instanceof Action.Jump jump) {
            return jump(chain, rule, jump, depth);
        } else if (action instanceof Action.Translate translate) {
            return Optional.of(translate(rule, translate.at(at)));
        }
        reason = Optional.of(say("doubt.rule-does", "place", rule.place(), "rule", rule.shown()));
        return Optional.of(Action.End.DROP);
    }

    private Optional<Action.End> jump(RuleChain chain, Rule rule, Action.Jump jump, int depth) {
        Optional<RuleChain> target = rules.chain(chain.id().sibling(jump.chain()));
        if (target.isEmpty() || depth == 0) {
            reason = Optional.of(say("doubt.rule-leads", "place", rule.place(), "rule", rule.shown()));
            return Optional.of(Action.End.DROP);
        }
        Optional<Action.End> end = run(target.get(), depth - 1);
        boolean returned = end.isEmpty() || end.get() == Action.End.RETURN;
        return !returned ? end : jump.forGood() ? Optional.of(Action.End.RETURN) : Optional.empty();
    }

    private Action.End translate(Rule rule, Action.Translate translate) {
        Optional<Header> changed = new Translation(translate, router, way, choices).of(packet);
        if (changed.isEmpty()) {
            return Action.End.DROP;
        }
        translated = true;
        if (!changed.get().equals(packet.header())) {
            // the kernel counts as translated what has changed
            Ternary changes = changed.get().mayBe(packet.header()) ? Ternary.UNKNOWN : Ternary.YES;
            packet = packet.with(changed.get()).with(packet.tracking().withTranslation(translate.source(), changes));
        }
        if (translate.source()) {
            sourceBy = Optional.of(rule);
        } else {
            destinationBy = Optional.of(rule);
        }
        return Action.End.ACCEPT;
    }
}
