package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Device;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.Journey;
import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Passage;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.Way;
import dev.drydock.verify.way.Cables.Delivery;
import dev.drydock.verify.way.Finding.Broken;
import dev.drydock.verify.way.Wiring.Path;
import dev.drydock.verify.way.Wiring.Spot;
import java.util.List;
import java.util.Optional;

/** Follows one packet, and then its answer, from namespace to namespace. Used once for each connection. */
final class Walk {
    private static final int MOST_HOPS = 12;

    private final Ground ground;
    private final Wording words;
    private final Cables cables;
    private final Gates gates;
    private final Routing routing;
    private final Sources sources;
    private final Beyond beyond;
    private final Trail trail;
    private final Connections connections = new Connections();

    /**
     * Where a packet ended.
     *
     * @param at where it was delivered; empty where it left the lab hosts
     * @param last the namespace that it was in last
     * @param device the interface of {@code last} by which it came, or left
     * @param destinationBy the last rule that translated its destination
     */
    record Arrival(
            Optional<Station> at,
            Station last,
            String device,
            Header header,
            Optional<Rule> destinationBy,
            Optional<Station> by) {}

    Walk(Ground ground, Wording words, Gates gates, Beyond beyond, Trail trail) {
        this.ground = ground;
        this.words = words;
        this.cables = new Cables(ground, words);
        this.gates = gates;
        this.routing = new Routing(ground, words);
        this.sources = new Sources(ground, words);
        this.beyond = beyond;
        this.trail = trail;
    }

    /** Follows a packet that a namespace makes; empty where the chain ends on the way. */
    Optional<Arrival> there(Station at, Header header) {
        trail.follow(Stage.Leg.THERE);
        return travel(at, Packet.of(header, Device.NONE, false), false);
    }

    /** Follows the answer from where the first packet arrived; the chain tells whether it comes home. */
    void back(Station home, Header first, Arrival arrival) {
        trail.follow(Stage.Leg.BACK);
        Header header = arrival.header().reversed();
        Optional<Station> made = arrival.at();
        Station begin = made.orElse(arrival.last());
        Device in = made.isPresent() ? Device.NONE : Device.named(arrival.device());
        Optional<Arrival> end = travel(begin, connections.answer(begin, header, in), true);
        if (end.isEmpty()) {
            return;
        }
        Header now = end.get().header();
        if (end.get().at().isEmpty()) {
            trail.cannotTell("the answer", "it leaves the lab hosts for " + now.destination());
        } else if (!end.get().at().equals(Optional.of(home))) {
            trail.add(
                    "the answer",
                    new Broken(
                            Cause.WRONG_SOURCE,
                            "the answer goes to " + now.destination() + ", which is "
                                    + words.place(end.get().at().get()) + ", and not to " + words.place(home),
                            Optional.empty(),
                            "a source that answers come back to",
                            Optional.empty()));
        } else if (!now.source().equals(first.destination())
                || !now.sourcePort().equals(first.destinationPort())) {
            trail.add(
                    "the answer",
                    new Broken(
                            Cause.ANSWER_UNTRANSLATED,
                            "the answer comes straight from " + now.source() + ", but " + words.place(home)
                                    + " had called " + first.destination()
                                    + ": it takes another way, on which nobody translates it back",
                            Optional.empty(),
                            "translating the source as well, so that the answer comes back the way the packet came",
                            Optional.empty()));
        } else {
            trail.holds("the answer", "comes back to " + words.place(home));
        }
    }

