package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the packet filters and forwarding tables of all namespaces of a lab host as a part of the sweep.
 *
 * @param asked the packet filters that are also wanted under a certain name
 */
record FilterReadings(List<ActiveProbe.PacketFilter> asked) {
    static Optional<FilterReadings> of(Set<ActiveProbe> probes) {
        return probes.stream().anyMatch(probe -> probe instanceof ActiveProbe.PacketFilters)
                ? Optional.of(new FilterReadings(probes.stream()
                        .filter(probe -> probe instanceof ActiveProbe.PacketFilter)
                        .map(ActiveProbe.PacketFilter.class::cast)
                        .toList()))
                : Optional.empty();
    }

    /** The bash functions that read them; with those for traffic control where packet filters are wanted under a name. */
    String functions() {
        return (asked.isEmpty() ? "" : PacketFilterOutcome.QUEUES) + PacketFilterOutcome.FUNCTIONS;
    }

    /** Whether this answers a probe, so that it need not be asked. */
    static boolean reads(ActiveProbe probe) {
        return probe instanceof ActiveProbe.PacketFilters || probe instanceof ActiveProbe.PacketFilter;
    }

    /**
     * @param host without these captures
     * @param learners how commands are typed in each namespace
     */
    Map<ActiveProbe, ProbeCapture> captures(HostFacts host, Sections sections, Map<Long, LearnerCommand> learners) {
        Map<ActiveProbe, ProbeCapture> captures = new LinkedHashMap<>();
        for (Namespace namespace : host.namespaces().orElse(List.of())) {
            LearnerCommand learner = learners.get(namespace.inode());
            ProbeCapture filter = filter(sections, namespace.inode(), learner);
            Optional<Section> forwarding = sections.of("forwarding." + namespace.inode());
            for (Scope name : namespace.names()) {
                captures.put(new ActiveProbe.PacketFilter(name), filter);
                forwarding.ifPresent(section -> captures.put(
                        new ActiveProbe.Forwarding(name), capture(learner.net("bridge fdb show"), section)));
            }
        }
        for (ActiveProbe.PacketFilter probe : asked) {
            Lookup<Namespace> there = host.namespace(probe.in());
            captures.put(
                    probe,
                    there.fold(
                            found -> filter(
                                    sections,
                                    found.value().inode(),
                                    learners.get(found.value().inode())),
                            absent -> notRead(absent.reason()),
                            unknown -> notRead(unknown.reason())));
        }
        return captures;
    }

    private static ProbeCapture notRead(Message reason) {
        return ProbeCapture.notRun("nft list ruleset", reason);
    }

    private static ProbeCapture filter(Sections sections, long inode, LearnerCommand learner) {
        String command = learner.net("nft list ruleset");
        Optional<Section> rules = sections.of("filter." + inode);
        Optional<Section> settings = sections.of("ns." + inode + ".values");
        IpBatch batch = new IpBatch(sections.of("ns." + inode + ".ip"), Sections.CUT_OFF);
        boolean whole = rules.filter(section -> section.ended(0)).isPresent()
                && settings.filter(section -> section.ended(0)).isPresent();
        if (!whole) {
            Message trouble = rules.filter(section -> !section.ended(0))
                    .or(() -> settings)
                    .map(Section::trouble)
                    .orElse(Sections.CUT_OFF);
            return ProbeCapture.notRun(command, trouble);
        }
        return ProbeCapture.of(
                command,
                0,
                rules.get().out()
                        + settings.get().out()
                        + sections.of("queues." + inode).map(Section::out).orElse("")
                        + PacketFilterOutcome.answered(batch.line(IpBatch.ROUTES), batch.line(IpBatch.PROXIES)),
                "");
    }

    private static ProbeCapture capture(String command, Section section) {
        return section.exit().isPresent()
                ? ProbeCapture.of(command, section.exit().getAsInt(), section.out(), section.err())
                : ProbeCapture.notRun(command, say("probe.cut-off", "command", command));
    }
}
