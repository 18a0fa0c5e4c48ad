package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.KernelDrop;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the rules and settings of a namespace did to the packet, in words. */
record FilterDiagnosis(NetworkModel model, PathWording words, ReachabilityQuery question) {

    /** Why a packet that was dropped or rejected did not pass; the answer's, where it is one. */
    StepFinding stopped(Node at, TraversalResult outcome, IpAddress to, boolean answer) {
        if (outcome.kernel().isPresent()) {
            return byKernel(at, outcome.kernel().get(), to);
        }
        Optional<ChainTraversal> decision = outcome.decision();
        return decision.isEmpty()
                ? new StepFinding.CannotTell(say("unclear.stopped", "place", words.place(at)))
                : decided(at, decision.get(), answer);
    }

    /** What the kernel stopped by itself, with what mends it. */
    Broken byKernel(Node at, KernelDrop drop, IpAddress to) {
        String what = drop.what();
        return switch (drop.kind()) {
            case FORWARDING_OFF ->
                new Broken(
                        Cause.NOT_FORWARDING,
                        say("broken.not-forwarding", "address", to, "place", words.place(at), "setting", what),
                        new Evidence(words.in(at, "sysctl " + what), what + " = 0"),
                        say("mend.setting-on", "setting", what, "place", words.place(at)),
                        words.in(at, "sysctl -w " + what + "=1"));
            case ROUTE ->
                new Broken(
                        Cause.ROUTE_REFUSES,
                        say("broken.route-refuses", "place", words.place(at), "address", to, "route", what),
                        new Evidence(words.ip(at, "route"), what),
                        say("mend.remove-route"),
                        words.change(at, "route del " + what));
            case HAIRPIN_OFF ->
                new Broken(
                        Cause.HAIRPIN_OFF,
                        say("broken.hairpin-off", "address", to, "port", what),
                        new Evidence(words.ip(at, "-d link show " + LearnerCommand.quoted(what)), "hairpin off"),
                        say("mend.hairpin", "port", what, "place", words.place(at)),
                        words.change(at, "link set " + LearnerCommand.quoted(what) + " type bridge_slave hairpin on"));
        };
    }

    private Broken decided(Node at, ChainTraversal passage, boolean answer) {
        ChainId chain = passage.chain().id();
        if (passage.by().isEmpty()) {
            boolean iptables = !chain.tool().equals("nft");
            return new Broken(
                    Cause.of(chain.name(), true),
                    say(
                            "broken.policy",
                            "apart",
                            apart(at),
                            "place",
                            words.place(at),
                            "chain",
                            chain,
                            "policy",
                            passage.end().name(),
                            "answer",
                            answer),
                    Optional.of(new Evidence(words.chain(at, chain), "-P " + chain.name() + " " + passage.end())),
                    say("mend.accepting-rule", "chain", chain, "answer", answer),
                    iptables
                            ? Optional.of(words.in(
                                    at,
                                    chain.tool() + " -A " + chain.name() + " " + selector(passage, answer)
                                            + " -j ACCEPT"))
                            : Optional.empty());
        }
        Rule rule = passage.by().get();
        Cause cause = Cause.of(rule.chain().name(), false);
        boolean docker = cause == Cause.DOCKER_ISOLATION;
        boolean iptables = !rule.chain().tool().equals("nft");
        return new Broken(
                cause,
                say(
                        "broken.rule",
                        "apart",
                        apart(at),
                        "place",
                        words.place(at),
                        "rule",
                        rule.place(),
                        "rejects",
                        passage.end() == Action.End.REJECT,
                        "answer",
                        answer,
                        "text",
                        rule.shown()),
                Optional.of(new Evidence(words.chain(at, rule.chain()), rule.shown())),
                docker ? say("mend.common-network") : say("mend.remove-rule", "answer", answer),
                docker
                        ? connect()
                        : iptables
                                ? Optional.of(words.in(
                                        at,
                                        rule.chain().tool()
                                                + (rule.chain().table().equals("filter")
                                                        ? ""
                                                        : " -t " + rule.chain().table())
                                                + " -D " + rule.chain().name() + " " + rule.number()))
                                : Optional.empty());
    }

    private static String selector(ChainTraversal passage, boolean answer) {
        if (answer) {
            return "-m conntrack --ctstate RELATED,ESTABLISHED";
        }
        return "-s " + passage.arrived().header().source() + " -d "
                + passage.arrived().header().destination();
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

    /** {@code web is on mynet, db on other}, where the two containers of the question share no network. */
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
        return say(
                "broken.apart",
                "container",
                one.name(),
                "networks",
                networks(one),
                "other",
                other.name(),
                "otherNetworks",
                networks(other));
    }

    private static List<?> networks(Container container) {
        return new TreeSet<>(container.attachments().keySet())
                .stream()
                        .map(name -> name.equals("bridge") ? say("network.default-bridge") : name)
                        .toList();
    }

    /** {@code FORWARD accepts (rule 5)}, or that no rule is in the way. */
    Message passed(TraversalResult outcome, Hook hook) {
        return outcome.passage(hook, false)
                .filter(passage -> passage.end() == Action.End.ACCEPT)
                .map(passage ->
                        say("holds.accepts", "chain", hook, "rule", passage.by().map(Rule::place)))
                .orElseGet(() -> say("holds.no-rule", "chain", hook));
    }

    /** Rules that would have translated the destination, had the packet been what they are for. */
    Optional<Rule> nearestDnat(Node at, dev.drydock.verify.packet.Packet packet) {
        return model.rules(at).toOptional().stream()
                .flatMap(rules -> rules.rules())
                .filter(rule -> rule.translates(false) && !rule.chain().name().startsWith("DOCKER"))
                .filter(rule -> model.router(at)
                        .map(router -> rule.mismatches(packet, router).size() == 1)
                        .orElse(false))
                .findFirst();
    }

    List<Message> mismatch(Node at, Rule rule, dev.drydock.verify.packet.Packet packet) {
        return model.router(at).map(router -> rule.mismatches(packet, router)).orElse(List.of());
    }
}