    private Optional<Arrival> travel(Station begin, Packet first, boolean back) {
        Station at = begin;
        Packet packet = first;
        Optional<Rule> destinationBy = Optional.empty();
        Optional<Station> by = Optional.empty();
        for (int hops = 0; hops < MOST_HOPS; hops++) {
            Optional<Outcome> passed = pass(at, packet, back);
            if (passed.isEmpty()) {
                return Optional.empty();
            }
            Outcome outcome = passed.get();
            Header header = outcome.packet().header();
            if (outcome.destinationBy().isPresent()) {
                destinationBy = outcome.destinationBy();
                by = Optional.of(at);
            }
            remember(at, packet.header(), outcome, back);
            if (outcome.ending() == Outcome.Ending.DELIVERED) {
                String device = packet.in().known().orElse("lo");
                return packet.made() && !loopback(at, header, back)
                        ? Optional.empty()
                        : Optional.of(new Arrival(Optional.of(at), at, device, header, destinationBy, by));
            }
            Optional<String> device = outcome.packet().out().known();
            Optional<End> out = device.flatMap(at::end);
            if (out.isEmpty()) {
                trail.cannotTell(title(at, "way"), outcome.way().map(Way::words).orElse("its way out is not known"));
                return Optional.empty();
            }
            IpAddress next = outcome.way().flatMap(Way::via).orElse(header.destination());
            Delivery delivery = cables.deliver(out.get(), next, !next.equals(header.destination()));
            Optional<Finding> refined = refined(at, out.get(), next, header, delivery, outcome, back);
            Finding finding = refined.orElse(delivery.finding());
            trail.add(words.end(out.get()), finding);
            if (!(finding instanceof Finding.Holds)) {
                return Optional.empty();
            }
            trail.packetIs(Fate.LEFT);
            if (delivery.outside()) {
                return Optional.of(new Arrival(Optional.empty(), at, device.get(), header, destinationBy, by));
            }
            Path path = delivery.path().orElseThrow();
            Optional<Header> handedOn = switched(path, header, back);
            if (handedOn.isEmpty()) {
                return Optional.empty();
            }
            header = handedOn.get();
            Spot last = path.last();
            Station there = last.end().at();
            String in = last.end().link().master().orElse(last.end().name());
            Optional<Broken> disbelieved = sources.disbelieved(there, in, header);
            if (disbelieved.isPresent()) {
                trail.add(title(there, "source check"), disbelieved.get());
                return Optional.empty();
            }
            Packet arriving = back
                    ? connections.answer(there, header, Device.named(in))
                    : Packet.of(header, Device.named(in), false);
            boolean port = last.end().link().master().isPresent();
            packet = port ? arriving.onPorts(Device.named(last.end().name()), Device.NONE, false) : arriving;
            at = there;
        }
        trail.cannotTell("the way", "it goes round in circles");
        return Optional.empty();
    }

    /** What a frame that leaves the lab hosts, or finds nobody, says about the route that sent it there. */
    private Optional<Finding> refined(
            Station at, End out, IpAddress next, Header header, Delivery delivery, Outcome outcome, boolean back) {
        boolean inside = !ground.holders(header.destination()).isEmpty();
        Optional<Broken> source = sources.loopback(at, out, outcome);
        if (source.isPresent()) {
            return Optional.of(source.get());
        }
        if (back && delivery.finding() instanceof Broken broken && broken.cause() == Cause.NOBODY_THERE) {
            return connections.given(header.destination()).map(given -> beyond.wrongSource(
                            given.at(), given.out(), header.destination(), given.by())
                    .map(Finding.class::cast)
                    .orElseGet(() -> new Finding.CannotTell(
                            "whether somebody answers for " + header.destination() + " cannot be told")));
        }
        if (delivery.outside()) {
            if (inside) {
                Optional<Broken> behind = routing.behind(at, header.destination(), Optional.of(out));
                return Optional.of(behind.map(Finding.class::cast)
                        .orElseGet(() ->
                                back ? routing.noRouteBack(at, header.destination()) : astray(at, out, next, header)));
            }
            return back ? Optional.empty() : beyond.leaving(at, out, next, header, outcome);
        }
        return Optional.empty();
    }

    private Broken astray(Station at, End out, IpAddress next, Header header) {
        return new Broken(
                Cause.NO_ROUTE,
                words.place(at) + " has no route that leads to " + header.destination() + ": it is sent out by "
                        + out.name() + (next.equals(header.destination()) ? "" : " to " + next),
                new Faults(words).routes(at),
                "a route to " + header.destination() + " " + words.at(at));
    }

    private void remember(Station at, Header before, Outcome outcome, boolean back) {
        Header after = outcome.packet().header();
        if (back || before.equals(after)) {
            return;
        }
        connections.remember(at, before, outcome);
        outcome.sourceBy()
                .ifPresent(rule -> trail.holds(
                        "source " + words.at(at),
                        before.source() + " becomes " + after.source() + ", " + Gates.by(rule)));
    }

    private static String port(Header header) {
        return header.protocol().hasPorts() ? ":" + header.destinationPort() : "";
    }

