package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The choice of the source address for an IPv6 packet: RFC 6724, section 5. */
final class SourceChoice {
    /** The labels of RFC 6724; a source with the same label as the destination is preferred. */
    private static final Map<Cidr, Integer> LABELS = Map.of(
            Cidr.parse("::1/128"), 0,
            Cidr.parse("::/0"), 1,
            Cidr.parse("2002::/16"), 2,
            Cidr.parse("::/96"), 3,
            Cidr.parse("::ffff:0:0/96"), 4,
            Cidr.parse("2001::/32"), 5,
            Cidr.parse("fec0::/10"), 11,
            Cidr.parse("3ffe::/16"), 12,
            Cidr.parse("fc00::/7"), 13);

    private record Candidate(Link link, InterfaceAddress own) {
        IpAddress address() {
            return own.address().address();
        }
    }

    private SourceChoice() {}

    /**
     * @param device the output interface; for a link-local destination only its addresses are candidates
     * @return empty where there is no candidate
     */
    static Optional<IpAddress> of(Stream<Link> links, String device, IpAddress destination) {
        boolean near = Router.isOfLink(destination) || destination.isMulticast();
        return links.filter(link -> !near || link.name().equals(device))
                .flatMap(link -> link.addresses().stream().map(own -> new Candidate(link, own)))
                .filter(one -> one.address().isIpv6() && one.own().isUsable())
                .filter(one -> !one.own().scope().equals("host"))
                // a link-local address of another link means nothing here
                .filter(one ->
                        !one.own().scope().equals("link") || one.link().name().equals(device))
                .max(Comparator.comparing((Candidate one) -> one.address().equals(destination))
                        .thenComparing(one -> near == one.own().scope().equals("link"))
                        .thenComparing(one -> !one.own().deprecated())
                        .thenComparing(one -> one.link().name().equals(device))
                        .thenComparing(one -> label(one.address()) == label(destination))
                        .thenComparingInt(one -> common(one.own().address(), destination))
                        // of equal ones the kernel takes that which it lists first
                        .thenComparing(Comparator.comparingInt((Candidate one) ->
                                        one.link().addresses().indexOf(one.own()))
                                .reversed()))
                .map(Candidate::address);
    }

    private static int label(IpAddress address) {
        return LABELS.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .max(Comparator.comparingInt(entry -> entry.getKey().prefix()))
                .orElseThrow()
                .getValue();
    }

    /** The length of the common prefix, at most the prefix length of the own network. */
    private static int common(Cidr own, IpAddress destination) {
        BigInteger differing = Addresses.number(own.address()).xor(Addresses.number(destination));
        return Math.min(own.prefix(), Addresses.bits(true) - differing.bitLength());
    }
}
