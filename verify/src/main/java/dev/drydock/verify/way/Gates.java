package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Passage;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.way.Finding.Broken;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the rules and settings of a namespace did to the packet, in words. */
record Gates(Ground ground, Wording words, Question question) {

    /** Why a packet that was dropped or rejected did not pass; the answer's, where it is one. */
    Finding stopped(Station at, Outcome outcome, IpAddress to, boolean answer) {
        if (!outcome.words().isEmpty()) {
            return byKernel(at, outcome, to);
        }
        Optional<Passage> decision = outcome.decision();
        return decision.isEmpty()
                ? new Finding.CannotTell("what stopped the packet " + words.at(at) + " cannot be told")
                : decided(at, decision.get(), answer);
    }

    private Finding byKernel(Station at, Outcome outcome, IpAddress to) {
        int is = outcome.words().indexOf(" is 0");
        if (outcome.words().startsWith("net.ipv4.") && is > 0) {
            String setting = outcome.words().substring(0, is);
            return new Broken(
                    Cause.NOT_FORWARDING,
                    "packets for " + to + " would have to be forwarded " + words.at(at) + ", where " + setting
                            + " is 0",
                    new Evidence(words.in(at, "sysctl " + setting), setting + " = 0"),
                    "switching " + setting + " on " + words.at(at),
                    words.in(at, "sysctl -w " + setting + "=1"));
        }
        return new Broken(
                Cause.ROUTE_REFUSES,
                words.place(at) + " has a route that lets nothing pass to " + to + ": " + outcome.words(),
                new Evidence(words.ip(at, "route"), outcome.words()),
                "removing that route",
                words.change(at, "route del " + outcome.words()));
    }

    private Broken decided(Station at, Passage passage, boolean answer) {
        String what = answer ? "the answer" : "the packet";
        String verb = passage.end().name().toLowerCase(Locale.ROOT) + "s";
        ChainId chain = passage.chain().id();
        if (passage.by().isEmpty()) {
            boolean iptables = !chain.tool().equals("nft");
            return new Broken(
                    Cause.POLICY,
                    apart(at) + words.at(at) + " the policy of " + chain.shown() + " is " + passage.end()
                            + ", and no rule accepts " + what,
                    Optional.of(new Evidence(words.chain(at, chain), "-P " + chain.name() + " " + passage.end())),
                    "a rule of " + chain.shown() + " that accepts " + (answer ? "answers" : "such packets"),
                    iptables
                            ? Optional.of(words.in(
                                    at,
                                    chain.tool() + " -A " + chain.name() + " " + selector(passage, answer)
                                            + " -j ACCEPT"))
                            : Optional.empty());
        }
        Rule rule = passage.by().get();
        boolean docker = rule.chain().name().startsWith("DOCKER-ISOLATION");
        boolean iptables = !rule.chain().tool().equals("nft");
        return new Broken(
                docker ? Cause.DOCKER_ISOLATION : Cause.RULE,
                apart(at) + words.at(at) + " " + rule.place() + " " + verb + " " + what + ": " + rule.shown(),
                Optional.of(new Evidence(words.chain(at, rule.chain()), rule.shown())),
                docker
                        ? "a network that both are on"
                        : "removing that rule, or a rule before it that accepts "
                                + (answer ? "answers" : "such packets"),
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

    private static String selector(Passage passage, boolean answer) {
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
                ? ground.station(question.from()).stream()
                        .flatMap(station -> ground.containers(station).stream())
                        .filter(container ->
                                container.name().equals(question.from().name()))
                        .findFirst()
                : Optional.empty();
    }

    private Optional<Container> target() {
        return ground.facts().hosts().values().stream()
                .flatMap(host -> Ground.containers(host).stream())
                .filter(container -> container.running()
                        && container.attachments().values().stream()
                                .map(Attachment::address)
                                .anyMatch(address ->
                                        address.map(IpAddress::toString).equals(Optional.of(question.to()))))
                .findFirst();
    }

    /** {@code web is on mynet, db on other: }, where two containers share no network. */
    private String apart(Station at) {
        Optional<Container> source = source();
        Optional<Container> target = target();
        if (source.isEmpty() || target.isEmpty() || !at.isHost()) {
            return "";
        }
        Set<String> here = source.get().attachments().keySet();
        Set<String> there = target.get().attachments().keySet();
        return Collections.disjoint(here, there)
                ? source.get().name() + " is on " + networks(here) + ", "
                        + target.get().name() + " on " + networks(there) + ": "
                : "";
    }

    /** {@code the default bridge and mynet}. */
    static String networks(Set<String> names) {
        return names.isEmpty()
                ? "no network"
                : Wording.list(new TreeSet<>(names)
                        .stream()
                                .map(name -> name.equals("bridge") ? "the default bridge" : name)
                                .toList());
    }

    /** {@code FORWARD accepts (rule 5)}, or that no rule is in the way. */
    String passed(Outcome outcome, Hook hook) {
        return outcome.passage(hook, false)
                .filter(passage -> passage.end() == Action.End.ACCEPT)
                .map(passage -> passage.by()
                        .map(rule -> hook + " accepts (" + rule.place() + ")")
                        .orElse(hook + " accepts (policy)"))
                .orElse("no rule of " + hook + " is in the way");
    }

    /** The rule that translated an address: {@code rule 1 of nat POSTROUTING}. */
    static String by(Rule rule) {
        return rule.place() + ": " + rule.shown();
    }

    /** Rules that would have translated the destination, had the packet been what they are for. */
    Optional<Rule> nearestDnat(Station at, dev.drydock.verify.packet.Packet packet) {
        return ground.rules(at).stream()
                .flatMap(rules -> rules.rules())
                .filter(rule -> rule.translates(false) && !rule.chain().name().startsWith("DOCKER"))
                .filter(rule -> ground.router(at)
                        .map(router -> rule.mismatches(packet, router).size() == 1)
                        .orElse(false))
                .findFirst();
    }

    List<String> mismatch(Station at, Rule rule, dev.drydock.verify.packet.Packet packet) {
        return ground.router(at).map(router -> rule.mismatches(packet, router)).orElse(List.of());
    }
}
