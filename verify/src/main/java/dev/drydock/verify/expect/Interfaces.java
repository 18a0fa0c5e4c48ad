package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Set;

/**
 * {@code interfaces: {in: netns:red, exactly: [lo]}}. Tunnel devices that some kernels put into every new namespace do not count
 * against {@code exactly}.
 */
public record Interfaces(Scope in, ListMatch<String> names) implements Expectation {
    private static final Set<String> MADE_BY_THE_KERNEL =
            Set.of("tunl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "sit0", "ip6tnl0", "ip6gre0");

    @Override
    public String describe() {
        String items = PlaceWords.list(names.items(), "no interface");
        return PlaceWords.place(in) + " has " + (names.exactly() ? "only " : "") + items;
    }

    @Override
    public String describeOpposite() {
        String items = PlaceWords.list(names.items(), "no interface");
        return PlaceWords.place(in)
                + (names.exactly() ? " has other interfaces than " + items : " does not have " + items);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(
                facts, in, namespace -> Readings.judge(namespace.links(), links -> judge(facts, links)));
    }

    private Verdict judge(Facts facts, List<Link> links) {
        List<String> found = links.stream().map(Link::name).toList();
        List<String> missing =
                names.items().stream().filter(name -> !found.contains(name)).toList();
        List<String> extra = found.stream()
                .filter(name -> !names.items().contains(name) && !MADE_BY_THE_KERNEL.contains(name))
                .toList();
        Evidence list = IpLines.list(facts, in, links);
        if (missing.isEmpty() && (extra.isEmpty() || !names.exactly())) {
            return Verdict.met(list);
        }
        return Verdict.notMet(
                        (names.exactly() ? "only " : "") + PlaceWords.list(names.items(), "no interface"),
                        PlaceWords.list(found, "no interface"),
                        list)
                .causedBy(missing.stream()
                        .flatMap(name -> FactCauses.interfaceElsewhere(facts, in, name).stream())
                        .findFirst()
                        .or(() -> FactCauses.networkMode(facts, in)));
    }
}
