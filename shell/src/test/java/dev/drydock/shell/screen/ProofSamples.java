package dev.drydock.shell.screen;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import dev.drydock.engine.proof.StepTimes;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A report with everything in it that can be in one. */
public final class ProofSamples {
    private static final StepTimes TIMES = new StepTimes(
            Duration.ofMillis(1412),
            List.of(
                    new StepTimes.Part(Message.verbatim("other way 1"), Duration.ofMillis(310)),
                    new StepTimes.Part(Message.verbatim("mistake 1"), Duration.ofMillis(1730))));

    private ProofSamples() {}

    public static ProofReport report() {
        Lab lab = Samples.outsideWorld();
        ProofFinding passed = new ProofFinding(
                ProofFinding.Kind.MISTAKE_PASSED,
                List.of(
                        new ProofFinding.Line(
                                Message.verbatim("mistake 2"), "ip -n red route add default via 10.9.0.254"),
                        new ProofFinding.Line(
                                Message.verbatim("every goal met"),
                                "but this state must fail: no goal looks at the gateway")));
        ProofFinding differs = new ProofFinding(
                ProofFinding.Kind.SHOW_DIFFERS,
                List.of(
                        new ProofFinding.Line(
                                Message.verbatim("command"), "brctl show docker0 | sed 's/<b>&\"x\"/]]>/'"),
                        new ProofFinding.Line(Message.verbatim("expected"), "bridge name\tbridge id\ndocker0"),
                        new ProofFinding.Line(Message.verbatim("found"), "")));
        LabReport failing = new LabReport(
                lab,
                Duration.ofMillis(74),
                Duration.ofMillis(1900),
                List.of(
                        new StepReport(
                                lab.steps().get(0), List.of(Message.verbatim("read")), List.of(), StepTimes.NONE),
                        new StepReport(
                                lab.steps().get(1),
                                List.of(Message.verbatim("before: not met")),
                                List.of(passed, differs),
                                TIMES)),
                List.of(new ProofFinding(
                        ProofFinding.Kind.RESET_DIFFERS,
                        List.of(new ProofFinding.Line(Message.verbatim("left"), "docker0")))),
                Optional.empty(),
                List.of());
        Lab good = Samples.lab("good-lab", "Good", Samples.RULE);
        LabReport passing = new LabReport(
                good,
                Duration.ofMillis(1234),
                Duration.ofMillis(800),
                List.of(new StepReport(
                        Samples.RULE,
                        Stream.of("before: not met", "solve: met", "2 other ways", "3 mistakes")
                                .map(Message::verbatim)
                                .toList(),
                        List.of(),
                        TIMES)),
                List.of(),
                Optional.empty(),
                List.of());
        LabReport trouble = new LabReport(
                Samples.lab("ipvlan", "ipvlan", Samples.READ),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                Optional.of(Message.verbatim("The lab ipvlan needs ipvlan, which this kernel lacks.")),
                List.of(new Capability("ipvlan", false, "ip link add: Unknown device type", Optional.empty())));
        LabReport unproved = new LabReport(
                Samples.lab("conntrack", "What the kernel remembers", Samples.READ),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                Optional.of(Message.verbatim("The lab conntrack needs conntrack, which is not installed.")),
                List.of(new Capability("conntrack", false, "conntrack is not installed", Optional.empty())));
        return new ProofReport(
                List.of(failing, passing, trouble, unproved), List.of("+ mount /run/user/0"), Duration.ofMillis(2750));
    }
}
