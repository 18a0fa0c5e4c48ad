package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * Where routing sends a packet.
 *
 * @param via the next hop, where it is not the destination itself
 * @param route the one that decides; empty where none does, or several that are equal
 * @param rule the rule of {@code ip rule} that led to the route, or decided by itself; empty where nothing was looked up
 * @param words how the way was found, or why there is none: {@code default via 10.0.2.2 dev eth0}
 */
public record RouteLookup(
        Kind kind,
        PacketDevice out,
        Optional<IpAddress> via,
        Optional<Route> route,
        Optional<RoutingRule> rule,
        Message words) {
    public enum Kind {
        /** To the namespace itself. */
        LOCAL,
        ON,
        /** No route. */
        NONE,
        /** A route that tells the sender no. */
        REFUSED,
        /** A route that swallows it. */
        BLACKHOLE,
        UNKNOWN
    }

    public RouteLookup {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(out);
        Objects.requireNonNull(via);
        Objects.requireNonNull(route);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(words);
    }

    static RouteLookup by(RoutingRule rule, Route route, Kind kind, PacketDevice out) {
        Message words = kind == Kind.LOCAL && route.destination().prefix() == (route.ipv6() ? 128 : 32)
                ? say("route.own-address", "address", route.destination().address())
                : rule.isUsual()
                        ? Message.verbatim(route.shown())
                        : say("route.by-rule")
                                .with("route", route.shown())
                                .with("rule", rule.line().replace('\t', ' '));
        return new RouteLookup(kind, out, route.via(), Optional.of(route), Optional.of(rule), words);
    }

    /** A rule that looks up nothing. */
    static RouteLookup by(RoutingRule rule, Kind kind) {
        return new RouteLookup(
                kind,
                PacketDevice.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(rule),
                say("route.rule", "rule", rule.line().replace('\t', ' ')));
    }

    static RouteLookup withoutRoute(Kind kind, PacketDevice out, Message words) {
        return new RouteLookup(kind, out, Optional.empty(), Optional.empty(), Optional.empty(), words);
    }

    /** Whether a packet goes the same way by both. */
    public boolean leadsAs(RouteLookup other) {
        return kind == other.kind && out.equals(other.out) && via.equals(other.via);
    }

    /** The rule, where it is none of those that every namespace begins with. */
    public Optional<RoutingRule> ownRule() {
        return rule.filter(one -> !one.isUsual());
    }

    /** Whether the kernel may take any of several routes, or none decided because the way out was given. */
    public boolean several() {
        return kind == Kind.ON && route.isEmpty();
    }

    /** What lets nothing pass, a route or a rule; empty where nothing of the kind does. */
    Optional<KernelDrop> refused() {
        boolean refuses = kind == Kind.REFUSED || kind == Kind.BLACKHOLE;
        return rule.filter(one -> refuses)
                .map(by -> new KernelDrop(
                        route.isPresent() ? KernelDrop.Kind.ROUTE : KernelDrop.Kind.ROUTING_RULE,
                        route.map(Route::shown).orElseGet(by::shown),
                        Optional.of(this)));
    }
}
