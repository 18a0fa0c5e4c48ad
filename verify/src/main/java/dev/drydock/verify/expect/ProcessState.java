package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Regex;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code process: {in: netns:red, comm: nc, running: true}}: a process whose network namespace is this one; containers that share a
 * namespace share their processes here. The kernel keeps the first 15 bytes of a name.
 */
public record ProcessState(Scope in, String comm, Optional<TextMatch> arguments, boolean running)
        implements Expectation {
    private static final int KERNEL_KEEPS = 15;
    private static final int LINES_SHOWN = 8;

    @Override
    public String describe() {
        String detail = arguments
                .map(text -> " whose command line " + Words.text(text.words()))
                .orElse("");
        if (running) {
            return detail.isEmpty() ? comm + " runs " + place() : "a process " + comm + detail + " runs " + place();
        }
        return "no " + comm + detail + " runs " + place();
    }

    @Override
    public String describeOpposite() {
        return new ProcessState(in, comm, arguments, !running).describe();
    }

    private String place() {
        return PlaceWords.at(in);
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
                namespace -> ScopeLookup.on(
                        facts,
                        in.host(),
                        host -> Readings.judge(host.processes(), all -> judge(host, namespace, all))));
    }

    private Verdict judge(HostFacts host, Namespace namespace, List<ProcessEntry> all) {
        List<ProcessEntry> here =
                all.stream().filter(p -> p.netns() == namespace.inode()).toList();
        List<ProcessEntry> named = here.stream().filter(this::isNamed).toList();
        List<ProcessEntry> wanted = new ArrayList<>();
        List<ProcessEntry> open = new ArrayList<>();
        for (ProcessEntry process : named) {
            switch (arguments(process)) {
                case YES -> wanted.add(process);
                case TOO_LONG -> open.add(process);
                case NO -> {}
            }
        }
        if (wanted.isEmpty() && !open.isEmpty()) {
            return Verdict.cannotTell(arguments.orElseThrow().tooLong(), evidence(open));
        }
        if (wanted.isEmpty() != running) {
            return Verdict.met(evidence(running ? wanted : here));
        }
        String expected = (running ? "a" : "no") + " process " + comm
                + arguments
                        .map(text -> " whose command line " + Words.text(text.words()))
                        .orElse("") + " " + place();
        if (!running) {
            return Verdict.notMet(
                    expected, "process " + wanted.get(0).pid() + " " + comm + " " + place(), evidence(wanted));
        }
        if (!named.isEmpty()) {
            return Verdict.notMet(
                    expected,
                    "a process " + comm + " whose command line is "
                            + PlaceWords.quote(named.get(0).arguments()) + " " + place(),
                    evidence(named));
        }
        return Verdict.notMet(expected, "no process " + comm + " " + place(), evidence(here))
                .because(all.stream()
                        .filter(p -> isNamed(p) && arguments(p) == Regex.Found.YES)
                        .map(p -> "process " + p.pid() + " " + comm + " runs " + namespaceOf(host, p))
                        .findFirst());
    }

    private boolean isNamed(ProcessEntry process) {
        String kept = comm.length() > KERNEL_KEEPS ? comm.substring(0, KERNEL_KEEPS) : comm;
        return process.comm().equals(kept);
    }

    private Regex.Found arguments(ProcessEntry process) {
        return arguments.map(wanted -> wanted.holds(process.arguments())).orElse(Regex.Found.YES);
    }

    private static String namespaceOf(HostFacts host, ProcessEntry process) {
        return host.namespaces().toOptional().stream()
                .flatMap(List::stream)
                .filter(namespace -> namespace.inode() == process.netns())
                .map(FactCauses::inNamespace)
                .findFirst()
                .map(Words::text)
                .orElse("in the namespace net:[" + process.netns() + "]");
    }

    private static Evidence evidence(List<ProcessEntry> processes) {
        return new Evidence(
                "ps -eo pid,netns,comm,args",
                processes.stream()
                        .limit(LINES_SHOWN)
                        .map(p -> p.pid() + " " + p.netns() + " " + p.comm() + " " + p.arguments())
                        .collect(Collectors.joining("\n")));
    }
}
