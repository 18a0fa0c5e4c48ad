package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code neighbor: {in: netns:red, ip: 10.9.0.1, state: {in: [REACHABLE, STALE, DELAY]}}}. Without states any usable one counts. */
public record NeighbourState(
        Scope in, IpAddress address, Optional<String> device, Optional<MacAddress> mac, List<String> states)
        implements Expectation {
    public NeighbourState {
        states = states.stream().map(state -> state.toUpperCase(Locale.ROOT)).toList();
    }

    @Override
    public Message statement() {
        return said(true);
    }

    @Override
    public Message denial() {
        return said(false);
    }

    private Message said(boolean known) {
        return say(
                "neighbour.known",
                "place",
                in,
                "known",
                known,
                "address",
                address,
                "mac",
                mac,
                "interface",
                device,
                "states",
                states);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.judge(facts, in, Namespace::neighbours, entries -> judge(facts, entries));
    }

    private Verdict judge(Facts facts, List<Neighbour> entries) {
        List<Neighbour> there = entries.stream()
                .filter(entry -> entry.address().equals(address))
                .toList();
        List<Neighbour> shown = there.isEmpty() ? entries : there;
        Evidence table = new Evidence(
                ScopeCommands.ip(facts, in, Neighbour.command(shown)),
                shown.stream().map(NeighbourState::line).collect(Collectors.joining("\n")));
        if (there.stream().anyMatch(this::matches)) {
            return Verdict.met(table);
        }
        return Verdict.notMet(
                        say("neighbour.wanted", "address", address, "interface", device, "mac", mac, "states", states),
                        say(
                                "neighbour.found",
                                "entries",
                                there.stream().map(NeighbourState::line).toList(),
                                "address",
                                address),
                        table)
                .causedBy(there.stream()
                        .filter(entry -> entry.state().equals("FAILED"))
                        .map(entry -> say(
                                "neighbour.failed",
                                "address",
                                address,
                                "protocol",
                                address.isIpv6() ? "NDP" : "ARP",
                                "interface",
                                entry.device()))
                        .findFirst());
    }

    private boolean matches(Neighbour entry) {
        return (states.isEmpty()
                        ? entry.isValid()
                        : states.contains(entry.state().toUpperCase(Locale.ROOT)))
                && (device.isEmpty() || entry.device().equals(device.get()))
                && (mac.isEmpty() || entry.mac().equals(mac));
    }

    private static String line(Neighbour entry) {
        return entry.address() + " dev " + entry.device()
                + entry.mac().map(mac -> " lladdr " + mac).orElse("") + " " + entry.state();
    }
}
