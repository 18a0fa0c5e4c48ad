package dev.drydock.verify.trace;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** One event of a packet in one namespace, as the kernel's trace reports it. */
public sealed interface TraceEvent {
    /** The place in the kernel where a packet was seen. */
    enum Point {
        /** Sent by a process or the kernel of this namespace; its route is known. */
        MADE,
        /** Came in by a bridge port. */
        PORT_IN,
        /** Came in by an interface with IP. */
        IN,
        /** The bridge forwards the frame between ports. */
        SWITCHED,
        /** Will be forwarded; its route is known. */
        ROUTED,
        /** For this namespace itself, and accepted by the packet filter. */
        DELIVERED,
        /** Leaves by an interface, after the whole packet filter. */
        OUT,
        /** Leaves by a bridge port. */
        PORT_OUT
    }

    record Seen(Point point, TracedHeader header) implements TraceEvent {}

    /**
     * The verdict of a rule or policy that ends the packet's way through one hook of one table.
     *
     * @param chain the chain with the verdict: {@code filter/FORWARD}; with its family where the table is not iptables' own: {@code inet fw/in}
     * @param number of the rule, from 1; empty for a policy, and where it is not known
     * @param rule as iptables prints it after {@code -A CHAIN}, else as nft does; a policy as {@code policy DROP}
     * @param verdict {@code accept}, {@code drop} …
     * @param through the rules that jumped to the chain, in order: {@code FORWARD rule 4}
     */
    record Decided(String chain, OptionalInt number, String rule, String verdict, List<String> through)
            implements TraceEvent {
        // -i docker0 -j REJECT --reject-with icmp-port-unreachable; tcp dport 80 reject with tcp reset
        private static final Pattern REJECTION = Pattern.compile("-j REJECT\\b|(?:^|[ :])reject\\b");

        public Decided {
            through = List.copyOf(through);
        }

        public boolean drops() {
            return verdict.equals("drop");
        }

        /** Whether it rejects the packet with an error to the sender. */
        public boolean rejects() {
            return drops() && REJECTION.matcher(rule).find();
        }

        public boolean policy() {
            return rule.startsWith("policy ");
        }
    }

    /**
     * The source or destination was translated.
     *
     * @param source true for the source, false for the destination
     */
    record Rewritten(boolean source, String before, String after) implements TraceEvent {}
}
