package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Problem;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Answered;
import dev.drydock.engine.session.Session.HintGiven;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.shell.Golden;
import dev.drydock.shell.cli.VerbName;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.PseudoLanguage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every page in every look, against golden files. */
class ScreenTest {
    private static final Map<String, DisplayOptions> LOOKS = new LinkedHashMap<>();

    static {
        LOOKS.put("80-plain", new DisplayOptions(80, 0, ColorMode.NONE, true));
        LOOKS.put("80-ascii", new DisplayOptions(80, 24, ColorMode.NONE, false));
        LOOKS.put("120-colour", new DisplayOptions(120, 40, ColorMode.COLOUR, true));
        LOOKS.put("40-weight", new DisplayOptions(40, 24, ColorMode.WEIGHT, true));
    }

    private static final Session AT_RULE = new StandingSession(Samples.outsideWorld(), 1, Set.of("reading"), Set.of());
    private static final Session AT_QUESTION =
            new StandingSession(Samples.outsideWorld(), 2, Set.of("reading"), Set.of("the-rule"));
    private static final Session AT_END =
            new StandingSession(Samples.outsideWorld(), 2, Set.of("reading", "the-rule", "which-veth"), Set.of());

    private static Map<String, Consumer<Screen>> pages() {
        Map<String, Consumer<Screen>> pages = new LinkedHashMap<>();
        pages.put("markdown", screen -> screen.write(Markdown.lines(MarkdownTest.EVERYTHING, screen.look())));
        pages.put("lesson", screen -> screen.lesson(AT_RULE));
        pages.put(
                "lesson-judged",
                screen -> screen.lesson(
                        AT_RULE, Optional.of(Samples.check(Samples.RULE, Samples.MET, Samples.WRONG_MODE))));
        pages.put("lesson-question", screen -> screen.lesson(AT_QUESTION));
        pages.put(
                "lesson-read",
                screen -> screen.lesson(new StandingSession(Samples.outsideWorld(), 0, Set.of(), Set.of())));
        pages.put(
                "goals",
                screen -> screen.goals(
                        Samples.check(Samples.RULE, Samples.MET, Samples.NOT_TRANSLATED, Samples.UNKNOWN)));
        pages.put(
                "changed",
                screen -> screen.changedGoals(
                        Samples.check(Samples.RULE, Samples.MET, Samples.NOT_TRANSLATED, Samples.UNKNOWN)));
        pages.put(
                "explanation",
                screen -> screen.explanation(Samples.check(
                        Samples.RULE, Samples.WRONG_MODE, Samples.NOT_TRANSLATED, Samples.UNKNOWN, Samples.MET)));
        pages.put("step-done", screen -> {
            screen.stepDone(AT_RULE);
            screen.stepDone(AT_END);
            screen.stepDone(new StandingSession(Samples.outsideWorld(), 0, Set.of("reading"), Set.of()));
            Session done = new StandingSession(Samples.outsideWorld(), 1, Set.of("the-rule"), Set.of());
            screen.stepDone(done, Samples.check(Samples.RULE, Samples.MET, Samples.MET));
            screen.stepDone(done, Samples.check(Samples.RULE, Samples.MET, Samples.WRONG_MODE));
            screen.stepDone(done, Samples.check(Samples.RULE, Samples.NOT_TRANSLATED, Samples.WRONG_MODE));
            screen.stepDone(done, Samples.check(Samples.RULE, Samples.MET, Samples.UNKNOWN));
            screen.stepDone(AT_RULE, Samples.check(Samples.RULE, Samples.MET, Samples.WRONG_MODE));
        });
        pages.put("hint", screen -> {
            screen.hint(Optional.of(new HintGiven(1, 2, "Look at `iptables -t nat -S`: the rule has a `-o`.")));
            screen.hint(Optional.of(new HintGiven(2, 2, "Add the rule without `-o`.", true)));
            screen.hint(Optional.empty());
        });
        pages.put("answered", screen -> {
            screen.answered(new Answered(true, true, Message.NONE));
            screen.answered(new Answered(
                    false, true, Message.verbatim("'veth9' is not it. `ip link` shows the other end's number.")));
            screen.answered(new Answered(false, false, Message.verbatim("docker did not answer within 5 s")));
        });
        pages.put("solving", screen -> {
            screen.solving(new SolveEvent.Command(Optional.empty(), "docker run -d \\\n  busybox sleep 1d"));
            screen.solving(new SolveEvent.Output("7f3c without a line feed"));
            screen.solving(new SolveEvent.Ended(0));
            screen.solving(new SolveEvent.Command(Optional.empty(), "false"));
            screen.solving(new SolveEvent.Ended(1));
        });
        pages.put("moved", screen -> {
            screen.moved(Move.MOVED, AT_RULE);
            screen.moved(Move.NOT_DONE, AT_RULE);
            screen.moved(Move.NOT_DONE, AT_QUESTION);
            screen.moved(Move.AT_END, AT_END);
        });
        pages.put("status", screen -> screen.status(AT_QUESTION));
        pages.put("closing", screen -> screen.closing(AT_END, Optional.of(Samples.outsideWorld())));
        pages.put("closing-open", screen -> screen.closing(AT_QUESTION, Optional.empty()));
        pages.put("verbs", page -> page.verbs(VerbName.shellHelp()));
        pages.put("trouble", screen -> {
            screen.trouble(verbatim(
                    "The lab host did not start: this kernel allows no user namespaces (user.max_user_namespaces is 0)."
                            + "\n  sysctl: permission denied\n  second line of its output"));
            screen.remedy(verbatim("sysctl -w user.max_user_namespaces=10000"));
        });
        pages.put("list", screen -> screen.write(Catalogue.of(tracks(), Optional.of("outside-world"), screen.look())));
        pages.put("lint", screen -> {
            screen.write(LintText.of(problems(), Path::toString, screen.look()));
            screen.write(List.of(LintText.count(problems(), 1), LintText.count(List.of(), 3)));
        });
        pages.put("doctor", screen -> {
            screen.write(DoctorText.of(
                    Worlds.HERE,
                    capabilities(),
                    Map.of("ipvlan", List.of("ipvlan-l2", "ipvlan-l3")),
                    false,
                    screen.look()));
            screen.write(DoctorText.of(Worlds.HERE, capabilities().subList(0, 1), Map.of(), false, screen.look()));
        });
        pages.put(
                "doctor-refused",
                screen -> screen.write(DoctorText.of(
                        Worlds.HERE,
                        refusing(),
                        Map.of("docker", List.of("link"), "veth", List.of("by-hand")),
                        true,
                        screen.look())));
        pages.put("proof", screen -> {
            ProofSamples.report().labs().forEach(lab -> screen.write(ProofText.lab(lab, screen.look())));
            screen.write(ProofText.end(ProofSamples.report(), screen.look()));
            ProofSamples.report().labs().forEach(lab -> screen.write(ProofText.times(lab, screen.look())));
        });
        return pages;
    }

