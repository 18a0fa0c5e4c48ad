package dev.drydock.verify.trace;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** One thing that the kernel said of a packet in one namespace. */
public sealed interface TraceEvent {
    /** Where in the kernel a packet was seen. */
    enum Point {
        /** A process or the kernel itself made it; its route is known. */
        MADE,
        /** It came in by a port of a bridge. */
        PORT_IN,
        /** It came in by an interface that has IP. */
        IN,
        /** The bridge hands it from port to port. */
        SWITCHED,
        /** It is to be forwarded; its route is known. */
        ROUTED,
        /** It is for this namespace, and the packet filter let it pass. */
        DELIVERED,
        /** It leaves by an interface, after everything that the packet filter has to say. */
        OUT,
        /** It leaves by a port of a bridge. */
        PORT_OUT
    }

    record Seen(Point point, TracedHeader header) implements TraceEvent {}

    /**
     * A rule or a policy that ended the packet's way through one hook of one table.
     *
     * @param chain where the decision fell: {@code filter/FORWARD}, of tables that are not iptables' with the family: {@code inet fw/in}
     * @param number of the rule, counted from 1; empty for a policy, and where nobody can tell
     * @param rule as iptables has it behind {@code -A CHAIN}, else as nft; a policy as {@code policy DROP}
     * @param verdict {@code accept}, {@code drop} …
     * @param through the rules that led to the chain, the first one first: {@code FORWARD rule 4}
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

        /** Whether it drops the packet and tells its sender so. */
        public boolean rejects() {
            return drops() && REJECTION.matcher(rule).find();
        }

        public boolean policy() {
            return rule.startsWith("policy ");
        }
    }

    /**
     * One end of the packet is another than before.
     *
     * @param source whether it is the source, else the destination
     */
    record Rewritten(boolean source, String before, String after) implements TraceEvent {}
}
