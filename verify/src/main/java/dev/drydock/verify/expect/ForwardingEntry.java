package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.probe.ForwardingTable;
import dev.drydock.verify.probe.ForwardingTable.Entry;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code fdb: {dev: vx0, mac: 02:00:00:00:00:12, dst: 10.0.2.16}}: the forwarding table of a bridge port or VXLAN device has an entry for this MAC
 * address.
 *
 * @param mac the MAC address; empty where {@code macOf} is given
 * @param macOf the interface that has the MAC address; it must have a name
 * @param destination the remote address to which a VXLAN device sends; empty for any
 * @param learned true for a learned entry, false for a configured one; empty for any
 */
public record ForwardingEntry(
        Scope in,
        String device,
        Optional<MacAddress> mac,
        Optional<InterfaceRef> macOf,
        Optional<IpAddress> destination,
        Optional<Boolean> learned,
        boolean exists)
        implements Expectation {
    /** The default entry of a VXLAN device: for MAC addresses without an entry, and for broadcasts. */
    private static final MacAddress ANY_OTHER = MacAddress.parse("00:00:00:00:00:00");

    /** @throws Complaint when not exactly one of {@code mac} and {@code macOf} is given, or {@code macOf} has no name */
    public ForwardingEntry {
        if (mac.isPresent() == macOf.isPresent()) {
            throw new Complaint(say("forwarding.mac-or-mac-of"));
        }
        if (macOf.isPresent() && macOf.get().name().isEmpty()) {
            throw new Complaint(say("forwarding.mac-of-no-interface"));
        }
    }

    @Override
    public Message statement() {
        return said(exists);
    }

    @Override
    public Message denial() {
        return said(!exists);
    }

    private Message said(boolean forwards) {
        return say(
                "fdb.forwards",
                "interface",
                new InterfaceRef(in, device),
                "forwards",
                forwards,
                "owner",
                macOf.<Object>map(end -> end).or(() -> mac.filter(address -> !address.equals(ANY_OTHER))),
                "destination",
                destination,
                "learned",
                learned.equals(Optional.of(true)),
                "told",
                learned.equals(Optional.of(false)));
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(probe());
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Forwarding(in);
    }

    @Override
    public Set<Scope> places() {
        Set<Scope> places = new LinkedHashSet<>(Set.of(in));
        macOf.ifPresent(end -> places.add(end.in()));
        return places;
    }

    @Override
    public Verdict judge(Facts facts) {
        if (mac.isPresent()) {
            return judge(facts, mac.get());
        }
        InterfaceRef end = macOf.orElseThrow();
        Optional<MacAddress> address = ScopeLookup.find(facts, end.in())
                .flatMap(there -> there.link(end.name().orElseThrow())
                        .fold(found -> found.value().mac(), absent -> Optional.empty(), unknown -> Optional.empty()));
        return address.map(known -> judge(facts, known)).orElseGet(() -> withoutAddress(facts, end));
    }

    private Verdict judge(Facts facts, MacAddress address) {
        return ScopeLookup.within(
                facts,
                in,
                namespace -> Readings.judge(namespace.links(), links -> facts.capture(probe())
                        .map(capture -> judge(facts, links, capture, address))
                        .orElseGet(() -> Verdict.cannotTell(say("fdb.not-read")))));
    }

    private static Verdict withoutAddress(Facts facts, InterfaceRef end) {
        String name = end.name().orElseThrow();
        return ScopeLookup.within(facts, end.in(), there -> there.link(name)
                .fold(
                        found -> Verdict.notMet(
                                say("fdb.address-of", "interface", end),
                                say("fdb.no-address", "interface", end),
                                IpLines.show(facts, end.in(), found.value())),
                        absent -> Verdict.notMet(say("fdb.owner", "interface", end), absent.reason(), absent.source())
                                .causedBy(FactCauses.missingInterface(facts, end.in(), name)),
                        unknown -> Verdict.cannotTell(unknown.reason(), unknown.source())));
    }

    private Verdict judge(Facts facts, List<Link> links, ProbeCapture capture, MacAddress address) {
        ForwardingTable table = ForwardingTable.parse(capture);
        if (table.trouble().isPresent()) {
            return Verdict.cannotTell(say("fdb.unreadable", "error", table.trouble()), ProbeEvidence.errors(capture));
        }
        Optional<Link> link =
                links.stream().filter(one -> one.name().equals(device)).findFirst();
        if (link.isEmpty()) {
            return Verdict.notMet(
                            say("interface.here", "exists", true, "interface", device, "place", in),
                            say("interface.here", "exists", false, "interface", device, "place", in),
                            IpLines.list(facts, in, links))
                    .causedBy(FactCauses.missingInterface(facts, in, device));
        }
        List<Entry> here = table.entries().stream()
                .filter(entry -> entry.device().equals(device))
                .toList();
        List<Entry> ofTheAddress =
                here.stream().filter(entry -> entry.mac().equals(address)).toList();
        boolean found = ofTheAddress.stream().anyMatch(this::matches);
        List<Entry> shown = ofTheAddress.isEmpty() ? here : ofTheAddress;
        Evidence evidence = new Evidence(
                ScopeCommands.in(facts, in, "bridge fdb show dev " + LearnerCommand.quoted(device)),
                shown.stream()
                        .map(entry -> entry.shown().replace(" dev " + device, ""))
                        .limit(8)
                        .collect(Collectors.joining("\n")));
        if (found == exists) {
            return Verdict.met(evidence);
        }
        if (!exists) {
            return Verdict.notMet(say("fdb.none", "address", address), lines(address, ofTheAddress), evidence);
        }
        Message wanted = say(
                "fdb.entry",
                "address",
                address,
                "interface",
                device,
                "destination",
                destination,
                "learned",
                learned.equals(Optional.of(true)),
                "told",
                learned.equals(Optional.of(false)));
        return Verdict.notMet(wanted, lines(address, ofTheAddress), evidence)
                .causedBy(why(link.get(), ofTheAddress, address));
    }

    private static Message lines(MacAddress address, List<Entry> entries) {
        return say("fdb.entries", "entries", entries.stream().map(Entry::shown).toList(), "address", address);
    }

    /**
     * Whether the entry is as wanted. One with a VNI or port of its own does not count: it sends to another network, or to a port where nothing
     * listens.
     */
    private boolean matches(Entry entry) {
        return (destination.isEmpty()
                        || (entry.destination().equals(destination)
                                && entry.id().isEmpty()
                                && entry.port().isEmpty()))
                && (learned.isEmpty() || entry.learned() == learned.get());
    }

    /** The number of its own that an entry for the wanted destination has; empty where none has one. */
    private Optional<Integer> there(List<Entry> entries, Function<Entry, OptionalInt> number) {
        return entries.stream()
                .filter(entry ->
                        number.apply(entry).isPresent() && entry.destination().equals(destination))
                .map(entry -> number.apply(entry).getAsInt())
                .findFirst();
    }

    private Optional<Message> why(Link link, List<Entry> ofTheAddress, MacAddress address) {
        Optional<Vxlan> vxlan = link.layer().vxlan();
        if (destination.isPresent() && vxlan.isEmpty()) {
            return Optional.of(say("fdb.no-vxlan", "interface", device, "kind", link.kind()));
        }
        Optional<Message> elsewhere = vxlan.flatMap(own -> there(ofTheAddress, Entry::id)
                .map(id -> say("fdb.other-id", "id", id, "interface", device, "own", own.id()))
                .or(() -> there(ofTheAddress, Entry::port)
                        .map(port -> say("fdb.other-port", "port", port, "interface", device, "own", own.port()))));
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        if (!link.up()) {
            return Optional.of(say("interface.is-up", "interface", device, "up", false));
        }
        if (ofTheAddress.isEmpty() && address.equals(ANY_OTHER)) {
            return vxlan.map(none -> say("fdb.no-remote", "interface", device));
        }
        if (ofTheAddress.isEmpty() && vxlan.isPresent() && !vxlan.get().learns()) {
            return Optional.of(say("fdb.not-learning", "interface", device));
        }
        return Optional.empty();
    }
}
