package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code interface: {in: netns:red, name: eth0, kind: veth, admin: up, address: [10.9.0.11/24], mac: …, mtu: 1500}}. */
public record InterfaceState(
        Scope in,
        String name,
        boolean exists,
        Optional<String> kind,
        Optional<Boolean> up,
        Optional<ListMatch<Cidr>> addresses,
        Optional<MacAddress> mac,
        Optional<Integer> mtu,
        Optional<String> master,
        LayerMatch layer)
        implements Expectation {
    /** Whatever it stands on. */
    public InterfaceState(
            Scope in,
            String name,
            boolean exists,
            Optional<String> kind,
            Optional<Boolean> up,
            Optional<ListMatch<Cidr>> addresses,
            Optional<MacAddress> mac,
            Optional<Integer> mtu,
            Optional<String> master) {
        this(in, name, exists, kind, up, addresses, mac, mtu, master, LayerMatch.ANY);
    }

    public InterfaceState {
        boolean attributes = kind.isPresent()
                || up.isPresent()
                || addresses.isPresent()
                || mac.isPresent()
                || mtu.isPresent()
                || master.isPresent()
                || !layer.isAny();
        if (!exists && attributes) {
            throw new IllegalArgumentException("an interface that must not exist can have no attributes");
        }
    }

    @Override
    public String describe() {
        List<String> is = is();
        List<String> has = has();
        if (!exists) {
            return PlaceWords.place(in) + " has no interface " + name;
        }
        if (is.isEmpty() && has.isEmpty()) {
            return PlaceWords.place(in) + " has an interface " + name;
        }
        if (is.isEmpty() && has.size() == 1 && addresses.isPresent()) {
            return PlaceWords.place(in) + " has " + has.get(0) + " on " + name;
        }
        String subject = PlaceWords.within(in, name);
        if (is.isEmpty()) {
            return subject + " has " + PlaceWords.list(has, "");
        }
        return subject + " is " + PlaceWords.list(is, "") + (has.isEmpty() ? "" : " with " + PlaceWords.list(has, ""));
    }

    @Override
    public String describeOpposite() {
        List<String> is = is();
        List<String> has = has();
        if (is.isEmpty() && has.isEmpty()) {
            return PlaceWords.place(in) + (exists ? " has no interface " : " has an interface ") + name;
        }
        String subject = PlaceWords.within(in, name);
        if (is.isEmpty()) {
            return subject + " does not have " + PlaceWords.list(has, "");
        }
        return subject + " is not " + PlaceWords.list(is, "")
                + (has.isEmpty() ? "" : " with " + PlaceWords.list(has, ""));
    }

    private List<String> is() {
        List<String> words = new ArrayList<>();
        kind.ifPresent(k -> words.add("a " + k));
        words.addAll(layer.is());
        up.ifPresent(u -> words.add(u ? "up" : "down"));
        master.ifPresent(bridge -> words.add("a port of " + bridge));
        return words;
    }

    private List<String> has() {
        List<String> words = new ArrayList<>();
        addresses.ifPresent(wanted -> words.add(AddressMatch.words(wanted)));
        words.addAll(layer.has());
        mac.ifPresent(address -> words.add("MAC " + address));
        mtu.ifPresent(bytes -> words.add("MTU " + bytes));
        return words;
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(
                facts,
                in,
                namespace -> Readings.judge(namespace.links(), links -> links.stream()
                        .filter(link -> link.name().equals(name))
                        .findFirst()
                        .map(link -> judge(facts, namespace, link))
                        .orElseGet(() -> absent(facts, links))));
    }

    private Verdict absent(Facts facts, List<Link> links) {
        Evidence list = IpLines.list(facts, in, links);
        if (!exists) {
            return Verdict.met(list);
        }
        return Verdict.notMet(
                        "an interface " + name + " " + inPlace(),
                        "no interface " + name + " " + inPlace() + ", only "
                                + PlaceWords.list(links.stream().map(Link::name).toList(), "nothing"),
                        list)
                .causedBy(otherName(links).or(() -> FactCauses.missingInterface(facts, in, name)));
    }

    /** The one interface of the kind that is wanted, under another name; on a host such as Docker makes them tell nothing. */
    private Optional<Message> otherName(List<Link> links) {
        List<String> alike = links.stream()
                .filter(link -> kind.equals(Optional.of(link.kind())))
                .map(Link::name)
                .toList();
        boolean dockers = in.kind() == Scope.Kind.HOST
                && kind.filter(Set.of("veth", "bridge")::contains).isPresent();
        return alike.size() == 1 && !dockers
                ? Optional.of(say("interface.called", "kind", kind, "place", in, "found", alike.get(0), "wanted", name))
                : Optional.empty();
    }

    private Verdict judge(Facts facts, Namespace namespace, Link link) {
        Evidence show = new Evidence(
                Typed.ip(facts, in, (layer.isAny() ? "" : "-d ") + "addr show " + LearnerCommand.quoted(name)),
                IpLines.addresses(link));
        if (!exists) {
            return Verdict.notMet(
                    "no interface " + name + " " + inPlace(), "an interface " + name + " " + inPlace(), show);
        }
        Comparison comparison = new Comparison().looking(show);
        kind.ifPresent(wanted -> comparison.that(
                wanted.equals(link.kind()),
                "kind " + wanted,
                link.kind().isEmpty() ? "a plain device" : "kind " + link.kind()));
        layer.compare(comparison, facts, in, namespace, link);
        up.ifPresent(wanted -> comparison.that(
                wanted == link.up(),
                PlaceWords.within(in, name) + (wanted ? " is up" : " is down"),
                PlaceWords.within(in, name) + (link.up() ? " is up" : " is down")));
        master.ifPresent(wanted -> comparison.that(
                link.master().equals(master),
                "a port of " + wanted,
                link.master().map(other -> "a port of " + other).orElse("a port of no bridge")));
        addresses.ifPresent(wanted -> AddressMatch.compare(comparison, facts, in, link, wanted));
        mac.ifPresent(wanted -> comparison.that(
                link.mac().equals(mac),
                "MAC " + wanted,
                link.mac().map(other -> "MAC " + other).orElse("no MAC")));
        mtu.ifPresent(wanted -> comparison.that(wanted == link.mtu(), "MTU " + wanted, "MTU " + link.mtu()));
        Verdict verdict = comparison.verdict();
        return verdict.fold(
                met -> met,
                notMet -> notMet.cause().isPresent() ? notMet : notMet.causedBy(FactCauses.networkMode(facts, in)),
                cannotTell -> cannotTell);
    }

    private String inPlace() {
        return PlaceWords.at(in);
    }
}
