package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The symbolic names that a rule may use for the numbers of a field. */
enum SymbolTable {
    /** No names: decimal, hexadecimal with {@code 0x}, or an address. */
    NUMBER(""),
    PROTOCOL(
            """
            ip 0 hopopt 0 icmp 1 igmp 2 ggp 3 ipencap 4 st 5 tcp 6 egp 8 igp 9 pup 12 udp 17 hmp 20 xns-idp 22 rdp 27 iso-tp4 29 dccp 33
            xtp 36 ddp 37 idpr-cmtp 38 ipv6 41 ipv6-route 43 ipv6-frag 44 idrp 45 rsvp 46 gre 47 esp 50 ah 51 skip 57 ipv6-icmp 58
            icmpv6 58 ipv6-nonxt 59 ipv6-opts 60 rspf 73 vmtp 81 eigrp 88 ospf 89 ospfigp 89 ax.25 93 ipip 94 etherip 97 encap 98 pim 103
            comp 108 ipcomp 108 vrrp 112 l2tp 115 isis 124 sctp 132 fc 133 mobility-header 135 udplite 136 mpls-in-ip 137 manet 138
            shim6 139 wesp 140 rohc 142 ethernet 143 mptcp 262
            """),
    TCP_FLAG("fin 1 syn 2 rst 4 psh 8 ack 16 urg 32 ecn 64 cwr 128"),
    ICMP_TYPE(
            """
            echo-reply 0 destination-unreachable 3 source-quench 4 redirect 5 echo-request 8 router-advertisement 9 router-solicitation 10
            time-exceeded 11 parameter-problem 12 timestamp-request 13 timestamp-reply 14 info-request 15 info-reply 16
            address-mask-request 17 address-mask-reply 18
            """),
    ICMP_CODE(
            """
            net-unreachable 0 host-unreachable 1 prot-unreachable 2 port-unreachable 3 frag-needed 4 net-prohibited 9 host-prohibited 10
            admin-prohibited 13
            """),
    ICMPV6_TYPE(
            """
            destination-unreachable 1 packet-too-big 2 time-exceeded 3 parameter-problem 4 echo-request 128 echo-reply 129
            mld-listener-query 130 mld-listener-report 131 mld-listener-done 132 mld-listener-reduction 132 nd-router-solicit 133
            nd-router-advert 134 nd-neighbor-solicit 135 nd-neighbor-advert 136 nd-redirect 137 router-renumbering 138
            ind-neighbor-solicit 141 ind-neighbor-advert 142 mld2-listener-report 143
            """),
    ICMPV6_CODE("no-route 0 admin-prohibited 1 addr-unreachable 3 port-unreachable 4 policy-fail 5 reject-route 6"),
    STATE("invalid 1 established 2 related 4 new 8 untracked 64"),
    STATUS("expected 1 seen-reply 2 assured 4 confirmed 8 snat 16 dnat 32 dying 512"),
    DIRECTION("original 0 reply 1"),
    PACKET_TYPE("host 0 unicast 0 broadcast 1 multicast 2 other 3"),
    /** For {@code nfproto} and {@code ct l3proto}. */
    FAMILY("ipv4 2 arp 3 bridge 7 ipv6 10"),
    ARP_OPERATION("request 1 reply 2"),
    ETHER_TYPE("ip 0x0800 arp 0x0806 ip6 0x86dd vlan 0x8100 8021q 0x8100 8021ad 0x88a8"),
    ADDRESS_TYPE(
            "unspec 0 unicast 1 local 2 broadcast 3 anycast 4 multicast 5 blackhole 6 unreachable 7 prohibit 8 throw 9 nat 10"),
    DSCP(
            """
            cs0 0 cs1 8 cs2 16 cs3 24 cs4 32 cs5 40 cs6 48 cs7 56 df 0 be 0 lephb 1 af11 10 af12 12 af13 14 af21 18 af22 20 af23 22
            af31 26 af32 28 af33 30 af41 34 af42 36 af43 38 va 44 ef 46
            """),
    ECN("not-ect 0 ect1 1 ect0 2 ce 3"),
    /** The index of an interface, which a rule may give by name. */
    INDEX(""),
    /** The name of an interface, never a number. */
    INTERFACE("");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,10}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,32}");

    private final Map<String, Long> numbers = new HashMap<>();

    SymbolTable(String text) {
        String[] words = text.strip().split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            numbers.put(words[i], Long.decode(words[i + 1]));
        }
    }

    /** The number for a word; empty for an unknown word. */
    Optional<BigInteger> number(String text) {
        if (this == INTERFACE) {
            return Optional.empty();
        }
        Long known = numbers.get(text.toLowerCase(Locale.ROOT));
        if (known != null) {
            return Optional.of(BigInteger.valueOf(known));
        }
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.substring(2), 16));
        }
        if (text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            return Optional.of(new BigInteger(text.replace(":", ""), 16));
        }
        return IpAddress.tryParse(text).map(Addresses::number);
    }
}
