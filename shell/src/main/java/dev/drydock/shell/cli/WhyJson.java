package dev.drydock.shell.cli;

import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import java.util.Locale;

/** Why one place can or cannot reach another, as JSON. */
final class WhyJson {
    private WhyJson() {}

    static JsonForm of(String from, String to, Reachability reach, boolean fixHint) {
        return new JsonForm()
                .with("from", from)
                .with("to", to)
                .with("verdict", word(reach.verdict()))
                .with(
                        "cause",
                        reach.broken().filter(broken -> !reach.disagree()).map(broken -> broken.cause()
                                .id()))
                .with("disagree", reach.disagree())
                .withAny("size", reach.beside().size())
                .withAny("name", reach.nameless().map(unknown -> name(reach, unknown, fixHint)))
                .withAny("branches", reach.branches().map(branches -> new JsonForm()
                        .with("differ", branches.differ())
                        .with("words", branches.words())))
                .with("links", reach.stages(), step -> link(step, fixHint))
                .withAny("large", reach.beside().large().map(large -> large(large, fixHint)))
                .withAny(
                        "stale",
                        reach.beside()
                                .stale()
                                .map(stale -> finding(
                                        new JsonForm()
                                                .with("cause", stale.cause().id()),
                                        stale,
                                        fixHint)))
                .with("probe", probe(reach.probe()));
    }

    /** What happens to packets that are larger than the one that gets through. */
    private static JsonForm large(Reachability large, boolean fixHint) {
        StepFinding.Broken broken = large.broken().orElseThrow();
        return finding(
                        new JsonForm()
                                .withAny("size", large.beside().size())
                                .with("cause", broken.cause().id()),
                        broken,
                        fixHint)
                .with("probe", probe(large.probe()));
    }

    /** The name that the programs of the source cannot resolve. */
    private static JsonForm name(Reachability reach, StepFinding unknown, boolean fixHint) {
        return finding(
                new JsonForm()
                        .with("name", reach.question().name().orElseThrow())
                        .with("cause", StepFinding.broken(unknown).map(broken -> broken.cause()
                                .id())),
                unknown,
                fixHint);
    }

    private static JsonForm link(PathStep step, boolean fixHint) {
        return finding(new JsonForm().with("way", step.leg()).with("title", step.title()), step.finding(), fixHint);
    }

    private static JsonForm finding(JsonForm form, StepFinding finding, boolean fixHint) {
        return finding.fold(
                holds -> form.with("state", "holds").with("words", holds.words()),
                broken -> {
                    form.with("state", "broken")
                            .with("words", broken.found())
                            .withAny("evidence", broken.evidence().map(JsonForm::of))
                            .with("mended_by", broken.mend());
                    return fixHint ? form.with("command", broken.command()) : form;
                },
                cannotTell -> form.with("state", "cannot tell").with("words", cannotTell.reason()),
                notReached -> form.with("state", "not reached").with("words", ""));
    }

    private static JsonForm probe(ProbeResult probe) {
        return new JsonForm().with("result", word(probe.kind())).with("line", probe.line());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
