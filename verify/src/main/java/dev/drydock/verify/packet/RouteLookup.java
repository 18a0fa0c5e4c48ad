package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a route lookup.
 *
 * @param out the output interface; {@code lo} for {@link Kind#LOCAL}
 * @param via the next hop; empty where the destination itself is the next hop
 * @param route the route that decided; empty where none did, or where several equal routes are possible
 * @param rule the routing rule that led to the route or decided itself; empty where no rule was looked up
 * @param words the route, or why there is none: {@code default via 10.0.2.2 dev eth0}
 */
public record RouteLookup(
        Kind kind,
        PacketDevice out,
        Optional<IpAddress> via,
        Optional<Route> route,
        Optional<RoutingRule> rule,
        Message words) {
    public enum Kind {
        /** Delivered to the namespace itself. */
        LOCAL,
        ON,
        /** No route matches. */
        NONE,
        /** A route or rule of type unreachable or prohibit. */
        REFUSED,
        /** A route or rule of type blackhole. */
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

    /** A routing rule that decides without a table. */
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

    /** Whether both lead to the same next hop by the same interface. */
    public boolean leadsAs(RouteLookup other) {
        return kind == other.kind && out.equals(other.out) && via.equals(other.via);
    }

    /** The routing rule, where it is not one of the kernel's initial rules. */
    public Optional<RoutingRule> ownRule() {
        return rule.filter(one -> !one.isUsual());
    }

    /** Whether there is a way, but no single route: several equal routes are possible, or the output interface was given. */
    public boolean several() {
        return kind == Kind.ON && route.isEmpty();
    }

    /** The route or routing rule that discards the packet; empty where none does. */
    Optional<KernelDrop> refused() {
        boolean refuses = kind == Kind.REFUSED || kind == Kind.BLACKHOLE;
        return rule.filter(one -> refuses)
                .map(by -> new KernelDrop(
                        route.isPresent() ? KernelDrop.Kind.ROUTE : KernelDrop.Kind.ROUTING_RULE,
                        route.map(Route::shown).orElseGet(by::shown),
                        Optional.of(this)));
    }
}
