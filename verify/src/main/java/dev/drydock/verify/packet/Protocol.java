package dev.drydock.verify.packet;

import java.util.Locale;

/** The protocols of the packets that are traced. ICMP and ICMPV6 stand for an echo request, its reply, or an error. */
public enum Protocol {
    TCP(6),
    UDP(17),
    ICMP(1),
    /** ICMP of IPv6. */
    ICMPV6(58),
    /** ICMPv6 type 135: asks for the MAC address of a neighbour. */
    NEIGHBOUR_SOLICITATION(58),
    /** ICMPv6 type 136: the answer to a neighbour solicitation. */
    NEIGHBOUR_ADVERTISEMENT(58),
    /** Asks for the MAC address of an IPv4 neighbour. A frame of its own, without an IP header. */
    ARP_REQUEST(-1),
    /** The answer to an ARP request. */
    ARP_REPLY(-1),
    /** ICMP type 3, code 4: tells the sender that its packet is larger than the MTU and must not be fragmented. */
    FRAGMENTATION_NEEDED(1),
    /** ICMPv6 type 2: tells the sender that its packet is larger than the MTU. */
    PACKET_TOO_BIG(58),
    /** ICMP type 3, code 3: tells the sender that nobody listens at the port. */
    PORT_UNREACHABLE(1),
    /** ICMPv6 type 1, code 4: likewise. */
    PORT_UNREACHABLE_IPV6(58);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Whether it is an ARP frame, which has no IP header. */
    public boolean isArp() {
        return this == ARP_REQUEST || this == ARP_REPLY;
    }

    public boolean hasPorts() {
        return this == TCP || this == UDP;
    }

    /** The protocol of echo requests and errors: ICMP or ICMPV6. */
    public static Protocol icmp(boolean ipv6) {
        return ipv6 ? ICMPV6 : ICMP;
    }

    /** {@code icmpv6}, {@code neighbour solicitation}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
