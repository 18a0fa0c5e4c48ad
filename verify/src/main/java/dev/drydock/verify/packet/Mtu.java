package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The MTU that applies to a route, in bytes. */
public final class Mtu {
    // mtu 1400
    private static final Pattern OPTION = Pattern.compile("(?:^| )mtu ([0-9]{1,9})(?: |$)");

    private Mtu() {}

    /** The MTU for packets that the namespace itself sends: that of the route, else that of the interface; empty where neither is known. */
    static Optional<Integer> of(Router router, RouteLookup way) {
        return ofRoute(way, true)
                .or(() -> way.out().known().flatMap(router::link).map(Link::mtu));
    }

    /**
     * The {@code mtu} option of the route; empty where it has none.
     *
     * @param made whether the namespace itself sends the packet; for forwarded IPv6 packets the option does not count
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
