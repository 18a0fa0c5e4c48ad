package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A route; a multipath route appears once for each next hop. Routes of one table are in the kernel's order.
 *
 * @param type {@code unicast}, {@code local}, {@code broadcast}, {@code blackhole}, {@code unreachable}, {@code prohibit}, {@code throw} …
 * @param destination prefix length 0 for a default route
 * @param source the preferred source address
 * @param metric 0 where the kernel shows none
 * @param table {@code main}, {@code local} or {@code default}, else the number of the table
 */
public record Route(
        boolean ipv6,
        String type,
        Cidr destination,
        Optional<IpAddress> via,
        Optional<String> device,
        Optional<IpAddress> source,
        long metric,
        String table,
        Details details) {
    public static final String MAIN = "main";
    public static final String LOCAL = "local";

    /**
     * What most routes have none of.
     *
     * @param tos 0 where packets of any TOS take the route
     * @param protocol who made it: {@code kernel}, {@code boot} where somebody typed it
     * @param scope {@code global}, {@code link}, {@code host}
     * @param hop which of the next hops of a multipath route it is, from 0, and its weight; empty for a route with one
     * @param flags {@code linkdown}, {@code dead}, {@code onlink} …
     * @param nexthop the id of a next hop that is an object of its own; empty for all others
     * @param options the rest, as {@code ip route} prints it: {@code mtu 1400}
     */
    public record Details(
            int tos,
            String protocol,
            String scope,
            Optional<Hop> hop,
            List<String> flags,
            OptionalInt nexthop,
            String options) {
        /** Of a route that somebody typed, or of which no more is known. */
        public static final Details PLAIN =
                new Details(0, "boot", "global", Optional.empty(), List.of(), OptionalInt.empty(), "");

        public Details {
            flags = List.copyOf(flags);
        }

        private String flagged() {
            return flags.stream().map(flag -> " " + flag).collect(Collectors.joining());
        }
    }

    /**
     * One of the next hops of a multipath route.
     *
     * @param number from 0, in the kernel's order
     */
    public record Hop(int number, int weight) {}

    /** One without details. */
    public Route(
            boolean ipv6,
            String type,
            Cidr destination,
            Optional<IpAddress> via,
            Optional<String> device,
            Optional<IpAddress> source,
            long metric,
            String table) {
        this(ipv6, type, destination, via, device, source, metric, table, Details.PLAIN);
    }

    /** Whether it is what the kernel keeps for its own addresses, which a reader sees only by asking for {@code table local}. */
    public boolean isKernels() {
        return table.equals(LOCAL) && details.protocol.equals("kernel");
    }

    /** Whether the kernel passes it over because its interface is down. */
    public boolean isDead() {
        return details.flags.contains("dead");
    }

    /** The same by another interface, where it has one. */
    public Route by(Optional<String> another) {
        return new Route(ipv6, type, destination, via, another, source, metric, table, details);
    }

    /** In short, so that it can be typed again: {@code default via 10.9.0.1 dev eth0}. */
    public String shown() {
        StringBuilder text = new StringBuilder(start());
        hop(text);
        text.append(table.equals(MAIN) ? "" : " table " + table);
        source.ifPresent(address -> text.append(" src ").append(address));
        text.append(metric == 0 ? "" : " metric " + metric);
        return text.toString();
    }

    /** The line of {@code ip route show table T}, without the space at its end: {@code 10.9.0.0/24 dev br0 proto kernel scope link src 10.9.0.1}. */
    public String line() {
        StringBuilder text = new StringBuilder(start());
        if (details.hop.isEmpty()) {
            hop(text);
        }
        text.append(details.protocol.equals("boot") ? "" : " proto " + details.protocol);
        text.append(details.scope.equals("global") ? "" : " scope " + details.scope);
        source.ifPresent(address -> text.append(" src ").append(address));
        text.append(metric == 0 && !ipv6 ? "" : " metric " + metric);
        text.append(details.hop.isEmpty() ? details.flagged() : "");
        text.append(details.options.isEmpty() ? "" : " " + details.options);
        return text.toString();
    }

    /**
     * The lines of {@code ip route show table T} for some of its routes, in which the next hops of a multipath route follow its own line.
     */
    public static List<String> lines(List<Route> routes) {
        return routes.stream()
                .flatMap(route -> route.details.hop.isEmpty()
                        ? Stream.of(route.line())
                        : Stream.concat(
                                route.details.hop.get().number() == 0 ? Stream.of(route.line()) : Stream.empty(),
                                Stream.of(route.hopLine())))
                .toList();
    }

    private String hopLine() {
        StringBuilder text = new StringBuilder("\tnexthop");
        hop(text);
        return text + " weight " + details.hop.orElseThrow().weight() + details.flagged();
    }

    private String start() {
        boolean single = destination.prefix() == (ipv6 ? 128 : 32);
        return (type.equals("unicast") ? "" : type + " ")
                + (destination.isDefault() ? "default" : single ? destination.address() : destination)
                + (details.nexthop.isPresent() ? " nhid " + details.nexthop.getAsInt() : "")
                + (details.tos == 0 ? "" : String.format(" tos 0x%02x", details.tos));
    }

    private void hop(StringBuilder text) {
        via.ifPresent(gateway ->
                text.append(gateway.isIpv6() != ipv6 ? " via inet6 " : " via ").append(gateway));
        device.ifPresent(name -> text.append(" dev ").append(LearnerCommand.quoted(name)));
    }
}
