package dev.drydock.verify.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Docker network.
 *
 * @param bridge the Linux bridge that carries it: {@code docker0} or {@code br-} and the beginning of the id; empty for other drivers
 * @param ranges the part of a subnet that Docker gives addresses from, where it was told one ({@code --ip-range})
 * @param options the driver's own ({@code -o parent=eth0})
 * @param containers the names of the running containers attached to it
 * @param internal whether it was made with {@code --internal}: nobody on it gets outside, and no port of it is published
 */
public record DockerNetwork(
        String id,
        String name,
        String driver,
        List<Cidr> subnets,
        List<IpAddress> gateways,
        List<Cidr> ranges,
        Optional<String> bridge,
        List<String> containers,
        Map<String, String> options,
        boolean internal) {
    /** One that leads outside. */
    public DockerNetwork(
            String id,
            String name,
            String driver,
            List<Cidr> subnets,
            List<IpAddress> gateways,
            List<Cidr> ranges,
            Optional<String> bridge,
            List<String> containers,
            Map<String, String> options) {
        this(id, name, driver, subnets, gateways, ranges, bridge, containers, options, false);
    }

    public DockerNetwork {
        subnets = List.copyOf(subnets);
        gateways = List.copyOf(gateways);
        ranges = List.copyOf(ranges);
        containers = List.copyOf(containers);
        options = Copies.inOrder(options);
    }
}