    private static List<Catalogue.Track> tracks() {
        Lab outside = Samples.outsideWorld();
        return List.of(
                new Catalogue.Track(
                        "Docker networks",
                        List.of(
                                row(Samples.lab("bridge-basics", "The default bridge", Samples.READ), 1, true, 0, ""),
                                row(outside, 1, false, 2, ""),
                                row(
                                        Samples.lab(
                                                "published-ports",
                                                "Port publishing is DNAT",
                                                Samples.READ,
                                                Samples.RULE),
                                        1,
                                        false,
                                        0,
                                        ""),
                                row(
                                        Samples.lab("ipvlan", "ipvlan", Samples.READ),
                                        0,
                                        false,
                                        0,
                                        "needs ipvlan, which this kernel lacks"))),
                new Catalogue.Track(
                        "By hand",
                        List.of(row(
                                Samples.lab(
                                        "bridge-by-hand",
                                        "docker0 without Docker, and a title that is far too long for a list",
                                        Samples.READ),
                                0,
                                false,
                                0,
                                ""))));
    }

    private static Catalogue.Row row(Lab lab, int done, boolean completed, int at, String missing) {
        return new Catalogue.Row(
                lab,
                Collections.nCopies(done, DoneHow.ALONE),
                completed,
                at == 0 ? Optional.empty() : Optional.of(at),
                Optional.of(missing).filter(text -> !text.isEmpty()));
    }

    private static List<Problem> problems() {
        Path file = Path.of("my-lab/lab.yaml");
        return List.of(
                new Problem(
                        Problem.Severity.ERROR,
                        file,
                        14,
                        9,
                        9,
                        Message.verbatim("unknown expectation 'interfase'"),
                        "      - interfase: {in: netns:red, name: eth0}",
                        Optional.of(Message.verbatim("did you mean 'interface'?"))),
                new Problem(
                        Problem.Severity.WARNING,
                        file,
                        3,
                        13,
                        4,
                        Message.verbatim("this title says little"),
                        "title: 컨테이너 네트워크",
                        Optional.empty()),
                new Problem(
                        Problem.Severity.ERROR,
                        file,
                        22,
                        130,
                        12,
                        Message.verbatim("10.9.0.300/24 is not an IPv4 address with prefix"),
                        " ".repeat(6) + "- interface: {" + "in: netns:red, ".repeat(8)
                                + "10.9.0.300/24, kind: veth, admin: up, mtu: 1500}",
                        Optional.empty()),
                new Problem(
                        Problem.Severity.ERROR,
                        file,
                        0,
                        0,
                        1,
                        Message.verbatim("the file is empty"),
                        "",
                        Optional.of(Message.verbatim("begin with 'format: 1'"))));
    }

    private static List<Capability> refusing() {
        return List.of(
                new Capability("ip", true, "/usr/sbin/ip", Optional.empty()),
                new Capability(
                        "userns",
                        false,
                        "only root may make user namespaces (kernel.unprivileged_userns_clone is 0)",
                        Optional.of("sudo sysctl -w kernel.unprivileged_userns_clone=1")),
                new Capability("veth", false, "not tried: it needs userns", Optional.empty()),
                new Capability("dummy", false, "not tried: it needs userns", Optional.empty()),
                new Capability("docker", false, "not tried: it needs userns", Optional.empty()),
                new Capability(
                        "nano",
                        false,
                        "nano is not installed",
                        Optional.of("sudo apt-get install -y --no-install-recommends nano")));
    }

