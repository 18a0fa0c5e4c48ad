package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.KernelDrop;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.RuleChain;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Explains what the rules and sysctls of a namespace did to the packet. */
record FilterDiagnosis(NetworkModel model, PathWording words, ReachabilityQuery question) {

    /**
     * Why the namespace stopped a packet.
     *
     * @param hopsSetAt the namespace that last set the TTL
     * @param packet as it came into the namespace
     * @param answer whether the packet is the answer
     */
    StepFinding stopped(Node at, Node hopsSetAt, Packet packet, TraversalResult outcome, boolean answer) {
        if (outcome.kernel().isPresent()) {
            if (outcome.kernel().get().kind() == KernelDrop.Kind.NO_HOPS_LEFT) {
                return new KernelDiagnosis(model, words)
                        .spent(hopsSetAt, outcome.packet().hopsBy());
            }
            Broken broken = new KernelDiagnosis(model, words)
                    .stopped(at, outcome.kernel().get(), outcome.packet());
            boolean sentBack = broken.cause() == Cause.NOT_FORWARDING
                    && packet.in().equals(outcome.packet().out());
            return sentBack
                    ? new Broken(
                            broken.cause(),
                            broken.found(),
                            broken.evidence(),
                            say("mend.gateway-that-forwards", "place", words.place(at)),
                            Optional.empty())
                    : broken;
        }
        Optional<ChainTraversal> decision = outcome.decision();
        return decision.isEmpty()
                ? new StepFinding.CannotTell(say("unclear.stopped", "place", words.place(at)))
                : decided(at, packet, decision.get(), outcome.packet(), answer);
    }

    /** The title of the step at which the namespace stopped a packet. */
    Message title(Node at, Packet packet, TraversalResult outcome) {
        Optional<Hook> hook =
                outcome.decision().flatMap(decision -> decision.chain().base()).map(RuleChain.Base::hook);
        if (outcome.kernel().filter(drop -> drop.isOfSource()).isPresent()) {
            return say("step.source-check", "place", words.place(at));
        }
        boolean makesOrReceives = packet.made() || hook.equals(Optional.of(Hook.PREROUTING));
        return say(makesOrReceives
                        ? "step.rules"
                        : hook.equals(Optional.of(Hook.INPUT)) ? "step.takes" : "step.hands-on")
                .with("place", words.place(at))
                .with("several", words.several(at));
    }

    /** @param stopped the packet as it was at the rule or policy */
    private Broken decided(Node at, Packet packet, ChainTraversal passage, Packet stopped, boolean answer) {
        DockerIsolation isolation = new DockerIsolation(model);
        boolean shields = isolation.shielded(at, passage, stopped).isPresent();
        FilterMend mends = new FilterMend(model, words);
        Optional<String> command = (shields
                        ? mends.throughout(at, packet, passage, answer)
                        : mends.of(at, packet, passage, answer))
                .filter(mend -> mayBeSomewhere(packet.header().destination()));
        ChainId chain = passage.chain().id();
        if (passage.by().isEmpty()) {
            boolean nft = chain.tool().equals("nft");
            String policy = passage.end().name();
            String line = nft
                    ? "type hook policy drop;"
                    : chain.isOfBridge()
                            ? "Bridge chain: " + chain.name() + ", policy: " + policy
                            : "-P " + chain.name() + " " + policy;
            return new Broken(
                    Cause.of(chain, true),
                    say("broken.policy")
                            .with("apart", apart(at))
                            .with("place", words.place(at))
                            .with("chain", chain)
                            .with("policy", nft ? policy.toLowerCase(Locale.ROOT) : policy)
                            .with("answer", answer),
                    Optional.of(new Evidence(words.chain(at, chain), line)),
                    say("mend.accepting-rule", "chain", chain, "answer", answer),
                    command);
        }
        Rule rule = passage.by().get();
        Optional<DockerNetwork> isolated = isolation.by(at, passage, stopped);
        boolean docker = isolated.isPresent();
        Cause cause = docker ? Cause.DOCKER_ISOLATION : Cause.of(rule.chain(), false);
        Optional<DockerNetwork> internal = isolated.filter(DockerNetwork::internal);
        Optional<Container> kept = source().filter(container -> internal.isPresent() && target().isEmpty());
        Optional<DockerSettings.Off> off = new DockerSettings(model).apart(at, rule.shown());
        Message found = say("broken.rule")
                .with("apart", apart(at))
                .with("place", words.place(at))
                .with("rule", rule.place())
                .with("rejects", passage.end() == Action.End.REJECT)
                .with("answer", answer)
                .with("text", rule.shown())
                .with("network", off.map(one -> one.network().name()))
                .with("option", off.map(DockerSettings.Off::shown));
        return new Broken(
                cause,
                internal.map(network -> say("broken.internal-network", "why", found, "network", network.name()))
                        .orElse(found),
                Optional.of(new Evidence(words.chain(at, rule.chain()), rule.shown())),
                kept.map(container -> say("mend.outward-network", "container", container.name()))
                        .orElseGet(() -> docker
                                ? say("mend.common-network")
                                : shields ? say("mend.published") : say("mend.remove-rule", "answer", answer)),
                kept.map(container -> "docker network connect bridge " + container.name())
                        .or(() -> docker ? connect() : command));
    }

