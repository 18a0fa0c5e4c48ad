package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.KernelDrop;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.Optional;

/** Explains what the kernel itself drops, without a rule, and how to repair it. */
record KernelDiagnosis(NetworkModel model, PathWording words) {
    /** @param packet as it was when it was stopped */
    Broken stopped(Node at, KernelDrop drop, Packet packet) {
        String what = drop.what();
        Header header = packet.header();
        IpAddress to = header.destination();
        return switch (drop.kind()) {
            case FORWARDING_OFF ->
                words.switchedOff(
                        Cause.NOT_FORWARDING,
                        at,
                        what,
                        say("broken.not-forwarding", "address", to, "place", words.place(at), "setting", what));
            case NO_HOPS_LEFT -> spent(at, packet.hopsBy());
            case ROUTE ->
                new Broken(
                        Cause.ROUTE_REFUSES,
                        say("broken.route-refuses", "place", words.place(at), "address", to, "route", what),
                        new InterfaceDiagnosis(words)
                                .route(
                                        at,
                                        drop.way().flatMap(RouteLookup::route).orElseThrow()),
                        say("mend.remove-route"),
                        words.change(at, PathWording.family(to) + "route del " + what));
            case ROUTING_RULE -> {
                RoutingRule rule = drop.way().flatMap(RouteLookup::rule).orElseThrow();
                yield new Broken(
                        Cause.POLICY_ROUTE,
                        say("broken.rule-refuses")
                                .with("place", words.place(at))
                                .with("address", to)
                                .with("priority", rule.priority())
                                .with("rule", rule.shown()),
                        Optional.of(rule(at, rule)),
                        say("mend.remove-lookup"),
                        removal(at, rule));
            }
            case LOOPBACK_OUTSIDE -> loopbackOutside(at, what, header);
            case OWN_SOURCE ->
                new Broken(
                        Cause.OWN_SOURCE,
                        say("broken.own-source")
                                .with("place", words.place(at))
                                .with("several", words.several(at))
                                .with("interface", what)
                                .with("address", header.source())
                                .with("way", drop.way().map(RouteLookup::words)),
                        new InterfaceDiagnosis(words)
                                .route(
                                        at,
                                        drop.way().flatMap(RouteLookup::route).orElseThrow()),
                        say("mend.own-source", "place", words.place(at), "address", header.source()));
            case REVERSE_PATH -> reversePath(at, what, header, drop.way().orElseThrow());
            case BEYOND_LINK ->
                new Broken(
                        Cause.NO_ADDRESS,
                        say("broken.beyond-link", "place", words.place(at), "source", what, "address", to),
                        Optional.empty(),
                        say("mend.address-beyond-link"),
                        Optional.empty());
            case HAIRPIN_OFF ->
                new Broken(
                        Cause.HAIRPIN_OFF,
                        say("broken.hairpin-off", "address", to, "port", what),
                        new Evidence(
                                words.in(at, "bridge -d link show dev " + LearnerCommand.quoted(what)), "hairpin off"),
                        say("mend.hairpin", "port", what, "place", words.place(at)),
                        words.change(at, "link set " + LearnerCommand.quoted(what) + " type bridge_slave hairpin on"));
        };
    }

    /** The routing rule, as evidence. */
    Evidence rule(Node at, RoutingRule rule) {
        return new Evidence(words.ip(at, rule.ipv6() ? "-6 rule" : "rule"), rule.line());
    }

    /** The command that deletes the routing rule. */
    Optional<String> removal(Node at, RoutingRule rule) {
        return Optional.of(
                words.change(at, (rule.ipv6() ? "-6 " : "") + "rule del prio " + rule.priority() + " " + rule.typed()));
    }

    private Broken loopbackOutside(Node at, String in, Header header) {
        Router.Setting setting = model.router(at).orElseThrow().decides(in, "route_localnet");
        boolean destination = Cidr.LOOPBACK.contains(header.destination());
        return words.switchedOff(
                Cause.ROUTE_LOCALNET,
                at,
                setting.name(),
                say("broken.loopback-outside")
                        .with("place", words.place(at))
                        .with("several", words.several(at))
                        .with("interface", in)
                        .with("address", destination ? header.destination() : header.source())
                        .with("to", destination)
                        .with("setting", setting.name()));
    }

    private Broken reversePath(Node at, String in, Header header, RouteLookup way) {
        Router.Setting setting = model.router(at).orElseThrow().decides(in, "rp_filter");
        return new Broken(
                Cause.REVERSE_PATH,
                say("broken.reverse-path")
                        .with("place", words.place(at))
                        .with("several", words.several(at))
                        .with("interface", in)
                        .with("address", header.source())
                        .with("way", way.words())
                        .with("setting", setting.name())
                        .with("value", setting.value()),
                Optional.of(words.setting(at, setting.name(), String.valueOf(setting.value()))),
                say("mend.reverse-path", "interface", in),
                new RouteMend(model, words).believed(at, in, header.source(), way));
    }

    /** The finding that a packet with a source of 127.0.0.0/8 leaves while {@code route_localnet} is off; empty where this is not the case. */
    Optional<Broken> leavesFromLoopback(Node at, Interface out, TraversalResult outcome) {
        Optional<IpAddress> before = outcome.passage(Hook.POSTROUTING, true)
                .map(passage -> passage.arrived().header().source())
                .or(() -> Optional.of(outcome.packet().header().source()));
        Router.Setting setting = model.router(at).orElseThrow().decides(out.name(), "route_localnet");
        return before.filter(Cidr.LOOPBACK::contains)
                .filter(source -> setting.value() == 0)
                .map(source -> new Broken(
                        Cause.ROUTE_LOCALNET,
                        say("broken.loopback-source", "setting", setting.name()),
                        words.setting(at, setting.name(), "0"),
                        say("mend.other-address-of", "place", words.place(at))));
    }

    /**
     * The finding that the TTL is used up.
     *
     * @param at the namespace that last set the TTL, by a rule or as the sender
     * @param by the rule that set it; empty where the sender did
     */
    Broken spent(Node at, Optional<Rule> by) {
        if (by.isEmpty()) {
            return new Broken(
                    Cause.TIME_TO_LIVE,
                    say("broken.few-hops", "place", words.place(at), "setting", Router.HOPS),
                    words.setting(at, Router.HOPS, model.settings(at).getOrDefault(Router.HOPS, "")),
                    say("mend.more-hops", "setting", Router.HOPS, "place", words.place(at)),
                    words.in(at, LearnerCommand.sysctl(Router.HOPS, 64)));
        }
        Rule rule = by.get();
        return new Broken(
                Cause.TIME_TO_LIVE,
                say("broken.no-hops-left", "rule", rule.place(), "place", words.place(at), "text", rule.shown()),
                Optional.of(new Evidence(words.chain(at, rule.chain()), rule.shown())),
                say("mend.remove-rule", "answer", false),
                new FilterMend(model, words).deletion(at, rule));
    }
}
