package dev.drydock.verify.facts;

import java.util.Optional;

/** A route; {@code type} is {@code unicast}, {@code blackhole}, {@code unreachable} …; a default route has prefix length 0. */
public record Route(boolean ipv6, String type, Cidr destination, Optional<IpAddress> via, Optional<String> device, Optional<IpAddress> source, int metric, String table) {}
