package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.Flooded;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Faults of neighbour entries: duplicate addresses, and static entries with a wrong MAC address. */
record NeighbourDiagnosis(L2Topology l2, PathWording words) {

    /** Whether the neighbour table has a usable MAC address for the next hop, so that no ARP request is sent. */
    static boolean known(Interface out, IpAddress next) {
        return entries(out, next).anyMatch(entry -> entry.isUsed() && !entry.isWithoutArp());
    }

    static String entry(Interface out, IpAddress next) {
        return entries(out, next).map(Neighbour::shown).findFirst().orElse("");
    }

    private static Stream<Neighbour> entries(Interface out, IpAddress next) {
        return out.at().namespace().neighbours().toOptional().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.address().equals(next) && entry.device().equals(out.name()));
    }

    Broken duplicate(Interface out, IpAddress next, List<FramePath> all) {
        List<Node> nodes =
                all.stream().map(path -> path.last().end().at()).distinct().toList();
        List<?> names = nodes.stream()
                .map(node -> holder(node, next).<Object>map(words::end).orElse(words.place(node)))
                .distinct()
                .toList();
        Interface[] ends =
                nodes.stream().flatMap(node -> holder(node, next).stream()).toArray(Interface[]::new);
        return new Broken(
                        Cause.DUPLICATE_ADDRESS,
                        say("broken.duplicate-address", "holders", names, "address", next),
                        new Evidence(words.ip(out.at(), PathWording.family(next) + "neigh"), entry(out, next)),
                        say("mend.duplicate-address"))
                .at(ends);
    }

    private static Optional<Interface> holder(Node node, IpAddress next) {
        return node.ends().filter(end -> end.has(next)).findFirst();
    }

    /**
     * An entry of the neighbour table with a MAC address that nobody there has: one that somebody set, or one from when somebody else had the
     * address, which the kernel goes on to use for some seconds.
     */
    Optional<Broken> wrong(Interface out, IpAddress next, List<FramePath> all) {
        Optional<Neighbour> set = entries(out, next).filter(Neighbour::isUsed).findFirst();
        if (set.isEmpty() || all.isEmpty()) {
            return Optional.empty();
        }
        MacAddress mac = set.get().mac().orElseThrow();
        boolean right = all.stream().map(path -> l2.stack(path.last())).anyMatch(end -> takes(end, mac));
        return right
                ? Optional.empty()
                : Optional.of(new Broken(
                        Cause.WRONG_NEIGHBOUR,
                        say(
                                "broken.wrong-neighbour",
                                "place",
                                words.place(out.at()),
                                "address",
                                next,
                                "mac",
                                mac,
                                "interface",
                                words.end(l2.stack(all.get(0).last())),
                                "own",
                                l2.stack(all.get(0).last()).link().mac()),
                        new Evidence(
                                words.ip(out.at(), PathWording.family(next) + Neighbour.command(List.of(set.get()))),
                                set.get().shown()),
                        say("mend.wrong-neighbour"),
                        words.change(
                                out.at(),
                                PathWording.family(next) + "neigh del " + next + " dev "
                                        + LearnerCommand.quoted(out.name()))));
    }

    /** Whether the interface receives frames for that MAC address: a bridge also receives those for its ports. */
    private static boolean takes(Interface end, MacAddress mac) {
        return end.at()
                .ends()
                .filter(one -> one.equals(end) || one.link().master().equals(Optional.of(end.name())))
                .anyMatch(one -> one.link().mac().equals(Optional.of(mac)));
    }

    /** The addresses of lab hosts behind an interface that are in its subnet. */
    List<String> routersBehind(Flooded wired, Interface out, IpAddress next) {
        Set<String> addresses = new TreeSet<>();
        wired.to(spot -> true).stream()
                .map(path -> l2.stack(path.last()))
                .filter(end -> end.at().isHost())
                .flatMap(end -> end.addresses(next.isIpv6()).stream())
                .filter(own -> out.addresses(next.isIpv6()).stream().anyMatch(here -> here.contains(own.address())))
                .forEach(own -> addresses.add(own.address().toString()));
        return List.copyOf(addresses);
    }

    /** Whether the address ends in {@code .1} or {@code :1}, as gateways usually do, and is in the interface's subnet. */
    static boolean isFirst(Interface out, IpAddress next) {
        return out.addresses(next.isIpv6()).stream().anyMatch(own -> own.contains(next))
                && next.toString().matches(".*[.:]1");
    }
}
