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
import dev.drydock.verify.words.Complaint;
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
    /** Without a wanted parent, mode or VXLAN setting. */
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

    /** @throws Complaint when attributes are given for an interface that must not exist */
    public InterfaceState {
        boolean attributes = kind.isPresent()
                || up.isPresent()
                || addresses.isPresent()
                || mac.isPresent()
                || mtu.isPresent()
                || master.isPresent()
                || !layer.isAny();
        if (!exists && attributes) {
            throw new Complaint(say("interface.absent-with-attributes"));
        }
    }

    @Override
    public Message statement() {
        List<Message> has = has();
        return is().isEmpty() && has.size() == 1 && addresses.isPresent()
                ? say("interface.has-address", "place", in, "addresses", has.get(0), "interface", name)
                : said(true);
    }

    @Override
    public Message denial() {
        return said(false);
    }

    private Message said(boolean so) {
        List<Message> is = is();
        List<Message> has = has();
        if (is.isEmpty() && has.isEmpty()) {
            return say("interface.exists", "place", in, "exists", so == exists, "interface", name);
        }
        return is.isEmpty()
                ? say("interface.has", "interface", ref(), "so", so, "attributes", has)
                : say("interface.is", "interface", ref(), "so", so, "states", is, "attributes", has);
    }

    private InterfaceRef ref() {
        return new InterfaceRef(in, name);
    }

    private List<Message> is() {
        List<Message> is = new ArrayList<>();
        kind.ifPresent(wanted -> is.add(say("interface.of-kind", "kind", wanted)));
        is.addAll(layer.is());
        up.ifPresent(wanted -> is.add(say("interface.up", "up", wanted)));
        master.ifPresent(wanted -> is.add(port(master)));
        return is;
    }

    private List<Message> has() {
        List<Message> has = new ArrayList<>();
        addresses.ifPresent(wanted -> has.add(AddressMatch.words(wanted)));
        has.addAll(layer.has());
        mac.ifPresent(wanted -> has.add(mac(mac)));
        mtu.ifPresent(wanted -> has.add(mtu(wanted)));
        return has;
    }

    private static Message port(Optional<String> bridge) {
        return say("interface.port", "bridge", bridge);
    }

    private static Message mac(Optional<MacAddress> address) {
        return say("interface.mac", "mac", address);
    }

    private static Message mtu(int bytes) {
        return say("interface.mtu", "mtu", bytes);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.judge(facts, in, Namespace::links, links -> links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .map(link -> judge(facts, link))
                .orElseGet(() -> absent(facts, links)));
    }

    private Verdict absent(Facts facts, List<Link> links) {
        if (!exists) {
            return Verdict.met(IpLines.list(facts, in, links));
        }
        return Interfaces.missing(facts, in, name, links).causedBy(otherName(links));
    }

    /** The only interface of the wanted kind, under another name. Not for kinds that Docker itself creates on a lab host. */
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

    private Verdict judge(Facts facts, Link link) {
        Evidence show = new Evidence(
                ScopeCommands.ip(facts, in, (layer.isAny() ? "" : "-d ") + "addr show " + LearnerCommand.quoted(name)),
                IpLines.addresses(link));
        if (!exists) {
            return Verdict.notMet(
                    say("interface.here", "exists", false, "interface", name, "place", in),
                    say("interface.here", "exists", true, "interface", name, "place", in),
                    show);
        }
        Comparison comparison = new Comparison().looking(show);
        kind.ifPresent(wanted ->
                comparison.that(wanted.equals(link.kind()), Interfaces.kind(wanted), Interfaces.kind(link.kind())));
        layer.compare(comparison, facts, in, link);
        up.ifPresent(wanted -> comparison.that(
                wanted == link.up(),
                say("interface.is-up", "interface", ref(), "up", wanted),
                say("interface.is-up", "interface", ref(), "up", link.up())));
        master.ifPresent(wanted -> comparison.that(link.master().equals(master), port(master), port(link.master())));
        addresses.ifPresent(wanted -> AddressMatch.compare(comparison, facts, in, link, wanted));
        mac.ifPresent(wanted -> comparison.that(link.mac().equals(mac), mac(mac), mac(link.mac())));
        mtu.ifPresent(wanted -> comparison.that(wanted == link.mtu(), mtu(wanted), mtu(link.mtu())));
        Verdict verdict = comparison.verdict();
        return verdict.fold(
                met -> met,
                notMet -> notMet.cause().isPresent() ? notMet : notMet.causedBy(FactCauses.networkMode(facts, in)),
                cannotTell -> cannotTell);
    }
}
