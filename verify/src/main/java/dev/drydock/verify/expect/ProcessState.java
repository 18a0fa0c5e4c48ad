package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Regex;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code process: {in: netns:red, comm: nc, running: true}}: a process in this network namespace. Containers that share a network namespace share
 * their processes here. {@code comm} has the first 15 bytes of a name, as the kernel keeps it.
 */
public record ProcessState(Scope in, String comm, Optional<TextMatch> arguments, boolean running)
        implements Expectation {
    private static final int KERNEL_KEEPS = 15;
    private static final int LINES_SHOWN = 8;

    @Override
    public Message statement() {
        return say(running ? "process.runs" : "process.runs-not", "command", comm, "arguments", words(), "place", in);
    }

    @Override
    public Message denial() {
        return new ProcessState(in, comm, arguments, !running).statement();
    }

    private Optional<Message> words() {
        return arguments.map(TextMatch::words);
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
        Message expected =
                say(running ? "process.with" : "process.without", "command", comm, "arguments", words(), "place", in);
        if (!running) {
            return Verdict.notMet(
                    expected,
                    say("process.found", "pid", wanted.get(0).pid(), "command", comm, "place", in),
                    evidence(wanted));
        }
        if (!named.isEmpty()) {
            String found = TextMatch.quote(named.get(0).arguments());
            return Verdict.notMet(
                    expected,
                    say("process.with-arguments", "command", comm, "arguments", found, "place", in),
                    evidence(named));
        }
        return Verdict.notMet(
                        expected, say("process.without", "command", comm, "arguments", "", "place", in), evidence(here))
                .causedBy(all.stream()
                        .filter(p -> isNamed(p) && arguments(p) == Regex.Found.YES)
                        .map(p -> say("process.elsewhere")
                                .with("pid", p.pid())
                                .with("command", comm)
                                .with("namespace", namespaceOf(host, p)))
                        .findFirst());
    }

    private boolean isNamed(ProcessEntry process) {
        String kept = comm.length() > KERNEL_KEEPS ? comm.substring(0, KERNEL_KEEPS) : comm;
        return process.comm().equals(kept);
    }

    private Regex.Found arguments(ProcessEntry process) {
        return arguments.map(wanted -> wanted.holds(process.arguments())).orElse(Regex.Found.YES);
    }

    private static Message namespaceOf(HostFacts host, ProcessEntry process) {
        return host.namespaces().toOptional().stream()
                .flatMap(List::stream)
                .filter(namespace -> namespace.inode() == process.netns())
                .map(FactCauses::inNamespace)
                .findFirst()
                .orElseGet(() -> say("namespace.in-unnamed", "inode", process.netns()));
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
