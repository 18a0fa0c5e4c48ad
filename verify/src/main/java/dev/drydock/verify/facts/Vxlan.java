package dev.drydock.verify.facts;

import java.util.Optional;

/**
 * The settings of a VXLAN device.
 *
 * @param id the VXLAN network identifier (VNI), 24 bits
 * @param remote the default remote address, for frames without an entry in the forwarding table; empty where none was set
 * @param group the default multicast group; empty where none was set
 * @param local the source address of outer packets; empty where the route decides
 * @param device the output interface of outer packets; empty where the route decides
 * @param port the UDP port that it sends to and listens on
 * @param learns whether it learns remote addresses from received packets
 * @param ttl of outer packets; 0 where the namespace decides
 */
public record Vxlan(
        int id,
        Optional<IpAddress> remote,
        Optional<IpAddress> group,
        Optional<IpAddress> local,
        Optional<String> device,
        int port,
        boolean learns,
        int ttl) {
    /** As {@code ip -d link} prints it: {@code vxlan id 42 remote 10.0.2.16 local 10.0.2.15 dev eth0 dstport 4789 nolearning}. */
    public String shown() {
        return "vxlan id " + id
                + remote.map(to -> " remote " + to).orElse("")
                + group.map(to -> " group " + to).orElse("")
                + local.map(from -> " local " + from).orElse("")
                + device.map(name -> " dev " + name).orElse("")
                + " dstport " + port
                + (learns ? "" : " nolearning")
                + (ttl == 0 ? "" : " ttl " + ttl);
    }
}
