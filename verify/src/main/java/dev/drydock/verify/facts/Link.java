package dev.drydock.verify.facts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An interface.
 *
 * @param name as {@code ip} shows it before any {@code @}
 * @param kind {@code veth}, {@code bridge} … or empty for a plain device and lo
 * @param up the administrative state
 * @param operState {@code UP}, {@code DOWN}, {@code LOWERLAYERDOWN}, {@code UNKNOWN} …
 * @param carrier whether the other side of the wire is there
 * @param arp whether it asks and answers who has an address, {@code arp on}
 * @param delays whether its queue may keep a packet for a while, as netem, tbf and the like do
 * @param mac empty where it is not a 48-bit address
 * @param master the bridge that it is a port of
 * @param peerIndex the ifindex of a veth's other end
 * @param layer what it stands on, and how
 * @param peerNetnsId the other end's namespace as this one numbers it; empty when it is this very namespace
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
    /** An interface that stands on nothing. */
    public Link(
            int index,
            String name,
            String kind,
            boolean up,
            String operState,
            boolean carrier,
            Optional<MacAddress> mac,
            int mtu,
            Optional<String> master,
            OptionalInt peerIndex,
            OptionalInt peerNetnsId,
            List<InterfaceAddress> addresses) {
        this(
                index,
                name,
                kind,
                up,
                operState,
                carrier,
                mac,
                mtu,
                master,
                peerIndex,
                peerNetnsId,
                Layer.NONE,
                addresses);
    }

    /** One that asks and answers who has an address, and keeps no packet back. */
    public Link(
            int index,
            String name,
            String kind,
            boolean up,
            String operState,
            boolean carrier,
            Optional<MacAddress> mac,
            int mtu,
            Optional<String> master,
            OptionalInt peerIndex,
            OptionalInt peerNetnsId,
            Layer layer,
            List<InterfaceAddress> addresses) {
        this(
                index,
                name,
                kind,
                up,
                operState,
                carrier,
                true,
                false,
                mac,
                mtu,
                master,
                peerIndex,
                peerNetnsId,
                layer,
                addresses);
    }

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

    /** As {@code ip addr} prints it, without what no check looks at: {@code 2: eth0@if5: <UP,LOWER_UP> mtu 1500 state UP}. */
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
