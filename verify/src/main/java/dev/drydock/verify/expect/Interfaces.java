package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code interfaces: {in: netns:red, exactly: [lo]}}. Tunnel devices that some kernels create in every new namespace do not count for
 * {@code exactly}.
 */
public record Interfaces(Scope in, ListMatch<String> names) implements Expectation {
    /** The kinds of these devices by name. An interface of another kind with such a name was created by a user. */
    private static final Map<String, String> MADE_BY_THE_KERNEL = Map.of(
            "tunl0", "ipip",
            "gre0", "gre",
            "gretap0", "gretap",
            "erspan0", "erspan",
            "ip_vti0", "vti",
            "ip6_vti0", "vti6",
            "sit0", "sit",
            "ip6tnl0", "ip6tnl",
            "ip6gre0", "ip6gre");

    @Override
    public Message statement() {
        return say("interfaces.has", "place", in, "interfaces", words(names));
    }

    @Override
    public Message denial() {
        return names.exactly()
                ? say("interfaces.has-others", "place", in, "interfaces", words(new ListMatch<>(names.items(), false)))
                : say("interfaces.has-not", "place", in, "interfaces", words(names));
    }

    private static Message words(ListMatch<String> names) {
        return say("interfaces.some", "exactly", names.exactly(), "interfaces", names.items());
    }

    /** The verdict that the interface is missing. */
    static Verdict.NotMet missing(Facts facts, Scope in, String name, List<Link> there) {
        return Verdict.notMet(
                        say("interface.here", "exists", true, "interface", name, "place", in),
                        say(
                                "interface.not-among",
                                "interface",
                                name,
                                "place",
                                in,
                                "interfaces",
                                there.stream().map(Link::name).toList()),
                        IpLines.list(facts, in, there))
                .causedBy(FactCauses.missingInterface(facts, in, name));
    }

    /** {@code kind veth}, {@code a plain device}. */
    static Message kind(String kind) {
        return say("interface.kind", "kind", kind);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.judge(facts, in, Namespace::links, links -> judge(facts, links));
    }

    private Verdict judge(Facts facts, List<Link> links) {
        List<String> found = links.stream().map(Link::name).toList();
        List<String> missing =
                names.items().stream().filter(name -> !found.contains(name)).toList();
        List<String> extra = links.stream()
                .filter(link -> !link.kind().equals(MADE_BY_THE_KERNEL.get(link.name())))
                .map(Link::name)
                .filter(name -> !names.items().contains(name))
                .toList();
        Evidence list = IpLines.list(facts, in, links);
        if (missing.isEmpty() && (extra.isEmpty() || !names.exactly())) {
            return Verdict.met(list);
        }
        return Verdict.notMet(words(names), words(new ListMatch<>(found, false)), list)
                .causedBy(missing.stream()
                        .flatMap(name -> FactCauses.interfaceElsewhere(facts, in, name).stream())
                        .findFirst()
                        .or(() -> FactCauses.networkMode(facts, in)));
    }
}
