package dev.drydock.verify.facts;

import java.util.Objects;
import java.util.Optional;

/**
 * A route; a multipath route appears once for each next hop.
 *
 * @param type {@code unicast}, {@code blackhole}, {@code unreachable}, {@code prohibit} …
 * @param destination prefix length 0 for a default route
 * @param source the preferred source address
 * @param metric 0 where the kernel shows none
 * @param table {@code main}, another table's name or number; {@code local} is left out
 */
public record Route(
        boolean ipv6,
        String type,
        Cidr destination,
        Optional<IpAddress> via,
        Optional<String> device,
        Optional<IpAddress> source,
        int metric,
        String table) {
    public Route {
        Objects.requireNonNull(type);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(via);
        Objects.requireNonNull(device);
        Objects.requireNonNull(source);
        Objects.requireNonNull(table);
    }

    /** As {@code ip route} prints it: {@code default via 10.9.0.1 dev eth0}. */
    public String shown() {
        StringBuilder text = new StringBuilder(type.equals("unicast") ? "" : type + " ");
        boolean single = destination.prefix() == (ipv6 ? 128 : 32);
        text.append(destination.isDefault() ? "default" : single ? destination.address() : destination);
        via.ifPresent(gateway -> text.append(" via ").append(gateway));
        device.ifPresent(name -> text.append(" dev ").append(LearnerCommand.quoted(name)));
        text.append(table.equals("main") ? "" : " table " + table);
        source.ifPresent(address -> text.append(" src ").append(address));
        text.append(metric == 0 ? "" : " metric " + metric);
        return text.toString();
    }
}