    private static List<Capability> capabilities() {
        return List.of(
                new Capability("netns", true, "network namespaces in a user namespace", Optional.empty()),
                new Capability("ipvlan", false, "this kernel has no ipvlan", Optional.of("modprobe ipvlan")),
                new Capability("dummy", false, "this kernel has no dummy links", Optional.empty()));
    }

    @Test
    void sends_no_control_character_of_a_name_to_the_terminal() {
        assertThat(Line.of("a\033[31mb\007\u009bc\u202ed\te").draw(DisplayOptions.plain(true)))
                .isEqualTo("a?[31mb??c?d\te");
    }

    @Test
    void leaves_no_english_in_the_code() throws IOException {
        for (Map.Entry<String, Consumer<Screen>> page : pages().entrySet()) {
            String said = PseudoLanguage.said(() -> drawn(page.getValue(), DisplayOptions.plain(true)));
            assertThat(PseudoLanguage.english(
                            said, ScreenTest.class, Samples.class, MarkdownTest.class, ProofSamples.class))
                    .as(page.getKey())
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> draws_every_page_as_the_golden_file_has_it() {
        List<DynamicTest> tests = new ArrayList<>();
        pages().forEach((page, draw) -> LOOKS.forEach((name, look) -> tests.add(DynamicTest.dynamicTest(
                page + " " + name, () -> Golden.matches("screen/" + name + "/" + page + ".txt", drawn(draw, look))))));
        return tests.stream();
    }

    private static String drawn(Consumer<Screen> draw, DisplayOptions look) {
        StringWriter out = new StringWriter();
        draw.accept(new Screen(out, () -> look));
        return out.toString();
    }

    @TestFactory
    Stream<DynamicTest> says_the_same_without_colour() {
        DisplayOptions colour = new DisplayOptions(80, 0, ColorMode.COLOUR, true);
        DisplayOptions weight = new DisplayOptions(80, 0, ColorMode.WEIGHT, true);
        return pages().entrySet().stream()
                .filter(page -> !page.getKey().equals("markdown"))
                .map(page -> DynamicTest.dynamicTest(
                        page.getKey(), () -> assertThat(unmarked(drawn(page.getValue(), weight)))
                                .isEqualTo(unmarked(drawn(page.getValue(), colour)))));
    }

    /** Without escape sequences, and without the Markdown marks that stand in for a style, wherever they made lines break. */
    private static String unmarked(String drawn) {
        return drawn.replaceAll("\033\\[[0-9;]*m", "").replace("`", "").replaceAll("\\s+", " ");
    }

    @TestFactory
    Stream<DynamicTest> stays_within_ascii_where_the_locale_has_no_more() {
        return pages().entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.getKey(), () -> assertThat(drawn(page.getValue(), LOOKS.get("80-ascii")))
                                .matches("[\\x20-\\x7e\\n]*")));
    }

    @TestFactory
    Stream<DynamicTest> keeps_every_line_but_code_within_the_screen() {
        return pages().entrySet().stream()
                .filter(page -> !Set.of("markdown", "proof", "lint", "lesson", "lesson-judged", "doctor-refused")
                        .contains(page.getKey()))
                .flatMap(page -> Stream.of(60, 80, 120)
                        .map(width -> DynamicTest.dynamicTest(page.getKey() + " " + width, () -> {
                            DisplayOptions look = new DisplayOptions(width, 0, ColorMode.NONE, true);
                            assertThat(drawn(page.getValue(), look).lines())
                                    .allSatisfy(
                                            line -> assertThat(Columns.of(line)).isLessThan(width));
                        })));
    }

    @Test
    void shortens_explanations_to_one_screen_and_says_so() throws IOException {
        StringWriter out = new StringWriter();
        Screen screen = new Screen(out, () -> new DisplayOptions(80, 24, ColorMode.NONE, true));
        screen.explanation(Samples.check(
                Samples.RULE,
                Samples.NOT_TRANSLATED,
                Samples.NOT_TRANSLATED,
                Samples.NOT_TRANSLATED,
                Samples.NOT_TRANSLATED,
                Samples.MET));
        assertThat(out.toString().lines().count()).isLessThan(24);
        Golden.matches("screen/explanation-of-many.txt", out.toString());
    }

    @Test
    void lets_no_control_character_of_a_lab_or_a_tool_reach_the_terminal() {
        StringWriter out = new StringWriter();
        Screen screen = new Screen(out, () -> new DisplayOptions(80, 0, ColorMode.NONE, true));
        screen.write(Markdown.lines("a\033[2Jb and `c\033]0;title\007d`\n\n    e\033[31mf\n", screen.look()));
        screen.trouble(verbatim("g\rh\u009bi"));
        assertThat(out.toString())
                .doesNotContain("\033", "\r", "\007", "\u009b")
                .contains("a", "b", "c", "d", "e", "f", "g", "h", "i");
    }
}
