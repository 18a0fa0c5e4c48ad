package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A rule of {@code ip rule}, which selects the routing table for packets. Rules are tried by priority; those of equal priority in the kernel's
 * order.
 *
 * @param inverted {@code not}: the rule is for all packets that the selector does not match
 * @param from the source network; empty for any
 * @param to the destination network; empty for any
 * @param in the input interface; {@code lo} for packets that the namespace sends itself
 * @param out the interface that the sending socket is bound to
 * @param mark the wanted mark, compared under the mask
 * @param mask 0 where the mark does not matter
 * @param tos 0 where the TOS does not matter
 * @param protocol the IP protocol number
 * @param table of {@link Action#LOOKUP}, as in {@link Route}; else empty
 * @param target of {@link Action#GOTO}, the priority at which to continue; else 0
 * @param suppressed routes of the table with a prefix of at most this length do not count; -1 where all count
 * @param understood whether these fields are the whole selector
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
    /** What happens to the packets that a rule selects. */
    public enum Action {
        LOOKUP,
        BLACKHOLE,
        UNREACHABLE,
        PROHIBIT,
        GOTO,
        NOP,
        /** An action that only newer kernels have. */
        OTHER
    }

    /** A range of ports, both ends included. */
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

    /** Whether it is one of the kernel's initial rules. The name of its table in {@code rt_tables} does not matter. */
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

    /** The rule as it is typed after {@code ip rule add prio 1000}. */
    public String typed() {
        return LearnerCommand.words(shown.replace(" [detached]", "")
                .replace(" [unresolved]", "")
                .replace(" lookup [l3mdev-table]", " l3mdev"));
    }

    /** The line of {@code ip rule}: {@code 1000:}, a tab, and {@link #shown}. */
    public String line() {
        return priority + ":\t" + shown;
    }
}
