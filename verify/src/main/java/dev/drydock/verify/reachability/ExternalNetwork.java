package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.Ternary;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be said about a packet outside the lab hosts: from its addresses, and from the result of the real probe. */
record ExternalNetwork(NetworkModel model, PathWording words, ProbeResult probe) {
    private static final List<Cidr> PRIVATE = Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
            .map(Cidr::parse)
            .toList();
    private static final Set<String> UNTRACKING = Set.of("CT", "NOTRACK", "notrack");
    private static final Set<String> NO_TRANSLATION = Set.of("--iptables=false", "--ip-masq=false");
    // -A POSTROUTING -s 10.9.0.0/24 -o ens3 -j MASQUERADE
    private static final Pattern OUT = Pattern.compile("(?<!! )-o (\\S+)");
    private static final Set<String> UNANSWERED = Set.of("INCOMPLETE", "FAILED");

    /** Whether the address is private (RFC 1918, or fc00::/7). */
    static boolean isPrivate(IpAddress address) {
        return PRIVATE.stream().anyMatch(network -> network.contains(address));
    }

    /** What is wrong with the packet where it leaves the lab hosts; empty where nothing is. */
    Optional<StepFinding> leaving(Node at, Interface out, IpAddress next, Header header, TraversalResult outcome) {
        boolean made = outcome.packet().made();
        Optional<Broken> unanswered = unanswered(at, out, next, header, made);
        if (unanswered.isPresent()) {
            return Optional.of(unanswered.get());
        }
        IpAddress source = header.source();
        boolean foreign = out.addresses(source.isIpv6()).stream().noneMatch(own -> own.contains(source));
        boolean hidden = isPrivate(source);
        if (!made && foreign && hidden && outcome.sourceBy().isEmpty()) {
            return Optional.of(untranslated(at, out, header, outcome));
        }
        return outcome.sourceBy()
                .flatMap(rule -> wrongSource(at, out, source, rule))
                .map(StepFinding.class::cast);
    }

    /** The option on the command line of dockerd that switches masquerading off; empty where there is none, or it was not read. */
    private Optional<String> dockersChoice(Node at) {
        return at.isHost()
                ? Stream.of(dockerd(at).split(" "))
                        .filter(NO_TRANSLATION::contains)
                        .findFirst()
                : Optional.empty();
    }

    /** The command line of dockerd; empty where it does not run, or the processes were not read. */
    private static String dockerd(Node at) {
        return at.host().processes().orElse(List.of()).stream()
                .filter(process -> process.comm().equals("dockerd"))
                .map(ProcessEntry::arguments)
                .findFirst()
                .orElse("");
    }

    private StepFinding untranslated(Node at, Interface out, Header header, TraversalResult outcome) {
        IpAddress source = header.source();
        boolean publicly = !isPrivate(header.destination());
        if (!publicly) {
            return new StepFinding.CannotTell(
                    say("unclear.way-back", "address", header.destination(), "source", source));
        }
        Optional<Rule> untracking = untracking(at, outcome);
        if (untracking.isPresent()) {
            return new Broken(
                    Cause.NO_MASQUERADE,
                    say("broken.untracked")
                            .with("place", words.place(at))
                            .with("interface", out.name())
                            .with("source", source)
                            .with("rule", untracking.get().place())
                            .with("text", untracking.get().shown()),
                    Optional.of(new Evidence(
                            words.chain(at, untracking.get().chain()),
                            untracking.get().shown())),
                    say("mend.remove-rule", "answer", false),
                    untracking.flatMap(rule -> new FilterMend(model, words).deletion(at, rule)));
        }
        String tool = source.isIpv6() ? "ip6tables" : "iptables";
        Optional<DockerSettings.Off> off = new DockerSettings(model).untranslated(at, source);
        Optional<String> absent = absentInterface(at, source);
        return new Broken(
                Cause.NO_MASQUERADE,
                say("broken.no-masquerade")
                        .with("place", words.place(at))
                        .with("several", words.several(at))
                        .with("interface", out.name())
                        .with("source", source)
                        .with("option", dockersChoice(at))
                        .with("absent", absent)
                        .with("network", off.map(one -> one.network().name()))
                        .with("setting", off.map(DockerSettings.Off::shown)),
                dockersChoice(at)
                        .map(option -> new Evidence("ps -o args= -C dockerd", dockerd(at)))
                        .or(() -> off.map(one -> new Evidence(one.command(), "false")))
                        .orElseGet(() -> new Evidence(
                                words.in(at, tool + " -t nat -S POSTROUTING"), postrouting(at, source.isIpv6()))),
                say("mend.masquerade", "interface", out.name()),
                words.in(
                        at,
                        tool + " -t nat -A POSTROUTING -s " + source + " -o " + LearnerCommand.quoted(out.name())
                                + " -j MASQUERADE"));
    }

    /** The rule that excludes the packet from connection tracking and therefore from NAT. */
    private Optional<Rule> untracking(Node at, TraversalResult outcome) {
        return model.rules(at, outcome.packet().header().isIpv6()).toOptional().stream()
                .filter(rules -> outcome.packet().isUntracked())
                .flatMap(Ruleset::rules)
                .filter(rule ->
                        UNTRACKING.contains(rule.target()) && rule.shown().matches("(?i).*notrack.*"))
                .filter(rule -> model.router(at)
                        .filter(router -> rule.holds(outcome.packet(), router) == Ternary.YES)
                        .isPresent())
                .findFirst();
    }

