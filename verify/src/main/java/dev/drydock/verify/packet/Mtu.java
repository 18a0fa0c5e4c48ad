package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a packet, in bytes, may leave a namespace by a way. */
public final class Mtu {
    // mtu 1400
    private static final Pattern OPTION = Pattern.compile("(?:^| )mtu ([0-9]{1,9})(?: |$)");

    private Mtu() {}

    /** For packets that a namespace makes: what the route says, else the interface; empty where neither is known. */
    static Optional<Integer> of(Router router, RouteLookup way) {
        return ofRoute(way, true)
                .or(() -> way.out().known().flatMap(router::link).map(Link::mtu));
    }

    /**
     * What the route says itself; empty where it says nothing.
     *
     * @param made whether the namespace makes the packets; what it hands on of IPv6 goes by its interface alone
     */
    public static Optional<Integer> ofRoute(RouteLookup way, boolean made) {
        return way.route()
                .filter(route -> made || !route.ipv6())
                .map(Route::details)
                .map(details -> OPTION.matcher(details.options()))
                .filter(Matcher::find)
                .map(option -> Integer.parseInt(option.group(1)));
    }
}
