package dev.drydock.verify.facts;

import java.util.Optional;

/**
 * What a VXLAN device does with a frame: puts it into a UDP packet under its id.
 *
 * @param id the VXLAN network identifier, 24 bits
 * @param remote where a frame goes that the forwarding table sends nowhere else, when it was made with one
 * @param group the multicast group that stands for that
 * @param local the source address of its packets, where it was made with one
 * @param device the interface that the packets must leave by, where it was made with one
 * @param port the UDP port that it sends to and listens on
 * @param learns whether it learns the addresses of its peers from their packets
 */
public record Vxlan(
        int id,
        Optional<IpAddress> remote,
        Optional<IpAddress> group,
        Optional<IpAddress> local,
        Optional<String> device,
        int port,
        boolean learns) {
    /** As {@code ip -d link} prints it: {@code vxlan id 42 remote 10.0.2.16 local 10.0.2.15 dev eth0 dstport 4789 nolearning}. */
    public String shown() {
        return "vxlan id " + id
                + remote.map(to -> " remote " + to).orElse("")
                + group.map(to -> " group " + to).orElse("")
                + local.map(from -> " local " + from).orElse("")
                + device.map(name -> " dev " + name).orElse("")
                + " dstport " + port
                + (learns ? "" : " nolearning");
    }
}
