package dev.drydock.verify.packet.compare;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.RejectWith;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ternary;
import dev.drydock.verify.packet.TraversalResult;
import java.util.List;
import java.util.Optional;

/**
 * One outcome of the model in the terms of an observation.
 *
 * @param place {@code wan}, {@code lan}, {@code blue} or {@code here} where it arrives; else {@code rejected}, {@code refused},
 *     {@code dropped} or {@code ?}
 * @param header as it arrives; empty where it does not
 * @param refusal the error to the sender; empty where it is not rejected or the error is not known
 */
record Fate(String place, Optional<Header> header, Optional<RejectWith> refusal) {
    private static final List<String> ARRIVALS = List.of("lan", "blue", "wan", "here");

    static Fate of(TraversalResult outcome) {
        Packet packet = outcome.packet();
        String place =
                switch (outcome.ending()) {
                    case UNDECIDED -> "?";
                    case DELIVERED -> "here";
                    case DROPPED -> "dropped";
                    case REJECTED -> "rejected";
                    case NO_WAY -> "refused";
                    case LEFT ->
                        packet.out().name().equals("wan0")
                                ? "wan"
                                : port(packet.header().destination().text());
                };
        return new Fate(
                place, Optional.of(packet.header()).filter(header -> ARRIVALS.contains(place)), refusal(outcome));
    }

    private static Optional<RejectWith> refusal(TraversalResult outcome) {
        return outcome.ending() == TraversalResult.Ending.REJECTED
                ? outcome.decision().flatMap(ChainTraversal::by).flatMap(Rule::refusal)
                : Optional.empty();
    }

    /** The error as network.py tells it. */
    private static String error(RejectWith refusal) {
        return switch (refusal) {
            case TCP_RESET -> "rst";
            case NET_UNREACHABLE -> "icmp 3/0";
            case HOST_UNREACHABLE -> "icmp 3/1";
            case PROTOCOL_UNREACHABLE -> "icmp 3/2";
            case PORT_UNREACHABLE -> "icmp 3/3";
            case NET_PROHIBITED -> "icmp 3/9";
            case HOST_PROHIBITED -> "icmp 3/10";
            case ADMIN_PROHIBITED -> "icmp 3/13";
            case FORBIDDEN -> throw new IllegalArgumentException("only IPv4 is compared");
        };
    }

    /** The bridge's port behind which the neighbour is. */
    static String port(String to) {
        return to.startsWith("10.9.0.") && !to.equals("10.9.0.11") ? "blue" : "lan";
    }

    boolean open() {
        return place.equals("?");
    }

    /** Whether the kernel did what was foreseen. */
    boolean agrees(String seen) {
        return switch (place) {
            case "dropped" -> seen.isEmpty();
            case "rejected" ->
                refusal.map(known -> seen.equals("rejected " + error(known))).orElse(seen.startsWith("rejected "));
            case "refused" -> seen.isEmpty() || seen.startsWith("rejected icmp 3/");
            default -> arrived(header.orElseThrow(), seen);
        };
    }

    /** Holds the observed place, addresses and ports against the foreseen ones; of a range of ports each one will do. */
    private boolean arrived(Header there, String seen) {
        String[] words = seen.split(" ");
        return words.length == 5
                && words[0].equals(place.equals("here") || place.equals("wan") ? place : port(words[3]))
                && there.isFrom(new IpAddress(words[1])) != Ternary.NO
                && in(words[2], there.sourcePort())
                && there.isTo(new IpAddress(words[3])) != Ternary.NO
                && in(words[4], there.destinationPort());
    }

    private static boolean in(String port, Ports ports) {
        int number = Integer.parseInt(port);
        return number >= ports.first() && number <= ports.last();
    }

    /** All fates of a packet, each once. */
    static List<Fate> of(List<TraversalResult> outcomes) {
        return outcomes.stream().map(Fate::of).distinct().toList();
    }

    @Override
    public String toString() {
        return place
                + refusal.map(known -> " " + error(known)).orElse("")
                + header.map(there -> " " + there.source() + " " + there.sourcePort() + " " + there.destination() + " "
                                + there.destinationPort())
                        .orElse("");
    }
}
