package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be told of a packet that leaves the lab hosts: only its own addresses, and what the real probe brought back. */
record ExternalNetwork(NetworkModel model, PathWording words, ProbeResult probe) {
    private static final List<Cidr> PRIVATE = Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
            .map(Cidr::parse)
            .toList();
    private static final Set<String> UNANSWERED = Set.of("INCOMPLETE", "FAILED");

    /** What is wrong with it already where it leaves; empty where nothing is. */
    Optional<StepFinding> leaving(Node at, Interface out, IpAddress next, Header header, TraversalResult outcome) {
        boolean made = outcome.packet().made();
        Optional<Broken> unanswered = unanswered(at, out, next, header, made);
        if (unanswered.isPresent()) {
            return Optional.of(unanswered.get());
        }
        IpAddress source = header.source();
        boolean foreign = out.addresses().stream().noneMatch(own -> own.contains(source));
        boolean hidden = PRIVATE.stream().anyMatch(network -> network.contains(source));
        if (!made && foreign && hidden && outcome.sourceBy().isEmpty()) {
            return Optional.of(untranslated(at, out, header, source));
        }
        return outcome.sourceBy()
                .flatMap(rule -> wrongSource(at, out, source, rule))
                .map(StepFinding.class::cast);
    }

    private StepFinding untranslated(Node at, Interface out, Header header, IpAddress source) {
        boolean publicly = PRIVATE.stream().noneMatch(network -> network.contains(header.destination()));
        if (!publicly) {
            return new StepFinding.CannotTell(
                    say("unclear.way-back", "address", header.destination(), "source", source));
        }
        return new Broken(
                Cause.NO_MASQUERADE,
                say(
                        "broken.no-masquerade",
                        "place",
                        words.place(at),
                        "several",
                        words.several(at),
                        "interface",
                        out.name(),
                        "source",
                        source),
                new Evidence(words.in(at, "iptables -t nat -S POSTROUTING"), postrouting(at)),
                say("mend.masquerade", "interface", out.name()),
                words.in(at, "iptables -t nat -A POSTROUTING -s " + source + " -o " + out.name() + " -j MASQUERADE"));
    }

    private String postrouting(Node at) {
        return at.namespace().chains().orElse(List.of()).stream()
                .filter(chain -> !chain.ipv6()
                        && chain.table().equals("nat")
                        && chain.name().equals("POSTROUTING"))
                .flatMap(chain -> chain.rules().stream())
                .reduce((one, other) -> one + "\n" + other)
                .orElse("-P POSTROUTING ACCEPT");
    }

    /** An address that nobody has cannot be answered, unless somebody here answers ARP for it all the same. */
    Optional<Broken> wrongSource(Node at, Interface out, IpAddress source, Rule rule) {
        boolean neighbour = out.addresses().stream().anyMatch(own -> own.prefix() < 32 && own.contains(source));
        boolean nobody = model.everythingRead()
                && !model.severalHosts()
                && model.holders(source).isEmpty()
                && model.nodes().stream().allMatch(node -> sendsNowhere(node, source));
        return neighbour && nobody && !answersFor(at, out, source)
                ? Optional.of(new Broken(
                        Cause.WRONG_SOURCE,
                        say(
                                "broken.wrong-source",
                                "rule",
                                rule.place(),
                                "place",
                                words.place(at),
                                "source",
                                source,
                                "text",
                                rule.shown()),
                        new Evidence(words.chain(at, rule.chain()), rule.shown()),
                        say("mend.source-of", "interface", out.name())))
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
        boolean proxy = Stream.of("all", out.name())
                .anyMatch(name -> !model.setting(at, name, "proxy_arp").equals(Optional.of(0))
                        || !model.setting(at, name, "proxy_arp_pvlan").equals(Optional.of(0)));
        return proxy
                || model.filter(at)
                        .flatMap(PacketFilterOutcome::answered)
                        .map(answered -> answered.stream().anyMatch(own -> own.contains(address)))
                        .orElse(true);
    }

    /** Nobody outside answers ARP for the next hop; a failed probe and the neighbour table say so together. */
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
                                : say(
                                        "broken.address-of-nobody",
                                        "place",
                                        words.place(at),
                                        "address",
                                        next,
                                        "interface",
                                        out.name()),
                entry.map(one -> new Evidence(words.ip(at, "neigh"), one.shown()))
                        .or(() -> probe.capture().map(one -> new Evidence(one.command(), probe.line()))),
                gateway ? say("mend.gateway") : say("mend.somebody-or-other-address"),
                Optional.empty()));
    }

    /** The probe's own word on what became of the packet outside. */
    Optional<Broken> refused() {
        return probe.refusedOutside();
    }

    /** Where the real probe ran. */
    static Optional<ActiveProbe> asked(ReachabilityQuery question) {
        return question.to().isEmpty()
                ? Optional.empty()
                : Optional.of(question.port()
                        .<ActiveProbe>map(port -> new ActiveProbe.Tcp(question.from(), question.to(), port))
                        .orElseGet(() -> new ActiveProbe.Ping(question.from(), question.to())));
    }
}
