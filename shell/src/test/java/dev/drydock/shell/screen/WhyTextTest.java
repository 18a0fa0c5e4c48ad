package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Golden;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.way.Cause;
import dev.drydock.verify.way.Fate;
import dev.drydock.verify.way.Finding;
import dev.drydock.verify.way.Finding.Broken;
import dev.drydock.verify.way.Finding.Holds;
import dev.drydock.verify.way.Probe;
import dev.drydock.verify.way.Question;
import dev.drydock.verify.way.Reach;
import dev.drydock.verify.way.Stage;
import dev.drydock.verify.way.Stage.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhyTextTest {
    private static final Look DARK = new Look(80, 24, Ink.COLOUR, true);
    private static final Look WIDE = new Look(120, 40, Ink.NONE, true);
    private static final Look PLAIN = new Look(80, 24, Ink.NONE, false);
    private static final Look NARROW = new Look(40, 24, Ink.NONE, true);

    private static final List<Stage> THERE = List.of(
            holds(Leg.THERE, "route in web", "default via 172.17.0.1 dev eth0"),
            holds(Leg.THERE, "eth0 in web", "eth0 ═══ vethd78049f, port of docker0"),
            holds(
                    Leg.THERE,
                    "the lab host hands it on",
                    "default via 10.0.2.2 dev eth0; FORWARD accepts (rule 5 of FORWARD)"));

    private static final Stage UNMASKED = new Stage(
            Leg.THERE,
            "eth0",
            new Broken(
                    Cause.NO_MASQUERADE,
                    "it leaves by eth0 as 172.17.0.4, an address of this lab host's own networks, and nobody outside "
                            + "can answer that",
                    new Evidence("iptables -t nat -S POSTROUTING", "-P POSTROUTING ACCEPT"),
                    "translating the source of what leaves by eth0",
                    "iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -o eth0 -j MASQUERADE"));

    private static final Stage REST = new Stage(Leg.THERE, "the rest of the way", new Finding.NotReached());

    private static Stage holds(Leg leg, String title, String words) {
        return new Stage(leg, title, new Holds(words));
    }

    private static Reach reach(Probe.Kind probe, String line, Stage... behind) {
        List<Stage> stages = new ArrayList<>(THERE);
        stages.addAll(List.of(behind));
        Scope web = new Scope(Optional.empty(), Scope.Kind.CONTAINER, "web");
        return new Reach(
                new Question(web, Optional.empty(), "8.8.8.8", Optional.empty()),
                stages,
                Fate.LEFT,
                new Probe(probe, Optional.empty(), line, Optional.empty()));
    }

    private static final Stage[] ANSWER = {
        holds(Leg.THERE, "outside", "what lies beyond the lab host was not read"),
        holds(Leg.BACK, "the lab host hands it on", "172.17.0.0/16 dev docker0; FORWARD accepts (rule 3 of FORWARD)"),
        holds(Leg.BACK, "the answer", "comes back to web")
    };

    private static String drawn(Reach reach, boolean fixHint, Look look) {
        StringBuilder drawn = new StringBuilder();
        WhyText.of("web", "8.8.8.8", reach, fixHint, look)
                .forEach(line -> drawn.append(line.draw(look)).append('\n'));
        return drawn.toString();
    }

    @Test
    void tells_the_way_there_and_the_answers_way_back() throws IOException {
        Reach reach = reach(Probe.Kind.ANSWERED, "", ANSWER);
        Golden.matches("screen/why-yes.txt", drawn(reach, false, DARK) + drawn(reach, false, WIDE));
    }

    @Test
    void tells_the_broken_link_its_evidence_and_what_mends_it() throws IOException {
        Reach reach = reach(Probe.Kind.SILENCE, "", UNMASKED, REST);
        Golden.matches(
                "screen/why-no.txt",
                drawn(reach, false, DARK) + drawn(reach, false, PLAIN) + drawn(reach, false, NARROW));
    }

    @Test
    void tells_a_command_only_where_it_was_asked_for() {
        Reach reach = reach(Probe.Kind.SILENCE, "", UNMASKED, REST);
        assertThat(drawn(reach, false, WIDE)).doesNotContain("MASQUERADE");
        assertThat(drawn(reach, true, WIDE))
                .contains("command    iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -o eth0 -j MASQUERADE");
    }

    @Test
    void names_no_cause_where_model_and_probe_contradict_each_other() throws IOException {
        Reach broken = reach(Probe.Kind.ANSWERED, "", UNMASKED, REST);
        Reach whole = reach(Probe.Kind.SILENCE, "", ANSWER);
        Golden.matches("screen/why-disagree.txt", drawn(broken, false, DARK) + drawn(whole, false, DARK));
    }

    @Test
    void points_to_no_trace_of_a_packet_that_is_never_made() {
        Stage name = new Stage(
                Leg.THERE,
                "name db",
                new Broken(
                        Cause.NAME_UNKNOWN,
                        "the name server knows no db",
                        new Evidence("busybox nslookup db", "status: NXDOMAIN"),
                        "another name"));
        assertThat(drawn(reach(Probe.Kind.UNKNOWN_NAME, "", name, REST), false, WIDE))
                .contains("Checked with a real ping: the name is not known.")
                .doesNotContain("lab trace");
    }
}
