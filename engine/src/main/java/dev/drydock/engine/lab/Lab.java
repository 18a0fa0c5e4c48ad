package dev.drydock.engine.lab;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A lab as its author wrote it, already checked by {@link LabReader}.
 *
 * @param minutes how long a student takes, roughly
 * @param needs capabilities that the kernel and machine must have: {@code docker}, {@code netns}, {@code bridge}, {@code iptables} …
 * @param images names of container images that the engines have from the start, see {@link dev.drydock.engine.Image}
 * @param hosts names of the lab hosts, the default host first; {@code [labhost]} unless the lab says otherwise
 * @param setup bash script to run before the first step, see {@link LabScript}; empty for none
 * @param folder where {@code lab.yaml} and {@code files/} are
 */
public record Lab(
        String id,
        String title,
        String track,
        Level level,
        int minutes,
        List<String> objectives,
        Set<String> needs,
        List<String> images,
        List<String> hosts,
        Optional<String> setup,
        List<Step> steps,
        Path folder) {
    public Lab {
        objectives = List.copyOf(objectives);
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
        images = List.copyOf(images);
        hosts = List.copyOf(hosts);
        steps = List.copyOf(steps);
    }

    /** Whether its lab hosts have a Docker Engine each. */
    public boolean usesDocker() {
        return needs.contains("docker");
    }

    /** Whether the lab has no lesson, only a world: its one step is {@link Step#FREE}. */
    public boolean free() {
        return steps.equals(List.of(Step.FREE));
    }

    public enum Level {
        BEGINNER(1),
        INTERMEDIATE(2),
        ADVANCED(3);

        private final int rank;

        Level(int rank) {
            this.rank = rank;
        }

        /** 1 for the easiest. */
        public int rank() {
            return rank;
        }

        /** As the lab's file has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a step stands in {@link #steps()}, from 0; empty where no step has that id. */
    public Optional<Integer> indexOf(String stepId) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id().equals(stepId)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
