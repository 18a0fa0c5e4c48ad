package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.probe.DnsSpreadOutcome;
import dev.drydock.verify.reachability.DockerNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code dns_spread: {in: container:web, name: rr, queries: 30, each_first_at_least: 1}}: of so many answers, each address of the name
 * comes first that often at least, and there are several. Programs take the first, so this is who is sent where. Docker's name server
 * shuffles: with k addresses, some address is first in none of N answers with a chance of at most k(1-1/k)^N.
 *
 * @param answers which addresses the name has; any where it is left open
 */
public record DnsSpread(
        Scope in, String name, Optional<String> server, int queries, int least, Optional<ListMatch<IpAddress>> answers)
        implements Expectation {
    /** So many answers fit in one socket's memory. */
    public static final int MOST_QUERIES = 100;

    /** @throws IllegalArgumentException with a sentence for the author when no name could be spread like that */
    public DnsSpread {
        if (queries < 2 || queries > MOST_QUERIES) {
            throw new IllegalArgumentException("a spread shows in 2 to " + MOST_QUERIES + " queries");
        }
        int addresses = Math.max(2, answers.map(wanted -> wanted.items().size()).orElse(2));
        if (least < 1 || least * addresses > queries) {
            throw new IllegalArgumentException(
                    "in " + queries + " queries " + addresses + " addresses cannot each be first " + times(least));
        }
    }

    @Override
    public String describe() {
        return asking() + " is sent to " + targets();
    }

    @Override
    public String describeOpposite() {
        return asking() + " is not sent to " + targets();
    }

    /** {@code web, asking 30 times for rr,}. */
    private String asking() {
        return PlaceWords.place(in) + ", asking"
                + server.map(address -> " " + address).orElse("") + " for " + name + " " + queries + " times,";
    }

    private String targets() {
        return answers.map(wanted -> (wanted.exactly() ? "just " : "") + PlaceWords.list(wanted.items(), "nobody"))
                        .orElse("several addresses")
                + ", each " + times(least) + " or more";
    }

    private static String times(int count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(probe());
    }

    private ActiveProbe probe() {
        return new ActiveProbe.DnsSpread(in, name, server, queries);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(facts, in, namespace -> facts.capture(probe())
                .map(capture -> judge(facts, capture, DnsSpreadOutcome.parse(capture)))
                .orElseGet(() -> question().notAsked()));
    }

    /** That a name is not spread needs a server that answered. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        boolean silent = facts.capture(probe())
                .map(DnsSpreadOutcome::parse)
                .filter(outcome -> outcome.kind() == DnsSpreadOutcome.Kind.NO_SERVER)
                .isPresent();
        return silent
                ? Verdict.cannotTell(
                        "no name server answered", judge(facts).evidence().toArray(Evidence[]::new))
                : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judge(Facts facts, ProbeCapture capture, DnsSpreadOutcome outcome) {
        String expected = answers.map(wanted -> PlaceWords.list(wanted.items(), "nothing"))
                        .orElse("several addresses") + " for " + name + ", each first " + times(least) + " or more in "
                + queries + " answers";
        return switch (outcome.kind()) {
            case COULD_NOT_RUN -> question().couldNotAsk(capture, outcome.line());
            case NO_SERVER ->
                Verdict.notMet(expected, question().noServer(), Captures.line(capture, outcome.line()))
                        .causedBy(names(facts).flatMap(DockerNames::outOfReach));
            case ANSWERED -> judge(facts, capture, outcome.answers(), expected);
        };
    }

    private Verdict judge(Facts facts, ProbeCapture capture, List<DnsOutcome> came, String expected) {
        Map<IpAddress, Integer> first = new TreeMap<>(java.util.Comparator.comparing(IpAddress::text));
        for (DnsOutcome answer : came) {
            answer.addresses().forEach(address -> first.putIfAbsent(address, 0));
            answer.addresses().stream().limit(1).forEach(address -> first.merge(address, 1, Integer::sum));
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        first.forEach((address, count) -> counts.put(address.text(), count));
        Evidence tally = Captures.line(
                capture,
                counts.isEmpty()
                        ? came.stream().map(DnsOutcome::line).findFirst().orElse("")
                        : counts.entrySet().stream()
                                .map(entry -> entry.getKey() + " first in " + entry.getValue() + " of " + came.size()
                                        + " answers")
                                .collect(Collectors.joining("\n")));
        boolean named = answers.map(wanted -> first.keySet().containsAll(wanted.items())
                        && (!wanted.exactly() || wanted.items().containsAll(first.keySet())))
                .orElse(true);
        boolean spread = first.size() > 1
                && first.entrySet().stream()
                        .filter(entry -> answers.map(wanted -> wanted.items().contains(entry.getKey()))
                                .orElse(true))
                        .allMatch(entry -> entry.getValue() >= least);
        if (named && spread) {
            return Verdict.met(tally);
        }
        if (came.size() < queries) {
            return Verdict.cannotTell(
                    "only " + came.size() + " of " + queries + " questions for " + name + " were answered", tally);
        }
        return Verdict.notMet(expected, found(came.get(0), counts), tally)
                .causedBy(names(facts)
                        .flatMap(names -> counts.isEmpty()
                                ? names.unresolved()
                                : counts.size() == 1 ? names.alone() : Optional.empty()));
    }

    private String found(DnsOutcome answer, Map<String, Integer> counts) {
        if (counts.isEmpty()) {
            return question().noAddress(answer);
        }
        return counts.size() == 1
                ? "only " + counts.keySet().iterator().next() + " for " + name
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey()
                                + (entry.getValue() == 0 ? " never first" : " first " + times(entry.getValue())))
                        .collect(Collectors.joining(", "));
    }

    private NameQuestion question() {
        return new NameQuestion(in, name);
    }

    /** Docker's own server only; what another one says is not Docker's doing. */
    private Optional<DockerNames> names(Facts facts) {
        return server.isPresent() ? Optional.empty() : Optional.of(new DockerNames(facts, in, name));
    }
}
