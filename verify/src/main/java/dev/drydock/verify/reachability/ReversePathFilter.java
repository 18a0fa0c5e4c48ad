package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.Optional;

/** Sources for which the kernel drops a packet. */
record ReversePathFilter(NetworkModel model, PathWording words) {
    /** Packets from 127 never leave by a wire, unless a setting lets them. */
    Optional<Broken> loopback(Node at, Interface out, TraversalResult outcome) {
        Optional<IpAddress> before = outcome.passage(Hook.POSTROUTING, true)
                .map(passage -> passage.arrived().header().source())
                .or(() -> Optional.of(outcome.packet().header().source()));
        boolean allowed = Math.max(
                        model.setting(at, "all", "route_localnet").orElse(0),
                        model.setting(at, out.name(), "route_localnet").orElse(0))
                > 0;
        String setting = "net.ipv4.conf." + out.name() + ".route_localnet";
        return before.filter(RouteDiagnosis::isLoopback)
                .filter(source -> !allowed)
                .map(source -> new Broken(
                        Cause.LOOPBACK,
                        say("broken.loopback-source", "setting", setting),
                        new Evidence(words.in(at, "sysctl " + setting), setting + " = 0"),
                        say("mend.other-address-of", "place", words.place(at))));
    }

    /** A packet with a source that the namespace does not believe to come in there. */
    Optional<Broken> disbelieved(Node at, String in, Header header) {
        Optional<Router> router = model.router(at);
        int mode = Math.max(
                model.setting(at, "all", "rp_filter").orElse(0),
                model.setting(at, in, "rp_filter").orElse(0));
        if (router.isEmpty() || mode == 0) {
            return Optional.empty();
        }
        RouteLookup way = router.get().way(header.source());
        boolean reached = way.kind() == RouteLookup.Kind.ON || way.kind() == RouteLookup.Kind.UNKNOWN;
        boolean same = !way.out().known().filter(name -> !name.equals(in)).isPresent();
        if (reached && (mode == 2 || same)) {
            return Optional.empty();
        }
        String key = "net.ipv4.conf." + (model.setting(at, "all", "rp_filter").orElse(0) == mode ? "all" : in)
                + ".rp_filter";
        return Optional.of(new Broken(
                Cause.REVERSE_PATH,
                say(
                        "broken.reverse-path",
                        "place",
                        words.place(at),
                        "several",
                        words.several(at),
                        "interface",
                        in,
                        "address",
                        header.source(),
                        "way",
                        way.words(),
                        "setting",
                        key,
                        "value",
                        mode),
                new Evidence(words.in(at, "sysctl " + key), key + " = " + mode),
                say("mend.reverse-path", "interface", in)));
    }
}