    /** The output interface of a SNAT or MASQUERADE rule where no interface has this name. */
    private Optional<String> absentInterface(Node at, IpAddress source) {
        return Stream.of(postrouting(at, source.isIpv6()).split("\n"))
                .filter(rule -> rule.contains(" MASQUERADE") || rule.contains(" SNAT "))
                .map(OUT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .filter(name -> !name.endsWith("+") && at.end(name).isEmpty())
                .findFirst();
    }

    private String postrouting(Node at, boolean ipv6) {
        return at.namespace().chains().orElse(List.of()).stream()
                .filter(chain -> chain.ipv6() == ipv6
                        && chain.table().equals("nat")
                        && chain.name().equals("POSTROUTING"))
                .flatMap(chain -> chain.rules().stream())
                .reduce((one, other) -> one + "\n" + other)
                .orElse("-P POSTROUTING ACCEPT");
    }

    /**
     * The finding that a rule set a source address of the local subnet that no interface has, so that nothing answers ARP for it. Empty where an
     * interface has it, a proxy replies for it, or not everything was read.
     */
    Optional<Broken> wrongSource(Node at, Interface out, IpAddress source, Rule rule) {
        boolean neighbour = out.addresses(source.isIpv6()).stream()
                .anyMatch(own -> !own.equals(Cidr.single(own.address())) && own.contains(source));
        boolean nobody = model.everythingRead()
                && !model.severalHosts()
                && model.holders(source).isEmpty()
                && model.nodes().stream().allMatch(node -> sendsNowhere(node, source));
        return neighbour && nobody && !answersFor(at, out, source)
                ? Optional.of(new Broken(
                        Cause.WRONG_SOURCE,
                        say("broken.wrong-source")
                                .with("rule", rule.place())
                                .with("place", words.place(at))
                                .with("source", source)
                                .with("text", rule.shown()),
                        Optional.of(new Evidence(words.chain(at, rule.chain()), rule.shown())),
                        say("mend.source-of", "interface", out.name()),
                        new FilterMend(model, words).masquerading(at, rule)))
                : Optional.empty();
    }

    private static boolean sendsNowhere(Node node, IpAddress address) {
        boolean route = node.namespace()
                .routes()
                .toOptional()
                .filter(routes ->
                        routes.stream().noneMatch(one -> one.destination().equals(Cidr.single(address))))
                .isPresent();
        boolean neighbour = node.namespace()
                .neighbours()
                .toOptional()
                .filter(all -> all.stream()
                        .noneMatch(one ->
                                one.address().equals(address) && one.mac().isPresent()))
                .isPresent();
        return route && neighbour;
    }

    private boolean answersFor(Node at, Interface out, IpAddress address) {
        boolean proxy = !address.isIpv6()
                && Stream.of("all", out.name())
                        .anyMatch(name -> !model.setting(at, name, "proxy_arp").equals(Optional.of(0))
                                || !model.setting(at, name, "proxy_arp_pvlan").equals(Optional.of(0)));
        return proxy
                || model.filter(at)
                        .flatMap(PacketFilterOutcome::answered)
                        .map(answered -> answered.stream().anyMatch(own -> own.contains(address)))
                        .orElse(true);
    }

    /**
     * The finding for a packet that leaves the lab hosts although its destination is in the lab: a gateway that does not reply, else a wrong route.
     */
    Broken astray(RouteDiagnosis routing, Node at, Interface out, IpAddress next, Header header) {
        return unanswered(at, out, next, header, true)
                .filter(silent -> silent.cause() == Cause.WRONG_GATEWAY)
                .orElseGet(() -> routing.astray(at, out, next, header.destination()));
    }

    /** The finding that no station outside replies to ARP for the next hop. The probe and the neighbour table must both show it. */
    private Optional<Broken> unanswered(Node at, Interface out, IpAddress next, Header header, boolean made) {
        if (!probe.nobodyThere(at)) {
            return Optional.empty();
        }
        Optional<Neighbour> entry = at.namespace().neighbours().toOptional().stream()
                .flatMap(List::stream)
                .filter(one -> one.address().equals(next) && one.device().equals(out.name()))
                .findFirst();
        boolean known = entry.filter(one -> !UNANSWERED.contains(one.state())).isPresent();
        boolean gateway = !next.equals(header.destination());
        if (known) {
            return Optional.empty();
        }
        return Optional.of(new Broken(
                gateway ? Cause.WRONG_GATEWAY : Cause.NOBODY_THERE,
                gateway
                        ? say("broken.gateway-silent", "interface", words.end(out), "gateway", next)
                        : made
                                ? say("broken.address-silent", "interface", words.end(out), "address", next)
                                : say("broken.address-of-nobody")
                                        .with("place", words.place(at))
                                        .with("address", next)
                                        .with("interface", out.name()),
                Optional.of(new Evidence(
                        words.ip(at, PathWording.family(next) + "neigh"),
                        entry.map(Neighbour::shown).orElse(next + " dev " + LearnerCommand.quoted(out.name())))),
                gateway ? say("mend.gateway") : say("mend.somebody-or-other-address"),
                gateway ? new RouteMend(model, words).byNeighbour(at, header.destination()) : Optional.empty()));
    }

    /** The error from outside that the probe got; empty where it got none. */
    Optional<Broken> refused() {
        return probe.refusedOutside();
    }

    /** The probe for the query; empty where the query has no address, and for UDP, which {@link DatagramProbe} tests. */
    static Optional<ActiveProbe> asked(ReachabilityQuery question) {
        return question.to().isEmpty() || question.protocol() == Protocol.UDP
                ? Optional.empty()
                : Optional.of(question.port()
                        .<ActiveProbe>map(port -> new ActiveProbe.Tcp(question.from(), question.to(), port))
                        .orElseGet(() -> new ActiveProbe.Ping(question.from(), question.to())));
    }
}
