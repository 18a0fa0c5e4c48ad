package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Difference.Since;
import dev.drydock.shell.Golden;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.change.Command;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.PseudoLanguage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangesTextTest {
    private static final Map<String, DisplayOptions> LOOKS = looks();

    private static final Change CONTAINER = new Change(
            Kind.CONTAINER,
            Sign.ADDED,
            Change.label("container", ""),
            "container:web",
            Message.verbatim("web, running; on bridge"),
            List.of(),
            List.of(),
            Optional.of(say("no-command.container")));
    private static final Change NAMESPACE = change(
            Kind.NAMESPACE,
            Sign.ADDED,
            "namespace",
            "container:web",
            "of web, net:[4026532257]",
            new Command(Stage.NAMESPACES, "ip netns add web"));
    private static final Change PAIR = change(
            Kind.LINK,
            Sign.ADDED,
            "veth-pair",
            "host",
            "vethd78049f ⇄ eth0 in web; vethd78049f is a port of docker0",
            new Command(Stage.LINKS, "ip link add vethd78049f type veth peer name eth0 netns web"),
            new Command(Stage.PORTS, "ip link set vethd78049f master docker0"));
    private static final Change NAT = change(
            Kind.RULE,
            Sign.ADDED,
            Change.label("rule", "nat"),
            "host",
            "DOCKER: tcp to :8080 not from docker0 → 172.17.0.4:80",
            new Command(
                    Stage.RULES,
                    "iptables -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80"));
    private static final Change ADDRESS =
            change(Kind.ADDRESS, Sign.ADDED, "address", "container:web", "172.17.0.4/16 on eth0 in web");
    private static final Change HOSTS =
            change(Kind.HOSTS, Sign.ADDED, "hosts", "container:web", "172.17.0.4 web in /etc/hosts of web");
    private static final Change DOWN = new Change(
            Kind.LINK,
            Sign.CHANGED,
            Change.label("state", ""),
            "netns:red",
            Message.verbatim("eth0 in red: up → down"),
            List.of(
                    Message.verbatim("its routes went: 10.9.0.0/24, default via 10.9.0.1"),
                    Message.verbatim("its other end veth0 has no carrier now")),
            List.of(new Command(Stage.LINKS_ARE_SET, "ip -n red link set eth0 down")),
            Optional.empty());

    private static Change change(Kind kind, Sign sign, String label, String place, String words, Command... commands) {
        return change(kind, sign, Change.label(label, ""), place, words, commands);
    }

    private static Change change(Kind kind, Sign sign, Message label, String place, String words, Command... commands) {
        return new Change(
                kind, sign, label, place, Message.verbatim(words), List.of(), List.of(commands), Optional.empty());
    }

    private static Map<String, DisplayOptions> looks() {
        Map<String, DisplayOptions> looks = new LinkedHashMap<>();
        looks.put("80-plain", new DisplayOptions(80, 24, ColorMode.NONE, true));
        looks.put("80-colour", new DisplayOptions(80, 24, ColorMode.COLOUR, true));
        looks.put("60-ascii", new DisplayOptions(60, 24, ColorMode.NONE, false));
        return looks;
    }

    private static Changes changes(Change... all) {
        return new Changes(List.of(new Changes.Group("labhost", Optional.empty(), List.of(all))), List.of());
    }

    private static Difference did(String line, Change... all) {
        return new Difference(Since.COMMAND, List.of(line), false, Optional.of(changes(all)), Optional.empty());
    }

    private static Map<String, Difference> differences() {
        Changes nothing = new Changes(List.of(), List.of());
        Difference run = did("docker run -d --name web -p 8080:80 httpd", CONTAINER, NAMESPACE, PAIR, NAT);
        Map<String, Difference> all = new LinkedHashMap<>();
        all.put("run", run);
        all.put(
                "looked",
                new Difference(Since.COMMAND, List.of("docker ps"), false, Optional.of(nothing), Optional.of(run)));
        all.put(
                "nothing",
                new Difference(Since.COMMAND, List.of("ip link"), false, Optional.of(nothing), Optional.empty()));
        all.put("down", did("ip -n red link set eth0 down", DOWN));
        all.put(
                "running",
                new Difference(
                        Since.COMMAND,
                        List.of("ip netns add web; sleep 100"),
                        true,
                        Optional.of(changes(NAMESPACE)),
                        Optional.empty()));
        all.put(
                "since-step",
                new Difference(
                        Since.STEP,
                        List.of(),
                        false,
                        Optional.of(
                                new Changes(
                                        List.of(
                                                new Changes.Group(
                                                        "alpha",
                                                        Optional.of(Message.verbatim("container web")),
                                                        List.of(CONTAINER, NAMESPACE)),
                                                new Changes.Group("beta", Optional.empty(), List.of(DOWN))),
                                        List.of(
                                                Message.verbatim(
                                                        "Whether rules of web changed cannot be told: iptables-save could not be run")))),
                        Optional.empty()));
        all.put("unknown", Difference.unknown(Since.COMMAND));
        all.put(
                "loop",
                did(
                        "for n in red blue; do ip link add v$n type veth peer name eth0 netns $n; done",
                        NAMESPACE,
                        NAMESPACE,
                        PAIR,
                        PAIR,
                        ADDRESS,
                        ADDRESS,
                        NAT,
                        NAT,
                        NAT,
                        HOSTS,
                        HOSTS,
                        DOWN,
                        DOWN));
        return all;
    }

    private static String drawn(DisplayOptions look, java.util.function.Consumer<Screen> page) {
        return Screen.drawn(() -> look, page);
    }

    @Test
    void draws_every_page_as_the_golden_file_has_it() throws IOException {
        for (Map.Entry<String, DisplayOptions> look : LOOKS.entrySet()) {
            StringBuilder text = new StringBuilder();
            differences().forEach((name, difference) -> text.append("== ")
                    .append(name)
                    .append('\n')
                    .append(drawn(look.getValue(), page -> page.changes(difference, false)))
                    .append("-- by hand\n")
                    .append(drawn(look.getValue(), page -> page.commandsOf(difference)))
                    .append("-- in one line\n")
                    .append(drawn(look.getValue(), page -> page.changed(difference))));
            Golden.matches("changes/" + look.getKey() + ".txt", text.toString());
        }
    }

    @Test
    void a_lengthycommand_leaves_its_heading_on_one_line() {
        Difference lengthy =
                did("for i in $(seq 40); do ip netns add n$i; ip netns exec n$i ip link set lo up; done", PAIR);
        Difference nothing = new Difference(
                Since.COMMAND,
                List.of("ip link"),
                false,
                Optional.of(new Changes(List.of(), List.of())),
                Optional.of(lengthy));
        DisplayOptions look = LOOKS.get("80-plain");
        assertThat(drawn(look, page -> page.changes(lengthy, false))
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .startsWith("for i in $(seq 40); do ip netns add")
                .endsWith("… did, in the kernel's words:");
        assertThat(drawn(look, page -> page.changes(nothing, false)).lines())
                .anyMatch(line -> line.startsWith("Before that, for i in") && line.endsWith("the kernel's words:"));
    }

    @Test
    void a_script_by_hand_is_commands_and_comments_alone() {
        differences().forEach((name, difference) -> {
            assertThat(drawn(LOOKS.get("80-plain"), page -> page.commandsOf(difference))
                            .lines())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("#") || line.startsWith("ip"));
        });
    }

    @Test
    void many_changes_are_counted_and_shown_when_all_are_asked_for() {
        List<Change> many = IntStream.range(0, 10_000)
                .mapToObj(i -> change(
                        Kind.ROUTE, Sign.ADDED, "route", "host", "10.0." + i / 256 + "." + i % 256 + " dev eth0"))
                .toList();
        Difference difference = new Difference(
                Since.STEP,
                List.of(),
                false,
                Optional.of(new Changes(List.of(new Changes.Group("labhost", Optional.empty(), many)), List.of())),
                Optional.empty());
        String first = drawn(LOOKS.get("80-plain"), page -> page.changes(difference, false));
        assertThat(first).contains("10.0.0.59", "and 9,940 more", "lab changes --since step --all");
        assertThat(first.lines().count()).isLessThan(70);
        String all = drawn(LOOKS.get("80-plain"), page -> page.changes(difference, true));
        assertThat(all).contains("10.0.39.15").doesNotContain("more");
        assertThat(all.lines().count()).isGreaterThan(10_000);
    }

    @Test
    void tables_stay_within_the_screen_and_one_line_is_one_line() {
        for (DisplayOptions look : LOOKS.values()) {
            differences().forEach((name, difference) -> {
                assertThat(drawn(
                                        new DisplayOptions(look.columns(), 24, ColorMode.NONE, look.unicode()),
                                        page -> page.changes(difference, false))
                                .lines())
                        .allMatch(line -> line.length() < look.columns());
                assertThat(drawn(look, page -> page.changed(difference)).lines().count())
                        .isLessThanOrEqualTo(1);
            });
        }
    }

    @Test
    void leaves_no_english_in_the_code() throws IOException {
        for (Map.Entry<String, Difference> one : differences().entrySet()) {
            String said = PseudoLanguage.said(() -> drawn(LOOKS.get("80-plain"), page -> {
                page.changes(one.getValue(), false);
                page.commandsOf(one.getValue());
                page.changed(one.getValue());
            }));
            assertThat(PseudoLanguage.english(said, ChangesTextTest.class))
                    .as(one.getKey())
                    .isEmpty();
        }
    }
}
