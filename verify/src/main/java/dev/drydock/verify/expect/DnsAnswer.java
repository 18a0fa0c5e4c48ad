package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.reachability.DockerNames;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code dns: {in: container:web, name: rr, answers: {exactly: [172.20.0.2, 172.20.0.3]}}}. That a name does not resolve is met only
 * when a name server said so.
 */
public record DnsAnswer(
        Scope in, String name, Optional<String> server, boolean resolves, Optional<ListMatch<IpAddress>> answers)
        implements Expectation {
    /** @throws IllegalArgumentException with a sentence for the author when a name that must not resolve has answers */
    public DnsAnswer {
        if (!resolves && answers.isPresent()) {
            throw new IllegalArgumentException("a name that must not resolve can have no answers");
        }
    }

    @Override
    public String describe() {
        return PlaceWords.place(in)
                + (resolves ? " resolves " : " cannot resolve ")
                + name
                + answers.map(wanted -> " to " + words(wanted)).orElse("")
                + asking();
    }

    @Override
    public String describeOpposite() {
        return answers.isPresent()
                ? PlaceWords.place(in) + " does not resolve " + name + " to " + words(answers.get()) + asking()
                : new DnsAnswer(in, name, server, !resolves, answers).describe();
    }

    private String asking() {
        return server.map(address -> ", asking " + address).orElse("");
    }

    private static String words(ListMatch<IpAddress> wanted) {
        return (wanted.exactly() ? "just " : "") + PlaceWords.list(wanted.items(), "no address");
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(probe());
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Dns(in, name, server);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(facts, in, namespace -> facts.capture(probe())
                .map(capture -> judge(facts, capture))
                .orElseGet(() -> question().notAsked()));
    }

    /** That a name does not resolve needs a server that said so. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return answers.isEmpty()
                ? new DnsAnswer(in, name, server, !resolves, answers).judge(facts)
                : judge(facts)
                        .fold(
                                met -> Expectation.super.judgeOpposite(facts),
                                notMet -> facts.capture(probe())
                                                .map(DnsOutcome::parse)
                                                .filter(o -> o.kind() == DnsOutcome.Kind.NO_SERVER)
                                                .isPresent()
                                        ? Verdict.cannotTell(
                                                "no name server answered",
                                                notMet.evidence().toArray(Evidence[]::new))
                                        : Expectation.super.judgeOpposite(facts),
                                cannotTell -> cannotTell);
    }

    private Verdict judge(Facts facts, ProbeCapture capture) {
        DnsOutcome outcome = DnsOutcome.parse(capture);
        if (outcome.kind() == DnsOutcome.Kind.COULD_NOT_RUN) {
            return question().couldNotAsk(capture, outcome.line());
        }
        Evidence answer = outcome.kind() == DnsOutcome.Kind.ANSWERED
                ? Captures.output(capture)
                : Captures.line(capture, outcome.line());
        List<IpAddress> found = outcome.addresses();
        if (!resolves) {
            if (outcome.kind() == DnsOutcome.Kind.NO_SERVER) {
                return Verdict.cannotTell("no name server answered: " + outcome.line(), answer);
            }
            return found.isEmpty()
                    ? Verdict.met(answer)
                    : Verdict.notMet("no address for " + name, PlaceWords.list(found, "") + " for " + name, answer);
        }
        boolean holds = !found.isEmpty()
                && answers.map(wanted -> found.containsAll(wanted.items())
                                && (!wanted.exactly() || wanted.items().containsAll(found)))
                        .orElse(true);
        if (holds) {
            return Verdict.met(answer);
        }
        return Verdict.notMet(
                        answers.map(wanted -> words(wanted) + " for " + name).orElse("an address for " + name),
                        words(outcome),
                        answer)
                .causedBy(why(facts, outcome));
    }

    private String words(DnsOutcome outcome) {
        return outcome.addresses().isEmpty()
                ? question().noAddress(outcome)
                : PlaceWords.list(outcome.addresses(), "") + " for " + name;
    }

    private NameQuestion question() {
        return new NameQuestion(in, name);
    }

    private Optional<Message> why(Facts facts, DnsOutcome outcome) {
        if (outcome.refused()) {
            return Optional.of(
                    Message.verbatim(
                            "REFUSED is mostly the answer of a server that does not have the name itself, and has nobody else to ask"));
        }
        if (server.isPresent() || !outcome.addresses().isEmpty()) {
            return Optional.empty();
        }
        DockerNames names = new DockerNames(facts, in, name);
        return outcome.kind() == DnsOutcome.Kind.NO_SERVER ? names.outOfReach() : names.unresolved();
    }
}
