package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A rule of {@code ip rule}, which says in which table of routes a packet's way is looked up. They are asked in the order of their
 * priorities, those of the same one in the kernel's order.
 *
 * @param inverted {@code not}: for all packets that the selector does not describe
 * @param in the interface that the packet comes in by; {@code lo} for packets that are made here
 * @param out the interface that the sender of a packet is bound to
 * @param mark what the packet's mark has to be, as far as the mask goes
 * @param mask 0 where the mark does not matter
 * @param tos 0 where the TOS does not matter
 * @param protocol a number of IP
 * @param table of {@link Action#LOOKUP}, as in {@link Route}; else empty
 * @param target of {@link Action#GOTO}, the priority where it goes on; else 0
 * @param suppressed the longest prefix length of which routes of the table do not count; -1 where all count
 * @param understood whether it selects by nothing else than what is here
 * @param shown as {@code ip rule} prints it after the priority: {@code from 10.9.0.0/24 lookup 100}
 */
public record RoutingRule(
        boolean ipv6,
        long priority,
        boolean inverted,
        Optional<Cidr> from,
        Optional<Cidr> to,
        Optional<String> in,
        Optional<String> out,
        long mark,
        long mask,
        int tos,
        OptionalInt protocol,
        Optional<PortSpan> sourcePorts,
        Optional<PortSpan> destinationPorts,
        Action action,
        String table,
        long target,
        int suppressed,
        boolean understood,
        String shown) {
    /** What is done with the packets that a rule selects. */
    public enum Action {
        LOOKUP,
        BLACKHOLE,
        UNREACHABLE,
        PROHIBIT,
        GOTO,
        NOP,
        /** Something that only newer kernels know. */
        OTHER
    }

    /** Ports from the first to the last one, both included. */
    public record PortSpan(int first, int last) {}

    /** The rules of IPv6 that every namespace begins with. */
    public static final List<RoutingRule> USUAL_IPV6 = List.of(usual(true, 0, "local"), usual(true, 32766, "main"));

    /** The rules that every namespace begins with. */
    public static final List<RoutingRule> USUAL = Stream.concat(
                    Stream.of(usual(false, 0, "local"), usual(false, 32766, "main"), usual(false, 32767, "default")),
                    USUAL_IPV6.stream())
            .toList();

    private static RoutingRule usual(boolean ipv6, long priority, String table) {
        return new RoutingRule(
                ipv6,
                priority,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Action.LOOKUP,
                table,
                0,
                -1,
                true,
                "from all lookup " + table);
    }

    /** Whether the kernel made it; what it is called in {@code rt_tables} does not matter. */
    public boolean isUsual() {
        return USUAL.stream().anyMatch(usual -> usual.equals(called(usual.shown)));
    }

    private RoutingRule called(String text) {
        return new RoutingRule(
                ipv6,
                priority,
                inverted,
                from,
                to,
                in,
                out,
                mark,
                mask,
                tos,
                protocol,
                sourcePorts,
                destinationPorts,
                action,
                table,
                target,
                suppressed,
                understood,
                text);
    }

    /** Whether it selects every packet. */
    public boolean isForAll() {
        return understood
                && !inverted
                && from.filter(network -> network.prefix() > 0).isEmpty()
                && to.filter(network -> network.prefix() > 0).isEmpty()
                && in.isEmpty()
                && out.isEmpty()
                && mask == 0
                && tos == 0
                && protocol.isEmpty()
                && sourcePorts.isEmpty()
                && destinationPorts.isEmpty();
    }

    /** As it can be typed behind {@code ip rule add prio 1000}. */
    public String typed() {
        return shown.replace(" [detached]", "")
                .replace(" [unresolved]", "")
                .replace(" lookup [l3mdev-table]", " l3mdev");
    }

    /** The line of {@code ip rule}: {@code 1000:}, a tab, and {@link #shown}. */
    public String line() {
        return priority + ":\t" + shown;
    }
}
