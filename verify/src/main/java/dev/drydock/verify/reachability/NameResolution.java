package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Optional;

/** What a name means to the place that asks, and why it means nothing. */
record NameResolution(NetworkModel model, Scope from, String name) {
    static final String LOCALHOST = "localhost";

    /** The question to the name server of the place. */
    static ActiveProbe probe(Scope from, String name) {
        return new ActiveProbe.Dns(from, name, Optional.empty());
    }

    /** The address that the place's hosts file or its name server gives. */
    Optional<IpAddress> address() {
        return fromHostsFile().or(() -> outcome().flatMap(outcome -> outcome.addresses().stream()
                .filter(address -> !address.isIpv6())
                .findFirst()));
    }

    /** Whether it is not known which of its addresses somebody tried. */
    boolean isAmbiguous() {
        return fromHostsFile().isEmpty()
                && outcome().filter(outcome -> outcome.addresses().size() > 1).isPresent();
    }

    /** That the name is this address, and who says so. */
    Message resolved(IpAddress address) {
        return fromHostsFile().isPresent()
                ? say("holds.name-by-file", "address", address)
                : say(
                        "holds.name-by-server",
                        "address",
                        address,
                        "server",
                        outcome().flatMap(DnsOutcome::answer).map(NameAnswer::server));
    }

    private Optional<IpAddress> fromHostsFile() {
        if (name.equals(LOCALHOST)) {
            return Optional.of(new IpAddress("127.0.0.1"));
        }
        return model.facts().hostsFile(from).toOptional().stream()
                .flatMap(List::stream)
                .filter(entry ->
                        entry.names().contains(name) && !entry.address().isIpv6())
                .map(HostsEntry::address)
                .findFirst();
    }

    private Optional<DnsOutcome> outcome() {
        return model.facts().capture(probe(from, name)).map(DnsOutcome::parse);
    }

    /**
     * Why there is no address.
     *
     * @param probe that may have said so itself
     */
    StepFinding missing(ProbeResult probe) {
        Optional<DnsOutcome> outcome = outcome().filter(one -> one.kind() != DnsOutcome.Kind.COULD_NOT_RUN);
        Optional<Evidence> served = outcome.flatMap(answer -> model.facts()
                .capture(probe(from, name))
                .map(capture -> new Evidence(capture.command(), Words.text(answer.line()))));
        Optional<Evidence> said = probe.kind() == ProbeResult.Kind.UNKNOWN_NAME
                ? Optional.of(new Evidence(
                        probe.capture().map(ProbeCapture::command).orElse("getent hosts " + name), probe.line()))
                : served;
        boolean silent =
                outcome.filter(one -> one.kind() == DnsOutcome.Kind.NO_SERVER).isPresent();
        DockerNames names = new DockerNames(model, from, name);
        Optional<Broken> docker =
                said.flatMap(evidence -> silent ? names.outOfReach(evidence) : names.unresolved(evidence));
        return docker.or(() -> outcome.flatMap(answer -> served.map(evidence -> byServer(answer, evidence))))
                .map(StepFinding.class::cast)
                .orElseGet(() ->
                        new StepFinding.CannotTell(say("unclear.name", "name", name, "namespace", from.toString())));
    }

    private Broken byServer(DnsOutcome outcome, Evidence evidence) {
        Optional<String> line = Words.text(outcome.line()).lines().findFirst();
        return switch (outcome.kind()) {
            case NO_SERVER, SERVER_FAILED, COULD_NOT_RUN ->
                new Broken(
                        Cause.NAME_SERVER,
                        say("broken.name-server", "name", name, "text", line),
                        evidence,
                        say("mend.name-server", "answers", outcome.kind() == DnsOutcome.Kind.SERVER_FAILED));
            case NO_SUCH_NAME ->
                new Broken(Cause.NAME_UNKNOWN, say("broken.name-unknown", "name", name), evidence, say("mend.name"));
            case ANSWERED ->
                new Broken(
                        Cause.NAME_UNKNOWN, say("broken.name-without-ipv4", "name", name), evidence, say("mend.name"));
        };
    }
}
