package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProxyNeighbour;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a namespace does not answer ARP, or neighbour discovery, in place of another that has the address, where that seems to be meant. */
record ProxyDiagnosis(NetworkModel model, PathWording words) {

    /** What {@code ip neigh show proxy} shows there; none where that was not read. */
    List<ProxyNeighbour> entries(Node there) {
        return model.filter(there).map(filter -> filter.proxied()).orElse(List.of());
    }

    /** Of IPv6, which has no proxy for whatever it has a route to: each address is told by an entry, at an interface that is set to answer. */
    Optional<Broken> unsolicited(Interface stack, ArpDiagnosis.Question asked) {
        Node there = stack.at();
        List<ProxyNeighbour> entries = entries(there, true).stream()
                .filter(entry -> entry.device().equals(stack.name()))
                .toList();
        if (entries.isEmpty() || there.equals(asked.out().at())) {
            return Optional.empty();
        }
        boolean told = entries.stream().anyMatch(entry -> entry.address().equals(asked.next()));
        String forwarding = InterfaceSetting.ipv6(stack.name(), "forwarding");
        String setting = model.setting(there, forwarding).orElse(0) > 0
                ? InterfaceSetting.ipv6(stack.name(), "proxy_ndp")
                : forwarding;
        Message found = say(
                "broken.no-proxy-ndp",
                "address",
                asked.next(),
                "place",
                words.place(there),
                "interface",
                stack.name(),
                "setting",
                setting,
                "entries",
                !told);
        return told
                ? Optional.of(words.switchedOff(Cause.NO_PROXY_ARP, there, setting, found))
                : Optional.of(entryless(stack, asked, entries, found));
    }

    private List<ProxyNeighbour> entries(Node there, boolean ipv6) {
        return entries(there).stream()
                .filter(entry -> entry.address().isIpv6() == ipv6)
                .toList();
    }

    private Broken entryless(
            Interface stack, ArpDiagnosis.Question asked, List<ProxyNeighbour> entries, Message found) {
        Node there = stack.at();
        String family = PathWording.family(asked.next());
        return new Broken(
                Cause.NO_PROXY_ARP,
                found,
                new Evidence(
                        words.ip(there, family + "neigh show proxy"),
                        entries.stream().map(ProxyNeighbour::shown).collect(Collectors.joining("\n"))),
                say("mend.proxy-entry", "address", asked.next(), "interface", words.end(stack)),
                words.change(
                        there,
                        family + "neigh add proxy " + asked.next() + " dev " + LearnerCommand.quoted(stack.name())));
    }

    /** Of IPv4. */
    Optional<Broken> untold(Interface stack, ArpDiagnosis.Question asked) {
        Node there = stack.at();
        List<ProxyNeighbour> entries = entries(there, false);
        boolean here = entries.stream().anyMatch(entry -> entry.device().equals(stack.name()));
        boolean beside = there.wires().stream()
                .anyMatch(wire -> model.setting(there, wire.name(), "proxy_arp").orElse(0) > 0);
        boolean bare = stack.addresses().isEmpty() && InterfaceCause.isRouted(stack);
        if (!here && !beside && !bare) {
            return Optional.empty();
        }
        Message found = say(
                "broken.no-proxy-arp",
                "address",
                asked.next(),
                "place",
                words.place(there),
                "interface",
                stack.name(),
                "entries",
                here && !beside);
        if (here && !beside) {
            return Optional.of(entryless(stack, asked, entries, found));
        }
        return Optional.of(
                words.switchedOff(Cause.NO_PROXY_ARP, there, InterfaceSetting.ipv4(stack.name(), "proxy_arp"), found));
    }
}
