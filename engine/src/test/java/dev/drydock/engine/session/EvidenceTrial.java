package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.ProbeOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the evidence of a finding is true: its command, typed at the prompt, prints the lines that are shown, each as it is; one that prints
 * nothing is told so. What changes by itself between two looks is taken as equal: how long a lease or an entry lives on, the counters of rules, whether an address of IPv6 is tried out,
 * the state in which the kernel holds a neighbour, or STP a port for which it waits, how long an answer took, and how far {@code ss} moves its
 * columns apart.
 *
 * @param shown what the learner is shown
 * @param read the same as it was made of what was read, with the lines that it rests on
 */
record EvidenceTrial(World world, Optional<Evidence> shown, Optional<Evidence> read) {
    /** A ping that nobody answers takes 10 s, a name that no server answers 15. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Set<Integer> NO_SUCH_COMMAND = Set.of(126, 127);

    /** @return a sentence for each thing that is not true; none where all is */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        shown.ifPresent(evidence -> {
            ProbeOutput output = TypedLine.of(world, evidence.command()).run(world, LIMIT);
            if (NO_SUCH_COMMAND.contains(output.exit())) {
                faults.add("cannot be typed: " + output.err().strip());
            }
            faults.addAll(excerpt(evidence, output));
            read.filter(one -> one.origin() == Evidence.Origin.READ)
                    .filter(one -> one.command().equals(evidence.command()))
                    .filter(one -> count(one.in(output)) < count(one))
                    .ifPresent(one -> faults.add("does not print\n" + one.excerpt()));
            faults.replaceAll(fault ->
                    "the evidence '" + evidence.command() + "' " + fault + "\nbut\n" + output.out() + output.err());
        });
        return faults;
    }

    private static List<String> excerpt(Evidence evidence, ProbeOutput output) {
        List<String> printed = Stream.of(output.out(), output.err())
                .flatMap(String::lines)
                .map(EvidenceTrial::lasting)
                .toList();
        List<String> faults = new ArrayList<>();
        evidence.excerpt()
                .lines()
                .filter(line -> !printed.contains(lasting(line)))
                .forEach(line -> faults.add("is shown with a line that it does not print: " + line));
        boolean silent = printed.stream().allMatch(String::isEmpty);
        if (silent != (evidence.origin() == Evidence.Origin.NOTHING_PRINTED)) {
            faults.add(silent ? "prints nothing and is not told so" : "is told to print nothing");
        }
        return faults;
    }

    /** A line without what changes by itself. */
    private static String lasting(String line) {
        return line.stripTrailing()
                .replaceAll("(valid_lft|preferred_lft|expires|age|ageing_timer|hello_timer) \\S+", "$1")
                .replaceAll("^((?:udp|icmp|icmpv6) +\\d+) \\d+ ", "$1 ")
                .replaceAll(" tentative$", "")
                .replaceAll(" state (?:listening|learning) ", " state waiting ")
                .replaceAll("\\b(time=|time |after )[0-9.]+ ?(ms|milliseconds)", "$1")
                .replaceAll("counter packets \\d+ bytes \\d+", "counter")
                .replaceAll("^(\\S+ dev \\S+.*) (?:INCOMPLETE|FAILED|REACHABLE|STALE|DELAY|PROBE)$", "$1")
                .replaceAll("(?<=\\S)\\s+", " ");
    }

    private static long count(Evidence evidence) {
        return evidence.excerpt().lines().filter(line -> !line.isBlank()).count();
    }
}
