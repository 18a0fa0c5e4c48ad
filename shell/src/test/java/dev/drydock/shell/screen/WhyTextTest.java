package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Golden;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.Disposition;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.PathStep.Direction;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.reachability.StepFinding.Holds;
import dev.drydock.verify.words.PseudoLanguage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhyTextTest {
    private static final DisplayOptions DARK = new DisplayOptions(80, 24, ColorMode.COLOUR, true);
    private static final DisplayOptions WIDE = new DisplayOptions(120, 40, ColorMode.NONE, true);
    private static final DisplayOptions PLAIN = new DisplayOptions(80, 24, ColorMode.NONE, false);
    private static final DisplayOptions NARROW = new DisplayOptions(40, 24, ColorMode.NONE, true);

    private static final List<PathStep> THERE = List.of(
            holds(Direction.THERE, "route in web", "default via 172.17.0.1 dev eth0"),
            holds(Direction.THERE, "eth0 in web", "eth0 ═══ vethd78049f, port of docker0"),
            holds(
                    Direction.THERE,
                    "the lab host hands it on",
                    "default via 10.0.2.2 dev eth0; FORWARD accepts (rule 5 of FORWARD)"));

    private static final PathStep UNMASKED = new PathStep(
            Direction.THERE,
            verbatim("eth0"),
            new Broken(
                    Cause.NO_MASQUERADE,
                    verbatim(
                            "it leaves by eth0 as 172.17.0.4, an address of this lab host's own networks, and nobody outside "
                                    + "can answer that"),
                    new Evidence("iptables -t nat -S POSTROUTING", "-P POSTROUTING ACCEPT"),
                    verbatim("translating the source of what leaves by eth0"),
                    "iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -o eth0 -j MASQUERADE"));

    private static final PathStep REST =
            new PathStep(Direction.THERE, verbatim("the rest of the way"), new StepFinding.NotReached());

    private static PathStep holds(Direction leg, String title, String words) {
        return new PathStep(leg, verbatim(title), new Holds(verbatim(words)));
    }

    private static Reachability reach(ProbeResult.Kind probe, String line, PathStep... behind) {
        List<PathStep> stages = new ArrayList<>(THERE);
        stages.addAll(List.of(behind));
        Scope web = new Scope(Optional.empty(), Scope.Kind.CONTAINER, "web");
        return new Reachability(
                new ReachabilityQuery(web, Optional.empty(), "8.8.8.8", Optional.empty()),
                stages,
                Disposition.LEFT,
                new ProbeResult(probe, Optional.empty(), line, Optional.empty()));
    }

    private static final PathStep[] ANSWER = {
        holds(Direction.THERE, "outside", "what lies beyond the lab host was not read"),
        holds(
                Direction.BACK,
                "the lab host hands it on",
                "172.17.0.0/16 dev docker0; FORWARD accepts (rule 3 of FORWARD)"),
        holds(Direction.BACK, "the answer", "comes back to web")
    };

    private static String drawn(Reachability reach, boolean fixHint, DisplayOptions look) {
        StringBuilder drawn = new StringBuilder();
        WhyText.of("web", "8.8.8.8", reach, fixHint, look)
                .forEach(line -> drawn.append(line.draw(look)).append('\n'));
        return drawn.toString();
    }

    @Test
    void tells_the_way_there_and_the_answers_way_back() throws IOException {
        Reachability reach = reach(ProbeResult.Kind.ANSWERED, "", ANSWER);
        Golden.matches("screen/why-yes.txt", drawn(reach, false, DARK) + drawn(reach, false, WIDE));
    }

    @Test
    void tells_the_broken_link_its_evidence_and_what_mends_it() throws IOException {
        Reachability reach = reach(ProbeResult.Kind.SILENCE, "", UNMASKED, REST);
        Golden.matches(
                "screen/why-no.txt",
                drawn(reach, false, DARK) + drawn(reach, false, PLAIN) + drawn(reach, false, NARROW));
    }

    @Test
    void tells_a_command_only_where_it_was_asked_for() {
        Reachability reach = reach(ProbeResult.Kind.SILENCE, "", UNMASKED, REST);
        assertThat(drawn(reach, false, WIDE)).doesNotContain("MASQUERADE");
        assertThat(drawn(reach, true, WIDE))
                .contains("command    iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -o eth0 -j MASQUERADE");
    }

    @Test
    void names_no_cause_where_model_and_probe_contradict_each_other() throws IOException {
        Reachability broken = reach(ProbeResult.Kind.ANSWERED, "", UNMASKED, REST);
        Reachability whole = reach(ProbeResult.Kind.SILENCE, "", ANSWER);
        Golden.matches("screen/why-disagree.txt", drawn(broken, false, DARK) + drawn(whole, false, DARK));
    }

    @Test
    void points_to_no_trace_of_a_packet_that_is_never_made() {
        PathStep name = new PathStep(
                Direction.THERE,
                verbatim("name db"),
                new Broken(
                        Cause.NAME_UNKNOWN,
                        verbatim("the name server knows no db"),
                        new Evidence("busybox nslookup db", "status: NXDOMAIN"),
                        verbatim("another name")));
        assertThat(drawn(reach(ProbeResult.Kind.UNKNOWN_NAME, "", name, REST), false, WIDE))
                .contains("Checked with a real ping: the name is not known.")
                .doesNotContain("lab trace");
    }

    @Test
    void tells_what_follows_the_answer_apart_and_how_little_a_connection_shows() {
        PathStep later = new PathStep(
                Direction.LATER,
                verbatim("the rest of the handshake"),
                new Broken(
                        Cause.RULE,
                        verbatim("rule 1 of FORWARD drops the packet"),
                        new Evidence("iptables -S FORWARD", "-A FORWARD -j DROP"),
                        verbatim("no such rule")));
        List<PathStep> stages = new ArrayList<>(List.of(ANSWER));
        stages.addAll(List.of(later, REST));
        Scope web = new Scope(Optional.empty(), Scope.Kind.CONTAINER, "web");
        Reachability reach = new Reachability(
                new ReachabilityQuery(web, Optional.empty(), "8.8.8.8", Optional.of(80)),
                stages,
                Disposition.LEFT,
                new ProbeResult(ProbeResult.Kind.ANSWERED, Optional.empty(), "", Optional.empty()));
        assertThat(drawn(reach, false, WIDE))
                .contains("and back\n", "and on, once it is answered\n")
                .contains("Checked with a real connection: connected, by which only the first packet and its answer");
    }

    @Test
    void leaves_no_english_in_the_code() throws IOException {
        String said = PseudoLanguage.said(() -> drawn(reach(ProbeResult.Kind.ANSWERED, "", ANSWER), false, WIDE)
                + drawn(reach(ProbeResult.Kind.SILENCE, "", UNMASKED, REST), true, WIDE)
                + drawn(reach(ProbeResult.Kind.SILENCE, "", ANSWER), false, WIDE));
        assertThat(PseudoLanguage.english(said)).isEmpty();
    }
}
