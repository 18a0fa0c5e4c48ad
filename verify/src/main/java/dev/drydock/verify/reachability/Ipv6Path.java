package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A packet of IPv6: its route, its first cable, and the listener where it is to go. Its rules are not followed, so that it can be told to be
 * stopped there, but not to arrive.
 */
record Ipv6Path(NetworkModel model, PathWording words, LocalDelivery delivery, PathRecord trace) {
    private static final IpAddress LOOPBACK = new IpAddress("::1");

    /** Targets of rules after which it is not the listener that decides. */
    private static final List<String> DIVERTED = List.of("REJECT", "DNAT", "REDIRECT");

    /** @param port of TCP */
    void follow(Node source, IpAddress to, Optional<Integer> port) {
        boolean own = to.equals(LOOPBACK) || source.has(to);
        List<Node> there = own
                ? List.of(source)
                : model.holders(to).stream().map(Interface::at).distinct().toList();
        if ((own || leaves(source, to)) && !refused(there, to, port)) {
            trace.cannotTell(say("step.way-whole"), say("unclear.ipv6", "address", to));
        }
    }

    /** Whether nothing on the source's own cable stops it; the chain ends here where it does, or nobody can tell. */
    private boolean leaves(Node source, IpAddress to) {
        Message title = say("step.route", "place", words.place(source));
        Optional<Router> router = model.router(source);
        if (router.isEmpty()) {
            trace.cannotTell(title, say("unclear.routes", "place", words.place(source)));
            return false;
        }
        RouteLookup way = router.get().way(to);
        if (way.kind() == RouteLookup.Kind.NONE) {
            trace.add(title, noRoute(source, to));
            return false;
        }
        Optional<Interface> out = way.out().known().flatMap(source::end);
        if (out.isEmpty() || way.kind() != RouteLookup.Kind.ON || way.several()) {
            trace.cannotTell(title, way.words());
            return false;
        }
        trace.holds(title, way.words());
        IpAddress next = way.via().orElse(to);
        StepFinding finding = new NextHop(model, words)
                .deliver(out.get(), next, !next.equals(to))
                .finding();
        trace.add(words.end(out.get()), finding);
        if (!(finding instanceof StepFinding.Holds)) {
            return false;
        }
        trace.packetIs(Disposition.LEFT);
        return true;
    }

    /** Whether nobody listens where it is to go. A rule that could come first must be nowhere. */
    private boolean refused(List<Node> there, IpAddress to, Optional<Integer> port) {
        if (port.isEmpty() || there.size() != 1 || model.nodes().stream().anyMatch(this::diverts)) {
            return false;
        }
        Optional<Broken> unheard = delivery.unheard(there.get(0), to, port.get());
        unheard.ifPresent(finding ->
                trace.add(say("step.port", "port", port.get(), "place", words.place(there.get(0))), finding));
        return unheard.isPresent();
    }

    /** Whether a rule there rejects something or sends it elsewhere, or that was not read. */
    private boolean diverts(Node at) {
        boolean saved = at.namespace()
                .chains()
                .toOptional()
                .map(chains -> chains.stream()
                        .filter(Chain::ipv6)
                        .flatMap(chain -> chain.rules().stream())
                        .anyMatch(rule -> DIVERTED.stream().anyMatch(rule::contains)))
                .orElse(true);
        return saved
                || model.filter(at).flatMap(PacketFilterOutcome::nft).stream().anyMatch(json -> DIVERTED.stream()
                        .anyMatch(target -> json.contains("\"" + target.toLowerCase(Locale.ROOT) + "\"")));
    }

    private StepFinding noRoute(Node at, IpAddress to) {
        List<Interface> wires = at.wires();
        if (wires.isEmpty()) {
            return new RouteDiagnosis(model, words).noRoute(at, to, false);
        }
        Evidence seen = new Evidence(
                words.ip(at, "-6 route"),
                at.namespace().routes().orElse(List.of()).stream()
                        .filter(route -> route.ipv6() && route.table().equals("main"))
                        .map(Route::shown)
                        .collect(Collectors.joining("\n")));
        if (wires.size() > 1) {
            return noRoute(at, say("broken.no-route", "place", words.place(at), "address", to), seen);
        }
        Interface wire = wires.get(0);
        InterfaceDiagnosis faults = new InterfaceDiagnosis(words);
        if (!wire.up()) {
            return faults.down(wire);
        }
        List<Cidr> addresses = wire.addresses(true);
        if (addresses.isEmpty()) {
            return new Broken(
                    Cause.NO_ADDRESS,
                    say("broken.no-ipv6-address", "interface", words.end(wire)),
                    faults.links(wire),
                    say("mend.ipv6-address", "interface", words.end(wire)));
        }
        if (addresses.get(0).prefix() == 128) {
            return new Broken(
                    Cause.WRONG_PREFIX,
                    say("broken.single-address", "interface", words.end(wire), "address", addresses.get(0), "back", ""),
                    faults.links(wire),
                    say("mend.prefix-of-network", "interface", words.end(wire)));
        }
        return noRoute(
                at,
                say("broken.no-route-by", "address", to, "interface", words.end(wire), "addresses", addresses),
                seen);
    }

    private StepFinding noRoute(Node at, Message found, Evidence seen) {
        return new Broken(Cause.NO_ROUTE, found, seen, say("mend.route-to-it", "place", words.place(at)));
    }
}
