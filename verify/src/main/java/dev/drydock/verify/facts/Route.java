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
     * Details that most routes do not have.
     *
     * @param tos 0 where the route is for packets of any TOS
     * @param protocol the origin: {@code kernel}; {@code boot} for a route that was typed
     * @param scope {@code global}, {@code link}, {@code host}
     * @param hop the number and weight of a next hop of a multipath route; empty for a route with one next hop
     * @param flags {@code linkdown}, {@code dead}, {@code onlink} …
     * @param nexthop the id of a next-hop object; empty where the route uses none
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
        /** For a route that was typed, or of which no details are known. */
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

    /** A route without details. */
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

    /** Whether the kernel itself keeps the route for its addresses. It is shown only by {@code ip route show table local}. */
    public boolean isKernels() {
        return table.equals(LOCAL) && details.protocol.equals("kernel");
    }

    /** Whether the kernel ignores the route because its interface is down. */
    public boolean isDead() {
        return details.flags.contains("dead");
    }

    /** The route by another interface. */
    public Route by(Optional<String> another) {
        return new Route(ipv6, type, destination, via, another, source, metric, table, details);
    }

    /** The route in short, ready to be typed: {@code default via 10.9.0.1 dev eth0}. */
    public String shown() {
        StringBuilder text = new StringBuilder(start());
        hop(text);
        text.append(table.equals(MAIN) ? "" : " table " + table);
        source.ifPresent(address -> text.append(" src ").append(address));
        text.append(metric == 0 ? "" : " metric " + metric);
        return text.toString();
    }

    /** The line of {@code ip route show table T}, without its trailing space: {@code 10.9.0.0/24 dev br0 proto kernel scope link src 10.9.0.1}. */
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
     * The lines of {@code ip route show table T} for these routes; the next hops of a multipath route follow its first line.
     *
     * @param routes with the next hops of a multipath route side by side
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
