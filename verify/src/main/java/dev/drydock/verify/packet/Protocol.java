package dev.drydock.verify.packet;

import java.util.Locale;

/** What a witness packet may be; an icmp packet is an echo request, or the answer to one. */
public enum Protocol {
    TCP(6),
    UDP(17),
    ICMP(1),
    /** The same for IPv6. */
    ICMPV6(58),
    /** How IPv6 asks who on a link has an address: type 135 of ICMPv6. */
    NEIGHBOUR_SOLICITATION(58),
    /** The answer to that: type 136 of ICMPv6. */
    NEIGHBOUR_ADVERTISEMENT(58),
    /** How IPv4 asks that: no packet of IP, but a frame of its own. */
    ARP_REQUEST(-1),
    /** The answer to that. */
    ARP_REPLY(-1),
    /** How IPv4 tells a sender that its packet is too large and must not be fragmented: type 3, code 4 of ICMP. */
    FRAGMENTATION_NEEDED(1),
    /** The same for IPv6: type 2 of ICMPv6. */
    PACKET_TOO_BIG(58);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Whether it is a frame of ARP, which has no header of IP. */
    public boolean isArp() {
        return this == ARP_REQUEST || this == ARP_REPLY;
    }

    public boolean hasPorts() {
        return this == TCP || this == UDP;
    }

    /** Of an echo request, and of an error. */
    public static Protocol icmp(boolean ipv6) {
        return ipv6 ? ICMPV6 : ICMP;
    }

    /** {@code icmpv6}, {@code neighbour solicitation}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