    /** @return where the namespace sends the packet; empty where the chain ends here */
    private Optional<Outcome> pass(Station at, Packet packet, boolean back) {
        Optional<Router> router = ground.router(at);
        Optional<Ruleset> rules = ground.rules(at);
        if (router.isEmpty() || rules.isEmpty()) {
            trail.cannotTell(title(at, "way"), "the routes or the rules " + words.at(at) + " were not read");
            return Optional.empty();
        }
        Outcome outcome = agreed(Journey.all(rules.get(), router.get(), packet, false), at);
        if (outcome == null) {
            return Optional.empty();
        }
        IpAddress to = outcome.packet().header().destination();
        boolean made = packet.made();
        if (!back) {
            redirected(at, packet.header(), outcome);
        }
        switch (outcome.ending()) {
            case NO_WAY -> {
                boolean refused = outcome.way()
                        .filter(way -> way.words().matches("(unreachable|prohibit) .*"))
                        .isPresent();
                trail.add(
                        title(at, "route"),
                        refused
                                ? new Broken(
                                        Cause.ROUTE_REFUSES,
                                        words.place(at) + " has a route that lets nothing pass to " + to + ": "
                                                + outcome.words(),
                                        new Evidence(words.ip(at, "route"), outcome.words()),
                                        "removing that route",
                                        words.change(at, "route del " + outcome.words()))
                                : routing.noRoute(at, to, back));
            }
            case UNDECIDED -> trail.cannotTell(title(at, "rules"), outcome.words());
            case DROPPED, REJECTED -> {
                if (made) {
                    outcome.way().ifPresent(way -> trail.holds(title(at, "route"), way.words()));
                }
                stopped(made ? title(at, "rules") : handsOn(at), at, outcome, to, back);
            }
            case LEFT, DELIVERED -> told(at, packet, outcome);
        }
        return trail.broken().isPresent() || outcome.ending() == Outcome.Ending.UNDECIDED
                ? Optional.empty()
                : Optional.of(outcome)
                        .filter(one -> one.ending() == Outcome.Ending.LEFT || one.ending() == Outcome.Ending.DELIVERED);
    }

    private void redirected(Station at, Header before, Outcome outcome) {
        Header after = outcome.packet().header();
        outcome.destinationBy()
                .filter(rule -> !before.equals(after))
                .ifPresent(rule -> trail.holds(
                        "destination " + words.at(at),
                        before.destination() + port(before) + " becomes " + after.destination() + port(after) + ", "
                                + Gates.by(rule)));
    }

    private void stopped(String title, Station at, Outcome outcome, IpAddress to, boolean back) {
        if (outcome.ending() == Outcome.Ending.REJECTED) {
            trail.packetIs(Fate.of(outcome.decision().flatMap(Passage::by).flatMap(Rule::refusal)));
        }
        trail.add(title, gates.stopped(at, outcome, to, back));
    }

    private void told(Station at, Packet packet, Outcome outcome) {
        if (packet.made()) {
            trail.holds(title(at, "route"), outcome.way().map(Way::words).orElse(""));
        } else if (outcome.ending() == Outcome.Ending.LEFT) {
            String way = outcome.way().map(Way::words).orElse("");
            trail.holds(handsOn(at), way + "; " + gates.passed(outcome, Hook.FORWARD));
        } else {
            trail.holds(words.does(at, "take") + " it", gates.passed(outcome, Hook.INPUT));
        }
    }

    private String handsOn(Station at) {
        return words.does(at, "hand") + " it on";
    }

    private String title(Station at, String what) {
        return what + " " + words.at(at);
    }

    /** The outcome that all ways lead to; null, and told, where they do not agree. */
    private Outcome agreed(List<Outcome> outcomes, Station at) {
        Outcome first = outcomes.get(0);
        if (first.packet().header().isOpen()) {
            trail.cannotTell(title(at, "rules"), "which address out of a range the packet gets cannot be told");
            return null;
        }
        for (Outcome other : outcomes) {
            boolean same = other.ending() == first.ending()
                    && other.packet().header().equals(first.packet().header())
                    && other.packet().out().equals(first.packet().out());
            if (!same) {
                trail.cannotTell(title(at, "rules"), other.turn().orElse("the way of the packet cannot be told"));
                return null;
            }
        }
        return first;
    }

