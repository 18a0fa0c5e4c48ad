package dev.drydock.shell.cli;

import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
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
                .with("links", reach.stages(), step -> link(step, fixHint))
                .with("probe", probe(reach.probe()));
    }

    private static JsonForm link(PathStep step, boolean fixHint) {
        JsonForm form = new JsonForm().with("way", step.leg()).with("title", step.title());
        return step.finding()
                .fold(
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
