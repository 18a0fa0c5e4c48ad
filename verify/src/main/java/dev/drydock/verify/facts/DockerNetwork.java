package dev.drydock.verify.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Docker network.
 *
 * @param bridge the Linux bridge that carries it: {@code docker0} or {@code br-} and the beginning of the id; empty for other drivers
 * @param ranges the parts of a subnet from which Docker assigns addresses ({@code --ip-range}); empty where none was set
 * @param options the driver's options ({@code -o parent=eth0})
 * @param containers the names of the running containers attached to it
 * @param internal whether it was made with {@code --internal}: its containers reach nothing outside, and Docker publishes none of their ports
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
    public DockerNetwork {
        subnets = List.copyOf(subnets);
        gateways = List.copyOf(gateways);
        ranges = List.copyOf(ranges);
        containers = List.copyOf(containers);
        options = Copies.inOrder(options);
    }
}