    /** Whether lo carries what a namespace sends to itself, and its rules let it in. */
    private boolean loopback(Station at, Header header, boolean back) {
        Optional<End> lo = at.end("lo");
        if (lo.isPresent() && !lo.get().up()) {
            trail.add(
                    title(at, "loopback"),
                    new Broken(
                            Cause.LOOPBACK,
                            "lo " + words.at(at) + " is down, and what a namespace sends to itself goes by lo",
                            new Faults(words).links(lo.get()),
                            "setting lo " + words.at(at) + " up",
                            words.change(at, "link set lo up")));
            return false;
        }
        Packet packet =
                back ? Packet.answer(header, Device.named("lo"), header) : Packet.of(header, Device.named("lo"), false);
        List<Outcome> outcomes =
                Journey.all(ground.rules(at).orElseThrow(), ground.router(at).orElseThrow(), packet, false);
        Outcome outcome = outcomes.get(0);
        boolean stopped = outcomes.size() == 1
                && outcome.destinationBy().isEmpty()
                && outcome.decision()
                        .filter(passage -> passage.chain().base().orElseThrow().hook() == Hook.INPUT)
                        .isPresent();
        if (stopped) {
            stopped(title(at, "rules"), at, outcome, header.destination(), back);
        }
        return !stopped;
    }

    /** The rules that see what a bridge switches. @return the header behind the last bridge; empty, and told, where one stops it */
    private Optional<Header> switched(Path path, Header first, boolean back) {
        List<Spot> spots = path.spots();
        Header header = first;
        for (int i = 0; i + 1 < spots.size(); i++) {
            Spot in = spots.get(i);
            Spot out = spots.get(i + 1);
            Optional<End> bridge = ground.bridge(in.end());
            boolean crosses = in.incoming() && !out.incoming() && bridge.isPresent();
            Optional<Header> behind =
                    crosses ? switched(bridge.get(), in.end(), out.end(), header, back) : Optional.of(header);
            if (behind.isEmpty()) {
                return Optional.empty();
            }
            header = behind.get();
        }
        return Optional.of(header);
    }

    private Optional<Header> switched(End bridge, End in, End out, Header header, boolean back) {
        Station at = bridge.at();
        Optional<Router> router = ground.router(at);
        Optional<Ruleset> rules = ground.rules(at);
        if (router.isEmpty() || rules.isEmpty()) {
            trail.cannotTell(bridge.name(), "the rules " + words.at(at) + " were not read");
            return Optional.empty();
        }
        boolean seen =
                ground.settings(at).getOrDefault(Router.BRIDGED, "0").strip().equals("1");
        Device device = Device.named(bridge.name());
        Packet packet = (back && seen
                        ? connections.answer(at, header, device)
                        : back ? Packet.answer(header, device, header) : Packet.of(header, device, false))
                .onPorts(Device.named(in.name()), Device.named(out.name()), true);
        Ruleset asked = seen ? rules.get() : rules.get().withoutChains();
        Outcome outcome = agreed(Journey.all(asked, router.get(), packet, false), at);
        if (outcome == null) {
            return Optional.empty();
        }
        String title = bridge.name() + " hands it on";
        if (outcome.ending() == Outcome.Ending.UNDECIDED) {
            trail.cannotTell(title, outcome.words());
            return Optional.empty();
        }
        if (outcome.ending() == Outcome.Ending.DROPPED || outcome.ending() == Outcome.Ending.REJECTED) {
            if (seen) {
                trail.holds(
                        bridge.name(), Router.BRIDGED + " is 1, so iptables sees what it hands on from port to port");
            }
            stopped(title, at, outcome, header.destination(), back);
            return Optional.empty();
        }
        Header after = outcome.packet().header();
        if (after.equals(header)) {
            return Optional.of(header);
        }
        boolean undone =
                back && outcome.sourceBy().isEmpty() && after.destination().equals(header.destination());
        if (!undone) {
            trail.cannotTell(title, "a rule rewrites what the bridge hands on, and that is not followed");
            return Optional.empty();
        }
        trail.holds(
                title,
                "its connection was translated " + words.at(at) + ", so " + header.source() + port(header) + " becomes "
                        + after.source() + port(after) + " again");
        return Optional.of(after);
    }
}