    /** Whether an accepted packet can get anywhere: a private address must be in a subnet of the lab. */
    private boolean mayBeSomewhere(IpAddress to) {
        return !ExternalNetwork.isPrivate(to)
                || model.nodes().stream()
                        .flatMap(Node::ends)
                        .flatMap(end -> end.addresses(to.isIpv6()).stream())
                        .anyMatch(own -> own.contains(to));
    }

    /**
     * Why the namespace stops a packet of neighbour discovery or an ARP frame.
     *
     * @param next the address whose MAC address is asked for
     */
    StepFinding undiscovered(Node at, Packet packet, TraversalResult outcome, IpAddress next) {
        StepFinding stopped = stopped(at, at, packet, outcome, false);
        Optional<ChainId> chain =
                outcome.decision().map(decision -> decision.chain().id());
        if (chain.filter(ChainId::isOfBridge).isPresent()) {
            return StepFinding.broken(stopped)
                    .<StepFinding>map(why -> new Broken(
                            why.cause(),
                            say("broken.discovery", "address", next, "why", why.found()),
                            why.evidence(),
                            why.mend(),
                            why.command()))
                    .orElse(stopped);
        }
        return StepFinding.broken(stopped)
                .<StepFinding>map(why -> new Broken(
                        Cause.NEIGHBOUR_DISCOVERY,
                        say("broken.discovery", "address", next, "why", why.found()),
                        why.evidence(),
                        chain.map(id -> say("mend.discovery", "chain", id)).orElse(why.mend()),
                        chain.map(id -> words.in(at, FilterMend.accepting(id, "ipv6-icmp")))))
                .orElse(stopped);
    }

    private Optional<String> connect() {
        Optional<Container> target = target();
        return source().flatMap(container -> target.flatMap(other -> other.attachments().keySet().stream()
                .filter(name -> !Set.of("host", "none").contains(name))
                .findFirst()
                .map(network -> "docker network connect " + network + " " + container.name())));
    }

    private Optional<Container> source() {
        return question.from().kind() == Scope.Kind.CONTAINER
                ? model.node(question.from()).stream()
                        .flatMap(node -> model.containers(node).stream())
                        .filter(container ->
                                container.name().equals(question.from().name()))
                        .findFirst()
                : Optional.empty();
    }

    private Optional<Container> target() {
        return model.facts().hosts().values().stream()
                .flatMap(host -> NetworkModel.containers(host).stream())
                .filter(container -> container.running()
                        && container.attachments().values().stream()
                                .map(Attachment::address)
                                .anyMatch(address ->
                                        address.map(IpAddress::toString).equals(Optional.of(question.to()))))
                .findFirst();
    }

    /** {@code web is on mynet, db on other}, where the two containers of the query share no network; else empty. */
    private Optional<Message> apart(Node at) {
        Optional<Container> source = source();
        Optional<Container> target = target();
        if (source.isEmpty() || target.isEmpty() || !at.isHost()) {
            return Optional.empty();
        }
        Set<String> here = source.get().attachments().keySet();
        Set<String> there = target.get().attachments().keySet();
        return Collections.disjoint(here, there) ? Optional.of(apart(source.get(), target.get())) : Optional.empty();
    }

    /** {@code web is on the default bridge and mynet, db on other}. */
    static Message apart(Container one, Container other) {
        return say("broken.apart")
                .with("container", one.name())
                .with("networks", networks(one))
                .with("other", other.name())
                .with("otherNetworks", networks(other));
    }

    private static List<?> networks(Container container) {
        return new TreeSet<>(container.attachments().keySet())
                .stream()
                        .map(name -> name.equals("bridge") ? say("network.default-bridge") : name)
                        .toList();
    }

    /** {@code FORWARD accepts (rule 5)}, or that no rule of the hook matched. */
    Message passed(TraversalResult outcome, Hook hook) {
        return outcome.passage(hook, false)
                .filter(passage -> passage.end() == Action.End.ACCEPT)
                .map(passage ->
                        say("holds.accepts", "chain", hook, "rule", passage.by().map(Rule::place)))
                .orElseGet(() -> say("holds.no-rule", "chain", hook));
    }

    /** The first DNAT rule, Docker's own excepted, from which the packet differs in exactly one condition. */
    Optional<Rule> nearestDnat(Node at, Packet packet) {
        return model.rules(at, packet.header().isIpv6()).toOptional().stream()
                .flatMap(rules -> rules.rules())
                .filter(rule -> rule.translates(false) && !rule.chain().isDockers())
                .filter(rule -> model.router(at)
                        .map(router -> rule.mismatches(packet, router).size() == 1)
                        .orElse(false))
                .findFirst();
    }

    List<Message> mismatch(Node at, Rule rule, Packet packet) {
        return model.router(at).map(router -> rule.mismatches(packet, router)).orElse(List.of());
    }
}
