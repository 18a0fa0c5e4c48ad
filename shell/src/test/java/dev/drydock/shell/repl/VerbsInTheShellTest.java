package dev.drydock.shell.repl;

import dev.drydock.shell.Golden;
import dev.drydock.shell.cli.Exit;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb as it is typed in a lab's own shell: what it says there and what it does to the sitting. Only bash is real. */
@Tag("terminal")
class VerbsInTheShellTest {
    private final StringWriter out = new StringWriter();
    private UnsharedHost host;
    private RehearsedSession session;

    @TempDir
    private Path state;

    @BeforeEach
    void start_a_host() {
        host = UnsharedHost.start();
        session = new RehearsedSession(host);
    }

    @AfterEach
    void end_the_host() {
        host.end();
    }

    @Test
    void goes_through_a_lesson() throws Exception {
        transcript(
                "lesson",
                "check",
                "hint",
                "status",
                "lab",
                "answer red",
                "next",
                "solve",
                "check",
                "lesson",
                "next",
                "check",
                "",
                "hint",
                "answer",
                "answer it's  the other",
                "next",
                "answer labhost",
                "check",
                "lab status",
                "next",
                "check",
                "",
                "echo not run");
    }

    @Test
    void goes_on_without_and_begins_anew() throws Exception {
        transcript(
                "anew",
                "skip",
                "lab reset --step",
                "lab reset",
                "touch red",
                "solve --afresh",
                "skip",
                "skip",
                "skip",
                "status",
                "finish",
                "echo not run");
    }

    @Test
    void takes_the_options_and_words_that_the_command_takes() throws Exception {
        transcript(
                "options",
                "check --all",
                "status --js",
                "hint please",
                "lab next now",
                "hint --help",
                "lab help on",
                "lab help",
                "skip",
                "answer -5",
                "lab answer --help",
                "on the bridge");
    }

    @Test
    void is_found_by_somebody_who_read_nothing() throws Exception {
        transcript(
                "newcomer",
                "?",
                "help",
                "builtin help help | head -n 1",
                "",
                "chekc",
                "doctor",
                "check; echo hi",
                "cd /tmp && topo",
                "time lab check",
                "./lab status",
                "reset --step",
                "touch /root/red",
                "",
                "skip",
                "chekc",
                "anwser labhost",
                "?",
                "reset",
                "quit");
    }

    @Test
    void ends_with_the_last_step() throws Exception {
        transcript("end", "solve", "next", "answer labhost", "next", "next", "echo not run");
    }

    @Test
    void looks_at_the_network() throws Exception {
        transcript(
                "network",
                "topo",
                "lab topo --format json",
                "changes",
                "lab changes --as-commands",
                "changes --since step",
                "why nosuch other",
                "why one",
                "trace nosuch other",
                "lab changes --always on",
                "lab changes --always off");
    }

    @Test
    void reaches_what_is_not_about_the_open_lab() throws Exception {
        transcript(
                "others",
                "list",
                "lab check --json",
                "lab check --all",
                "lab status --json",
                "lab frobnicate",
                "lab check --frobnicate",
                "lab hint --help",
                "lab start another",
                "lab resume",
                "lab doctor --fix",
                "lab --version",
                "status | cat",
                "lab list > labs.txt",
                "lab completion fish");
    }

    private void transcript(String name, String... lines) throws Exception {
        Exit exit = run(lines);
        String seen = out + "left with " + exit.status() + "\n";
        Golden.matches("shell/" + name + ".txt", seen.replace(host.id(), "WORLD"));
    }

    private Exit run(String... lines) throws IOException {
        Path file = Files.createDirectories(state.resolve("rehearsal")).resolve("lab.yaml");
        Files.writeString(
                file,
                """
                format: 1
                id: rehearsal
                title: A rehearsal
                track: by-hand
                level: beginner
                minutes: 5
                steps: [{id: files, title: Step files, say: Words., read: true}]
                """);
        return RehearsedParts.sit(state, out, session, lines);
    }
}
