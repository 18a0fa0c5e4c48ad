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
import dev.drydock.verify.reachability.DockerNames;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code dns: {in: container:web, name: rr, answers: {exactly: [172.20.0.2, 172.20.0.3]}}}. "Does not resolve" is met only where a name server says
 * so.
 */
public record DnsAnswer(
        Scope in, String name, Optional<String> server, boolean resolves, Optional<ListMatch<IpAddress>> answers)
        implements Expectation, Diagnosed {
    /** @throws Complaint when a name that must not resolve has answers */
    public DnsAnswer {
        if (!resolves && answers.isPresent()) {
            throw new Complaint(say("dns.answers-of-unresolved"));
        }
    }

    @Override
    public Message statement() {
        return resolves
                ? say("dns.resolves", "place", in, "name", name, "to", wanted(), "server", server)
                : say("dns.cannot-resolve", "place", in, "name", name, "server", server);
    }

    @Override
    public Message denial() {
        return answers.isPresent()
                ? say("dns.resolves-not-to", "place", in, "name", name, "to", wanted(), "server", server)
                : new DnsAnswer(in, name, server, !resolves, answers).statement();
    }

    /** {@code just 172.20.0.2 and 172.20.0.3}. */
    private Optional<Message> wanted() {
        return answers.map(wanted -> say("dns.addresses", "exactly", wanted.exactly(), "addresses", wanted.items()));
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
        return ScopeLookup.probed(facts, in, probe(), question().notAsked(), capture -> judge(facts, capture));
    }

    /** Like every "does not resolve", it is met only where a server says so. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return answers.isEmpty()
                ? new DnsAnswer(in, name, server, !resolves, answers).judge(facts)
                : judge(facts)
                        .fold(
                                met -> Expectation.super.judgeOpposite(facts),
                                notMet -> facts.capture(probe())
                                                .map(DnsOutcome::parse)
                                                .filter(outcome -> !outcome.decided())
                                                .isPresent()
                                        ? Verdict.cannotTell(
                                                notMet.found(),
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
                ? ProbeEvidence.output(capture)
                : ProbeEvidence.line(capture, outcome.line());
        List<IpAddress> found = outcome.addresses();
        if (!resolves) {
            if (!outcome.decided()) {
                return Verdict.cannotTell(question().noAddress(outcome), answer);
            }
            return found.isEmpty()
                    ? Verdict.met(answer)
                    : Verdict.notMet(say("dns.no-address", "name", name), addresses(found), answer);
        }
        boolean holds = !found.isEmpty()
                && answers.map(wanted -> found.containsAll(wanted.items())
                                && (!wanted.exactly() || wanted.items().containsAll(found)))
                        .orElse(true);
        if (holds) {
            return Verdict.met(answer);
        }
        return Verdict.notMet(
                        wanted().map(this::addresses).orElseGet(() -> say("dns.some-address", "name", name)),
                        found.isEmpty() ? question().noAddress(outcome) : addresses(found),
                        answer)
                .causedBy(why(facts, outcome));
    }

    /** @param addresses a list, or a part of a sentence */
    private Message addresses(Object addresses) {
        return say("dns.addresses-for", "addresses", addresses, "name", name);
    }

    private NameQuestion question() {
        return new NameQuestion(in, name);
    }

    /** Empty where the author names a server, which {@code lab why} does not ask. */
    @Override
    public Optional<StepFinding.Broken> broken(Facts facts) {
        return facts.capture(probe())
                .map(DnsOutcome::parse)
                .filter(outcome -> server.isEmpty() && outcome.addresses().isEmpty())
                .flatMap(outcome -> Reachability.unresolved(facts, in, name));
    }

    private Optional<Message> why(Facts facts, DnsOutcome outcome) {
        if (outcome.refused()) {
            return Optional.of(say("dns.why-refused"));
        }
        if (server.isPresent() || !outcome.addresses().isEmpty()) {
            return Optional.empty();
        }
        return facts.capture(probe()).flatMap(new DockerNames(facts, in, name)::unresolved);
    }
}
