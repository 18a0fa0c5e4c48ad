package dev.drydock.shell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Suggestion;
import dev.drydock.shell.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CompletionTest {
    @TempDir
    private Path folder;

    /** What bash would offer for a line, as one word each. */
    private List<String> offered(String line) throws IOException, InterruptedException {
        CommandLineFixture lab = new CommandLineFixture(folder);
        Path script = Files.writeString(
                folder.resolve("completion.bash"), lab.run("completion", "bash").out());
        String program = "source " + script + "\ncompopt() { :; }\nCOMP_WORDS=(" + line
                + ")\n[[ $1 == blank ]] && COMP_WORDS+=('')\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_lab\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Process bash = new ProcessBuilder(
                        "bash", "--norc", "-c", program, "bash", line.endsWith(" ") ? "blank" : "word")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out.lines().filter(word -> !word.isEmpty()).toList();
    }

    @Test
    void offers_verbs_ids_files_and_options_in_bash() throws Exception {
        assertThat(offered("lab st")).containsExactlyInAnyOrder("start", "status");
        assertThat(offered("lab ")).contains("list", "doctor", "--help");
        assertThat(offered("lab start ")).contains("one", "two", "library").doesNotContain("list");
        assertThat(offered("lab start t")).containsExactly("two");
        assertThat(offered("lab --debug resume o")).containsExactly("one");
        assertThat(offered("lab test --f")).containsExactly("--format");
        assertThat(offered("lab test --format j")).containsExactlyInAnyOrder("json", "junit");
        assertThat(offered("lab lint --format ")).containsExactly("text", "json");
        assertThat(offered("lab completion z")).containsExactly("zsh");
        assertThat(offered("lab help pl")).containsExactly("play");
        assertThat(offered("lab list x")).isEmpty();
        assertThat(offered("lab explain ")).isEmpty();
        Files.writeString(folder.resolve("library/glossary.yaml"), "terms:\n  - term: veth pair\n  - term: ARP\n");
        assertThat(offered("lab explain ve")).containsExactly("veth-pair");
    }

    @Test
    void writes_a_script_for_zsh() throws IOException {
        String script = new CommandLineFixture(folder).run("completion", "zsh").out();
        Golden.matches("cli/completion.zsh", script.replace(folder.toString(), "/FOLDER"));
    }

    @Test
    void guesses_the_verb_that_was_meant() {
        assertThat(Suggestion.misspelt("strat", VerbName.everyWord())).contains("start");
        assertThat(Suggestion.misspelt("lst", List.of("list", "lint"))).contains("list");
        assertThat(Suggestion.misspelt("cl", VerbName.everyWord())).contains("cleanup");
        assertThat(Suggestion.misspelt("zzz", VerbName.everyWord())).isEmpty();
        assertThat(Suggestion.misspelt("", VerbName.everyWord())).isEmpty();
    }

    @Test
    void every_verb_has_a_text_and_every_text_a_verb() throws IOException {
        Set<String> words = Arrays.stream(VerbName.values()).map(VerbName::word).collect(Collectors.toSet());
        Set<String> told = english().stringPropertyNames().stream()
                .filter(key -> key.startsWith("verb."))
                .map(key -> key.substring("verb.".length()))
                .collect(Collectors.toSet());
        assertThat(told).containsAll(words);
        assertThat(told).allSatisfy(key -> assertThat(words).contains(key.replace(".shell", "")));
    }

    @Test
    void every_text_of_an_option_has_an_option() throws IOException {
        Set<String> options = new TreeSet<>();
        for (VerbName verb : VerbName.values()) {
            CommandSpec spec = new CommandLine(verb.make()).getCommandSpec();
            Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
                    .map(argument -> "option." + Help.key(argument))
                    .forEach(options::add);
        }
        assertThat(english().stringPropertyNames())
                .filteredOn(key -> key.startsWith("option."))
                .containsExactlyInAnyOrderElementsOf(options);
    }

    private static Properties english() throws IOException {
        Properties entries = new Properties();
        try (var file = VerbName.class.getResourceAsStream("/dev/drydock/messages.properties")) {
            entries.load(file);
        }
        return entries;
    }

    /**
     * The table "type, to" of the README: every verb that the help of the shell tells of, and none that is not there. {@code -Dupdate} writes
     * the rows that are missing, in the words of the help.
     */
    @Test
    void the_readme_tells_of_the_verbs_of_the_shell() throws IOException {
        Path file = Path.of(System.getProperty("drydock.root"), "README.md");
        String readme = Files.readString(file);
        if ("true".equals(System.getProperty("update"))) {
            Set<String> missing = new TreeSet<>(VerbName.shellHelp().keySet());
            missing.removeIf(typed -> verbsIn(readme).contains(typed.split(" ")[0]));
            String rows = missing.stream()
                    .map(typed -> "| `" + typed + "` | "
                            + VerbName.shellHelp().get(typed).replace("|", "\\|") + " |\n")
                    .collect(Collectors.joining());
            Files.writeString(file, readme.replaceFirst("(?m)^(?=\\| `exit`)", Matcher.quoteReplacement(rows)));
        }
        Set<String> verbs = VerbName.shellHelp().keySet().stream()
                .map(typed -> typed.split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        verbs.add("exit");
        assertThat(verbsIn(Files.readString(file))).isEqualTo(verbs);
    }

    private static Set<String> verbsIn(String readme) {
        String table = readme.substring(readme.indexOf("| type | to |"), readme.indexOf("`lab check`, `lab hint`"));
        Set<String> told = new TreeSet<>();
        table.lines()
                .map(row -> row.split("\\|"))
                .filter(row -> row.length > 2)
                .forEach(row ->
                        Pattern.compile("`(\\w+)").matcher(row[1]).results().forEach(word -> told.add(word.group(1))));
        return told;
    }
}
