package dev.drydock.shell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.Standing;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.Session.Answered;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.Golden;
import dev.drydock.shell.cli.CommandLineFixture.Outcome;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.PseudoLanguage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private static final Verdict NOT_MET = Verdict.notMet(
            Message.verbatim("a namespace red"),
            Message.verbatim("no namespace red"),
            new Evidence("ip netns list", ""));
    private static final Verdict CANNOT_TELL = Verdict.cannotTell(Message.verbatim("ip did not answer within 5 s"));

    @TempDir
    private Path folder;

    private CommandLineFixture lab;

    @BeforeEach
    void lay_a_library() throws IOException {
        lab = new CommandLineFixture(folder);
    }

    private void status(int status, String... arguments) {
        Outcome outcome = lab.run(arguments);
        assertThat(outcome.status()).as(Arrays.toString(arguments) + outcome).isEqualTo(status);
        if (status != 0 && status != 1) {
            assertThat(outcome.err()).isNotBlank().doesNotContain("\tat ", "Exception");
        }
    }

    // --- help, usage ---

    static List<VerbName> verbs() {
        return VerbName.everywhere();
    }

    @Test
    void shows_every_verb_on_one_screen() throws IOException {
        Outcome outcome = lab.run("--help");
        Golden.matches("help/overview.txt", outcome.out());
        assertThat(outcome.out().lines().count()).isLessThanOrEqualTo(36);
        assertThat(outcome.status()).isZero();
        assertThat(lab.run("help").out()).isEqualTo(outcome.out());
        assertThat(lab.run("-h").out()).isEqualTo(outcome.out());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void says_what_a_verb_does_and_takes(VerbName verb) throws IOException {
        Outcome outcome = lab.run(verb.word(), "--help");
        Golden.matches("help/" + verb.word() + ".txt", outcome.out());
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
        assertThat(lab.run("help", verb.word()).out()).isEqualTo(outcome.out());
        assertThat(lab.sessions.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void the_help_of_a_verb_is_in_the_language_of_the_reader(VerbName verb) throws IOException {
        String help = PseudoLanguage.said(() -> lab.run(verb.word(), "--help").out());
        assertThat(PseudoLanguage.english(help)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void refuses_an_unknown_option_of_any_verb(VerbName verb) {
        Outcome outcome = lab.run(verb.word(), "--frobnicate");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("'--frobnicate'", "lab " + verb.word() + " --help");
        assertThat(outcome.out()).isEmpty();
        assertThat(lab.sessions.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "status", "check", "hint", "solve", "next", "skip", "reset", "doctor", "cleanup"})
    void refuses_a_word_too_many(String verb) {
        Outcome outcome = lab.run(verb, "superfluous");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("'superfluous'");
        assertThat(lab.sessions.asked).isEmpty();
    }

    @Test
    void asks_what_was_meant_by_an_unknown_verb() {
        Outcome outcome = lab.run("strat", "one");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("'strat'", "Did you mean 'lab start'?");
        assertThat(lab.run("xyzzy").err()).doesNotContain("Did you mean");
        assertThat(lab.run("--versoin").err()).contains("no option '--versoin'");
    }

    @Test
    void suggests_the_option_that_was_meant() {
        assertThat(lab.run("check", "--al").err()).contains("Did you mean '--all'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "play", "lint", "answer", "completion", "test", "trace", "trace red"})
    void says_what_is_missing(String typed) {
        status(2, typed.split(" "));
    }

    @Test
    void refuses_values_that_make_no_sense() {
        status(2, "test", "one", "-j", "0");
        status(2, "test", "one", "-j", "many");
        status(2, "test", "one", "--format", "html");
        status(2, "test", "--all", "one");
        status(2, "test", "--all", "--excepting", "one");
        status(2, "play", "one", "--speed", "-1");
        status(2, "play", "one", "--speed", "NaN");
        status(2, "completion", "fish");
    }

    // --- the library ---

    @Test
    void lists_labs_with_what_is_done_open_and_missing() throws IOException {
        lab.lab("three", CommandLineFixture.LAB.replace("[netns]", "[ipvlan]"));
        lab.sessions.progress.put("one", new Sessions.LabProgress(Map.of("red", DoneHow.HINTS), true));
        lab.sessions.capabilities.add(new Capability("ipvlan", false, "not in this kernel", Optional.empty()));
        lab.open("two");
        Outcome outcome = lab.run("list");
        Golden.matches("cli/list.txt", outcome.out());
        assertThat(outcome.status()).isZero();
        assertThat(lab.run().out()).startsWith(outcome.out());
        Golden.matches("cli/list.json", lab.run("list", "--json").out());
    }

    @Test
    void lists_the_good_labs_and_reports_the_bad_one() throws IOException {
        lab.lab("bad", "format: 1\nid: bad\n");
        Outcome outcome = lab.run("list");
        assertThat(outcome.status()).isEqualTo(4);
        assertThat(outcome.out()).contains("one", "two");
        assertThat(outcome.err()).contains("library/bad/lab.yaml:");
    }

    @Test
    void explains_a_term_and_names_the_step_that_teaches_it() throws IOException {
        assertThat(lab.run("explain").out()).contains("no glossary");
        glossary("one", "red");
        for (String[] typed : List.of(
                new String[] {"explain", "network", "namespace"},
                new String[] {"explain", "Network-Namespaces"},
                new String[] {"explain", "NETNS"})) {
            assertThat(lab.run(typed).out())
                    .contains("network namespace", "A network of its own.")
                    .contains("step 1: Make a namespace");
        }
        Outcome misspelt = lab.run("explain", "netwrk", "namespace");
        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.err()).contains("'netwrk namespace'", "Did you mean network namespace?");
        assertThat(lab.run("explain", "network").err()).contains("network namespace or network alias");
        assertThat(lab.run("explain", "zzz").err()).contains("'zzz'").doesNotContain("Did you mean");
        assertThat(lab.run("explain").out()).contains("network alias", "network namespace");
        assertThat(lab.run("list").status()).isZero();
    }

    @Test
    void reports_a_term_of_which_the_lab_or_the_step_is_missing() throws IOException {
        glossary("on", "red");
        assertThat(lab.run("list").err()).contains("library/glossary.yaml:", "there is no lab 'on'");
        glossary("one", "blue");
        assertThat(lab.run("list").status()).isEqualTo(4);
        assertThat(lab.run("list").err()).contains("no step 'blue'");
    }

    private void glossary(String id, String step) throws IOException {
        Files.writeString(
                folder.resolve("library/glossary.yaml"),
                """
                terms:
                  - term: network namespace
                    also: [netns]
                    text: A network of its own.
                    lab: %s
                    step: %s
                  - term: network alias
                    text: A further name.
                    lab: one
                    step: red
                """
                        .formatted(id, step));
    }

    @Test
    void starts_a_lab_by_id_by_file_and_by_folder() throws IOException {
        Path own = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(own.resolve("lab.yaml"), CommandLineFixture.LAB.formatted("mine", "mine"));
        for (String reference :
                List.of("one", "library/one", "./library/one/lab.yaml", "mine/lab.yaml", "./mine", "mine")) {
            status(0, "start", reference);
            assertThat(lab.conversed).isPresent();
        }
        assertThat(lab.sessions.asked).endsWith("start mine").startsWith("start one");
    }

    @Test
    void tells_the_shells_verdict_on_a_piped_run() {
        lab.left = Exit.NOT_MET;
        status(1, "start", "one");
    }

    @Test
    void asks_what_was_meant_by_an_unknown_lab() {
        Outcome outcome = lab.run("start", "tow");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("'tow'", "Did you mean 'two'?");
        assertThat(lab.run("start", "./nowhere.yaml").err()).contains("no file 'nowhere.yaml'");
        assertThat(lab.run("start", "../../etc").status()).isEqualTo(2);
    }

    @Test
    void shows_what_is_wrong_in_an_invalid_lab_wherever_one_is_taken() throws IOException {
        lab.lab("bad", "format: 1\nid: bad\nlevle: beginner\n");
        for (String verb : List.of("start", "play", "test", "lint")) {
            Outcome outcome = lab.run(verb, "bad");
            assertThat(outcome.status()).as(verb).isEqualTo(4);
            assertThat(outcome.out() + outcome.err()).contains("library/bad/lab.yaml:3:1", "levle", "error");
        }
        assertThat(lab.sessions.asked).isEmpty();
    }

    @Test
    void lints_for_people_and_for_programs() throws IOException {
        lab.lab("bad", CommandLineFixture.LAB.replace("minutes: 10", "minutes: 10\nlevle: beginner"));
        assertThat(lab.run("lint", "one", "two")).isEqualTo(new Outcome(0, "No problems in 2 files\n", ""));
        Golden.matches("cli/lint.txt", lab.run("lint", "library/bad/lab.yaml").out());
        Golden.matches(
                "cli/lint.json",
                lab.run("lint", "--format", "json", "library/bad/lab.yaml").out());
        assertThat(lab.run("lint", "nowhere/lab.yaml").status()).isEqualTo(4);
    }

    // --- the open lab ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resume",
                "status",
                "check",
                "hint",
                "solve",
                "next",
                "skip",
                "reset",
                "finish",
                "answer x",
                "trace a b"
            })
    void says_so_when_no_lab_is_open(String line) {
        Outcome outcome = lab.run(line.split(" "));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("No lab is open.", "lab start ID");
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "hint", "solve", "status"})
    void says_so_when_the_lab_host_is_gone(String verb) {
        lab.sessions.open.add(new Sessions.Open("one", "one", "w1", "local", () -> false, "red"));
        Outcome outcome = lab.run(verb);
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err()).contains("lab resume");
        assertThat(lab.sessions.asked).isEmpty();
    }

    @Test
    void judges_with_the_verdicts_exit_status() {
        lab.open("one");
        status(0, "check");
        lab.sessions.verdict = NOT_MET;
        assertThat(lab.run("check").out()).contains("expected  a namespace red", "found     no namespace red");
        status(1, "check");
        status(1, "check", "--all");
        status(1, "solve");
        lab.sessions.verdict = CANNOT_TELL;
        assertThat(lab.run("check").out()).contains("cannot tell: ip did not answer within 5 s");
        assertThat(lab.run("check").status()).isEqualTo(3);
        assertThat(lab.run("solve").status()).isEqualTo(3);
        assertThat(lab.sessions.asked).contains("check EVENTUALLY");
    }

    @Test
    void tells_programs_what_was_judged() throws IOException {
        lab.open("one");
        lab.sessions.verdict = NOT_MET;
        Golden.matches("cli/check.json", lab.run("check", "--all", "--json").out());
        Golden.matches("cli/status.json", lab.run("status", "--json").out());
        assertThat(lab.run("check", "--json").status()).isEqualTo(1);
    }

    @Test
    void an_unanswered_question_is_not_met() throws IOException {
        lab.lab("ask", CommandLineFixture.QUESTION);
        lab.open("ask");
        lab.sessions.verdict = NOT_MET;
        Outcome outcome = lab.run("check");
        assertThat(outcome.status()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.out()).contains("lab answer TEXT");
    }

    @Test
    void takes_an_answer_of_several_words() throws IOException {
        lab.lab("ask", CommandLineFixture.QUESTION);
        lab.open("ask");
        status(0, "answer", "the", "red", "one");
        assertThat(lab.sessions.asked).contains("answer the red one");
        lab.sessions.answered = new Answered(false, true, Message.verbatim("'blue' is not it."));
        status(1, "answer", "blue");
        lab.sessions.answered = new Answered(false, false, Message.verbatim("docker did not answer"));
        assertThat(lab.run("answer", "blue").status()).isEqualTo(3);
    }

    @Test
    void refuses_an_answer_where_nothing_was_asked() {
        lab.open("one");
        status(2, "answer", "red");
        assertThat(lab.sessions.asked).containsExactly("resume one");
    }

    @Test
    void moves_and_shows_the_new_step() {
        lab.open("one");
        assertThat(lab.run("next").out()).contains("step 1 of 1", "Make a namespace");
        lab.sessions.move = Move.NOT_DONE;
        assertThat(lab.run("next").out()).contains("not done");
        status(1, "next");
        lab.sessions.move = Move.AT_END;
        status(1, "skip");
        lab.sessions.complete = true;
        assertThat(lab.run("next").out()).contains("finish");
        status(0, "next");
    }

    @Test
    void says_in_one_line_what_reset_and_finish_did() {
        lab.open("one");
        assertThat(lab.run("reset").out()).isEqualTo("one is back at its first step, on a fresh lab host.\n");
        assertThat(lab.run("finish").out())
                .isEqualTo("one is ended and its lab host is gone; what you have done is kept.\n");
        assertThat(lab.sessions.asked).contains("reset", "close one");
    }

    @Test
    void finishes_a_lab_whose_file_or_host_is_gone() {
        lab.sessions.open.add(new Sessions.Open("gone", "gone", "w1", "local", () -> false, "red"));
        status(0, "finish");
        status(0, "finish", "gone");
        status(2, "finish", "other");
        assertThat(lab.sessions.asked).containsExactly("close gone", "close gone");
    }

    @Test
    void resumes_the_lab_that_is_named() {
        lab.open("one");
        lab.open("two");
        status(0, "resume");
        status(0, "resume", "one");
        Outcome outcome = lab.run("resume", "three");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("'three' is not open", "one, two");
    }

    @Test
    void finishing_on_the_last_text_ends_the_lab_as_going_on_does() throws IOException {
        String red = CommandLineFixture.LAB;
        lab.lab("text", red.substring(0, red.indexOf("    solve:")) + "    read: true\n");
        lab.sitIn("text");
        assertThat(lab.run("finish").status()).isZero();
        assertThat(lab.next).isEqualTo(OwnShell.Next.END);
        assertThat(lab.sessions.asked).as("the shell's own end finishes it").isEmpty();

        lab.sitIn("one");
        assertThat(lab.run("finish").out()).contains("0 of 1 steps were done");
        assertThat(lab.sessions.asked).contains("finish");
    }

    @Test
    void plays_a_lab_with_its_own_state_and_leaves_none_behind() throws IOException {
        lab.sessions.complete = true;
        lab.sessions.move = Move.AT_END;
        Outcome outcome = lab.run("play", "one");
        Golden.matches("cli/play.txt", outcome.out());
        assertThat(outcome.status()).isZero();
        assertThat(lab.sessions.asked).containsExactly("start one", "solve", "next", "finish");
        try (var left = Files.list(folder.resolve("home/.local/state/drydock/passing"))) {
            assertThat(left).isEmpty();
        }
        lab.sessions.complete = false;
        status(1, "play", "one");
    }

    @Test
    void ends_an_interrupted_play_with_its_world() throws IOException {
        lab.sessions.move = Move.AT_END;
        Thread.currentThread().interrupt();
        Outcome outcome = lab.run("play", "one");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(outcome.status()).isEqualTo(130);
        assertThat(outcome.err()).contains("Interrupted");
        assertThat(lab.sessions.asked).endsWith("finish");
        try (var left = Files.list(folder.resolve("home/.local/state/drydock/passing"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void plays_the_answer_to_a_question() throws IOException {
        lab.lab("ask", CommandLineFixture.QUESTION);
        lab.sessions.complete = true;
        lab.sessions.move = Move.AT_END;
        assertThat(lab.run("play", "ask").out()).contains("$ answer red", "That is the answer.");
    }

    // --- the machine ---

    @Test
    void examines_the_machine() throws IOException {
        lab.sessions.capabilities.add(new Capability("netns", true, "in a user namespace", Optional.empty()));
        status(0, "doctor");
        lab.sessions.capabilities.add(new Capability("dummy", false, "not in this kernel", Optional.empty()));
        status(0, "doctor");
        lab.sessions.capabilities.set(
                0, new Capability("netns", false, "no uidmap package", Optional.of("apt-get install uidmap")));
        Outcome outcome = lab.run("doctor");
        Golden.matches("cli/doctor.txt", outcome.out());
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(lab.run("doctor", "--fix").out()).isEqualTo("apt-get install uidmap\n");
        Golden.matches("cli/doctor.json", lab.run("doctor", "--json").out());
        lab.sessions.capabilities.set(0, new Capability("userns", false, "refused", Optional.empty()));
        assertThat(lab.run("doctor").out()).contains("No lab can run here yet.");
        assertThat(lab.run("list").out()).contains("needs userns, which is refused here");
        assertThat(lab.run("--version", "--verbose").out())
                .startsWith("drydock ")
                .contains("\njava ")
                .contains("\nkernel   a kernel\n");
        assertThat(lab.run("--version", "--loud").status()).isEqualTo(2);
    }

    @Test
    void cleans_up_but_keeps_what_is_open() {
        assertThat(lab.run("cleanup").out()).isEqualTo("Nothing was left behind.\n");
        lab.open("one");
        lab.sessions.leftovers.add("world w9 of bridge-basics");
        assertThat(lab.run("cleanup").out()).contains("world w9 of bridge-basics", "Kept: the lab host of one.");
        assertThat(lab.sessions.kept).containsExactly("w1");
        assertThat(lab.run("cleanup", "--all").out()).doesNotContain("Kept");
        assertThat(lab.sessions.kept).isEmpty();
    }

    @Test
    void ends_what_belongs_to_others_only_when_somebody_confirms_the_list() {
        assertThat(lab.run("cleanup", "--everybody").out()).contains("No lab host");
        lab.sessions.standing.add(new Standing(
                "0123456789ab",
                Optional.of("bridge-by-hand"),
                Optional.of("/home/ann/.local/state/drydock"),
                Message.verbatim("ann"),
                Optional.of(Duration.ofHours(3))));
        lab.sessions.standing.add(new Standing(
                "ba9876543210", Optional.empty(), Optional.empty(), Message.verbatim("bob"), Optional.empty()));
        Outcome alone = lab.run("cleanup", "--everybody");
        assertThat(alone.status()).isEqualTo(2);
        assertThat(alone.out())
                .contains("0123456789ab", "bridge-by-hand", "ann", "3 h", "/home/ann/.local/state/drydock", "bob");
        assertThat(alone.err()).contains("--yes");
        assertThat(lab.sessions.asked).isEmpty();
        assertThat(lab.run("cleanup", "--everybody", "--yes").status()).isZero();
        assertThat(lab.sessions.asked).containsExactly("end [0123456789ab, ba9876543210]");

        lab.terminal = true;
        lab.in = new ByteArrayInputStream("\n".getBytes(StandardCharsets.UTF_8));
        assertThat(lab.run("cleanup", "--everybody").status()).isEqualTo(1);
        assertThat(lab.sessions.asked).hasSize(1);
        lab.in = new ByteArrayInputStream("yes\n".getBytes(StandardCharsets.UTF_8));
        assertThat(lab.run("cleanup", "--everybody").status()).isZero();
        assertThat(lab.sessions.asked).hasSize(2);
        status(2, "cleanup", "--yes");
        status(2, "cleanup", "--everybody", "--place", "ssh:x");
    }

    // --- lab alone ---

    private void typed(String text) {
        lab.terminal = true;
        lab.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        status(0);
    }

    @Test
    void asks_at_a_terminal_what_to_do_next() {
        typed("one\nrest for the shell\n");
        assertThat(lab.conversed).isPresent();
        assertThat(lab.in).hasContent("rest for the shell\n");
        typed("list\n");
        typed("lab start two\n");
        typed("\n");
        typed("");
        typed("q\n");
        assertThat(lab.sessions.asked).containsExactly("start one", "start two");
        lab.open("one");
        typed("\n");
        assertThat(lab.sessions.asked).endsWith("resume one");
    }

    // --- what goes wrong ---

    @Test
    void shows_host_trouble_as_a_sentence() {
        lab.open("one");
        lab.sessions.trouble =
                Optional.of(new HostTrouble("There is no uidmap package. apt-get install uidmap brings it."));
        Outcome outcome = lab.run("check");
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err()).isEqualTo("✗ There is no uidmap package. apt-get install uidmap brings it.\n");
        assertThat(lab.run("check", "--debug").err()).contains("\tat dev.drydock");
        assertThat(lab.run("start", "one").status()).isEqualTo(3);
    }

    @Test
    void hides_the_trace_of_a_bug_but_saves_it() throws IOException {
        lab.open("one");
        lab.sessions.bug = Optional.of(new IllegalStateException("no such wind\nsecond line"));
        Outcome outcome = lab.run("check");
        assertThat(outcome.status()).isEqualTo(70);
        assertThat(outcome.err().replaceAll("\\s+", " "))
                .contains("IllegalStateException: no such wind")
                .doesNotContain("second line", "\tat ");
        try (var traces = Files.list(folder.resolve("home/.local/state/drydock/traces"))) {
            assertThat(traces)
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("\tat dev.drydock"));
        }
        assertThat(lab.run("--debug", "check").err()).contains("\tat dev.drydock");
    }

    @Test
    void ends_in_silence_when_its_reader_went_away() {
        lab.writeTo(new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        assertThat(lab.run("list")).isEqualTo(new Outcome(130, "", ""));
    }
}
