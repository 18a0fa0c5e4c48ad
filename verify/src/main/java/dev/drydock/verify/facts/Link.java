package dev.drydock.verify.facts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network interface. Immutable.
 *
 * @param name as {@code ip} shows it before any {@code @}
 * @param kind {@code veth}, {@code bridge} …; empty for a plain device and {@code lo}
 * @param up the administrative state
 * @param operState {@code UP}, {@code DOWN}, {@code LOWERLAYERDOWN}, {@code UNKNOWN} …
 * @param carrier whether the link is connected and its other end is up
 * @param arp whether the interface uses ARP ({@code arp on})
 * @param delays whether its queueing discipline may delay packets, as netem or tbf do
 * @param mac empty where it has no 48-bit address
 * @param master the bridge of which it is a port; empty where it is none
 * @param peerIndex the ifindex of a veth's peer
 * @param layer its parent, or the settings of a VXLAN device
 * @param peerNetnsId the namespace of the peer, as this namespace numbers it; empty where it is this namespace
 */
public record Link(
        int index,
        String name,
        String kind,
        boolean up,
        String operState,
        boolean carrier,
        boolean arp,
        boolean delays,
        Optional<MacAddress> mac,
        int mtu,
        Optional<String> master,
        OptionalInt peerIndex,
        OptionalInt peerNetnsId,
        Layer layer,
        List<InterfaceAddress> addresses) {
    public Link {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(operState);
        Objects.requireNonNull(mac);
        Objects.requireNonNull(master);
        Objects.requireNonNull(peerIndex);
        Objects.requireNonNull(peerNetnsId);
        Objects.requireNonNull(layer);
        addresses = List.copyOf(addresses);
    }

    /** As {@code ip addr} prints it, without what no check reads: {@code 2: eth0@if5: <UP,LOWER_UP> mtu 1500 state UP}. */
    public String shown() {
        StringBuilder text = new StringBuilder().append(index).append(": ").append(name);
        peerIndex.ifPresent(peer -> text.append("@if").append(peer));
        String noArp = arp ? "" : "NOARP";
        text.append(": <")
                .append(noArp)
                .append(up && !arp ? "," : "")
                .append(up ? carrier ? "UP,LOWER_UP" : "NO-CARRIER,UP" : "")
                .append('>');
        text.append(" mtu ").append(mtu);
        master.ifPresent(bridge -> text.append(" master ").append(bridge));
        text.append(" state ").append(operState);
        mac.ifPresent(address -> text.append("\n    link/ether ").append(address));
        for (InterfaceAddress address : addresses) {
            text.append("\n    ").append(address.shown());
        }
        return text.toString();
    }
}
