package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

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
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code dns_spread: {in: container:web, name: rr, queries: 30, each_first_at_least: 1}}: the name has several addresses, and in so many answers
 * each of them comes first at least that often. Programs use the first address, so this tells how load is spread. Docker's name server shuffles:
 * with k addresses, the chance that some address is never first in N answers is at most k(1-1/k)^N.
 *
 * @param answers the addresses that the name must have; empty for any
 */
public record DnsSpread(
        Scope in, String name, Optional<String> server, int queries, int least, Optional<ListMatch<IpAddress>> answers)
        implements Expectation {
    /** The limit of queries: so many answers fit into one socket's receive buffer. */
    public static final int MOST_QUERIES = 100;

    /** @throws Complaint when the number of queries is out of range, or too small for what is wanted */
    public DnsSpread {
        if (queries < 2 || queries > MOST_QUERIES) {
            throw new Complaint(say("spread.queries-out-of-range", "most", MOST_QUERIES));
        }
        int addresses = Math.max(2, answers.map(wanted -> wanted.items().size()).orElse(2));
        if (least < 1 || least * addresses > queries) {
            throw new Complaint(
                    say("spread.impossible", "queries", queries, "addresses", addresses, "times", times(least)));
        }
    }

    @Override
    public Message statement() {
        return sent(true);
    }

    @Override
    public Message denial() {
        return sent(false);
    }

    private Message sent(boolean so) {
        return say(
                "spread.sent",
                "place",
                in,
                "server",
                server,
                "name",
                name,
                "queries",
                queries,
                "so",
                so,
                "targets",
                answers.map(wanted -> say("spread.targets", "exactly", wanted.exactly(), "addresses", wanted.items()))
                        .orElseGet(() -> say("spread.several")),
                "times",
                times(least));
    }

    private static Message times(int count) {
        return say("times", "count", count, "twice", count == 2);
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
        return ScopeLookup.probed(
                facts,
                in,
                probe(),
                question().notAsked(),
                capture -> judge(facts, capture, DnsSpreadOutcome.parse(capture)));
    }

    /** Met only where a server answered. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        boolean silent = facts.capture(probe())
                .map(DnsSpreadOutcome::parse)
                .filter(outcome -> outcome.kind() == DnsSpreadOutcome.Kind.NO_SERVER)
                .isPresent();
        return silent
                ? Verdict.cannotTell(
                        say("dns.no-server"), judge(facts).evidence().toArray(Evidence[]::new))
                : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judge(Facts facts, ProbeCapture capture, DnsSpreadOutcome outcome) {
        Message expected = say(
                "spread.expected",
                "targets",
                answers.map(wanted -> say("spread.addresses", "addresses", wanted.items()))
                        .orElseGet(() -> say("spread.several")),
                "name",
                name,
                "times",
                times(least),
                "queries",
                queries);
        return switch (outcome.kind()) {
            case COULD_NOT_RUN -> question().couldNotAsk(capture, outcome.line());
            case NO_SERVER ->
                Verdict.notMet(expected, question().noServer(), ProbeEvidence.line(capture, outcome.line()))
                        .causedBy(names(facts).flatMap(names -> names.unresolved(capture)));
            case ANSWERED -> judge(facts, capture, outcome.answers(), expected);
        };
    }

    private Verdict judge(Facts facts, ProbeCapture capture, List<DnsOutcome> came, Message expected) {
        Map<IpAddress, Integer> first = new TreeMap<>(java.util.Comparator.comparing(IpAddress::text));
        for (DnsOutcome answer : came) {
            answer.addresses().forEach(address -> first.putIfAbsent(address, 0));
            answer.addresses().stream().limit(1).forEach(address -> first.merge(address, 1, Integer::sum));
        }
        Evidence tally = Evidence.printed(capture.command(), "");
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
                    say("spread.too-few-answers", "answers", came.size(), "queries", queries, "name", name), tally);
        }
        return Verdict.notMet(expected, found(came.get(0), first), tally)
                .causedBy(names(facts)
                        .flatMap(names -> first.isEmpty()
                                ? names.unresolved(capture)
                                : first.size() == 1 ? names.alone() : Optional.empty()));
    }

    private Message found(DnsOutcome answer, Map<IpAddress, Integer> first) {
        if (first.isEmpty()) {
            return question().noAddress(answer);
        }
        return first.size() == 1
                ? say("spread.only", "address", first.keySet().iterator().next(), "name", name)
                : say(
                        "spread.counts",
                        "all",
                        first.entrySet().stream()
                                .map(entry -> entry.getValue() == 0
                                        ? say("spread.never-first", "address", entry.getKey())
                                        : say(
                                                "spread.first",
                                                "address",
                                                entry.getKey(),
                                                "times",
                                                times(entry.getValue())))
                                .toList());
    }

    private NameQuestion question() {
        return new NameQuestion(in, name);
    }

    /** Docker's reasons; empty where the author names a server, about which Docker says nothing. */
    private Optional<DockerNames> names(Facts facts) {
        return server.isPresent() ? Optional.empty() : Optional.of(new DockerNames(facts, in, name));
    }
}
