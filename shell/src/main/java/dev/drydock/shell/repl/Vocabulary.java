package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.engine.host.LabHost;
import dev.drydock.shell.cli.VerbName;
import dev.drydock.shell.repl.InputReader.Wording;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jline.reader.Candidate;
import org.jline.reader.Highlighter;

/**
 * All words that the shell knows: verbs, the commands of bash, live names.
 *
 * <p>The commands of bash are read once when the shell starts. Where a decision depends on a single word, bash itself is asked, see {@link #known}.
 */
final class Vocabulary implements Wording {
    private static final int MOST_FILES = 200;

    private final UnaryOperator<String> bash;
    private final Function<Optional<String>, LiveNames> live;
    private final Supplier<List<String>> terms;
    private final BooleanSupplier asking;
    private final Path history;
    private final boolean suggests;
    private final Highlighter highlighter;
    private volatile Set<String> commands = Set.of();

    /** What is known of a command's name. */
    enum Standing {
        VERB,
        COMMAND,
        UNKNOWN,
        /** The commands are not known yet, or the word is still to be expanded or may be an answer. */
        UNSURE
    }

    /**
     * @param bash see {@link LineShell#ask}
     * @param live the names on a lab host; on the current one where the host is empty
     * @param terms the terms of the glossary
     * @param asking whether the current step waits for an answer
     * @param history the file that keeps typed lines
     */
    Vocabulary(
            UnaryOperator<String> bash,
            Function<Optional<String>, LiveNames> live,
            Supplier<List<String>> terms,
            BooleanSupplier asking,
            Path history,
            LineColours colours) {
        this.bash = bash;
        this.live = live;
        this.terms = terms;
        this.asking = asking;
        this.history = history;
        this.suggests = colours.visible();
        this.highlighter = new LineHighlighter(this::standing, colours);
    }

    /** Replaces the known commands by those that bash finds on a lab host. */
    void learnFrom(LabHost host) {
        learn(host.run("compgen -c", Duration.ofSeconds(10)).out());
    }

    /** Replaces the known commands. @param lines names, separated by white space */
    void learn(String lines) {
        commands = new TreeSet<>(Arrays.asList(lines.split("\\s+")));
    }

    /** Asks bash for its functions and aliases, if the line may have defined some. */
    void learnDefinitions(String line) {
        if (!line.matches("(?s).*(\\(\\)|\\balias\\b|\\bfunction\\b|\\bsource\\b|(^|\\s)\\. ).*")) {
            return;
        }
        Set<String> more = new TreeSet<>(commands);
        more.addAll(Arrays.asList(bash.apply("compgen -A function -A alias").split("\\s+")));
        commands = more;
    }

    /** Asks bash whether the word is a command, builtin, function, alias or keyword. */
    boolean known(String word) {
        return !bash.apply("type -t -- " + ShellWord.quoted(word)).isBlank();
    }

    /** Asks bash whether a program of this name is in its PATH. */
    boolean program(String word) {
        return !bash.apply("type -P -- " + ShellWord.quoted(word)).isBlank();
    }

    /** What is known of a command name; does not ask bash, so that it can be called for each keystroke. */
    Standing standing(String word) {
        if (word.isEmpty() || word.contains("/") || word.contains("$") || word.contains("`") || word.startsWith("~")) {
            return Standing.UNSURE;
        }
        if (commands.contains(word)
                && VerbName.bare(word).filter(verb -> verb.comesFirst("")).isEmpty()) {
            return Standing.COMMAND;
        }
        if (word.equals("lab") || VerbName.bare(word).isPresent()) {
            return Standing.VERB;
        }
        return commands.isEmpty() || asking.getAsBoolean() ? Standing.UNSURE : Standing.UNKNOWN;
    }

    @Override
    public boolean isText(String line) {
        String first = line.strip().split("\\s+", 2)[0];
        if (first.equals("lab") || first.equals(VerbName.ANSWER.word())) {
            return true;
        }
        return asking.getAsBoolean() && !commands.contains(first) && first.matches("[\\p{L}\\d'-]*");
    }

    @Override
    public List<Candidate> candidates(BashParser.AtCursor at) {
        OnHost on = OnHost.of(at.words());
        SortedMap<String, Message> found = new Completions(live.apply(on.host()), terms).of(on.words());
        List<Candidate> candidates = new ArrayList<>();
        found.forEach((name, what) -> candidates.add(candidate(name, Words.text(what), !name.endsWith("="))));
        String word = at.word();
        boolean command = on.words().size() == 1;
        if (command && !word.contains("/")) {
            commands(word, candidates);
        }
        if (word.startsWith("$")) {
            for (String name : lines("compgen -v -- " + ShellWord.quoted(word.substring(1)))) {
                candidates.add(candidate("$" + name, "", false));
            }
        } else if (candidates.isEmpty() || word.contains("/")) {
            files(word, command, candidates);
        }
        return candidates;
    }

    /** The words of a command after {@code on HOST}. @param host empty where the words do not begin with {@code on HOST} */
    private record OnHost(Optional<String> host, List<String> words) {
        static OnHost of(List<String> words) {
            int verb = words.get(0).equals("lab") ? 1 : 0;
            return words.size() > verb + 2 && words.get(verb).equals(VerbName.ON.word())
                    ? new OnHost(Optional.of(words.get(verb + 1)), words.subList(verb + 2, words.size()))
                    : new OnHost(Optional.empty(), words);
        }
    }

    private void commands(String word, List<Candidate> candidates) {
        Set<String> known = commands;
        for (VerbName verb : VerbName.values()) {
            if (verb.bare() && verb.word().startsWith(word) && !known.contains(verb.word())) {
                candidates.add(candidate(verb.word(), Words.text(verb.does()), true));
            }
        }
        if ("lab".startsWith(word)) {
            candidates.add(candidate("lab", Words.text(say("completion.verbs")), true));
        }
        if (!word.isEmpty()) {
            known.stream()
                    .filter(name -> name.startsWith(word))
                    .forEach(name -> candidates.add(candidate(name, "", true)));
        }
    }

    private void files(String word, boolean executable, List<Candidate> candidates) {
        String home = word.startsWith("~/") ? word.substring(1) : "";
        String script =
                "compgen -f -- " + (home.isEmpty() ? ShellWord.quoted(word) : "\"$HOME\"" + ShellWord.quoted(home))
                        + " | head -n " + MOST_FILES + " | while IFS= read -r f; do "
                        + "if [ -d \"$f\" ]; then echo \"$f/\"; " + (executable ? "elif [ -x \"$f\" ]; then" : "else")
                        + " echo \"$f\"; fi; done";
        String homeFolder = home.isEmpty() ? "" : bash.apply("printf %s \"$HOME\"");
        for (String file : new LinkedHashSet<>(lines(script))) {
            String name = home.isEmpty() ? file : "~" + file.substring(Math.min(homeFolder.length(), file.length()));
            candidates.add(candidate(name, "", !name.endsWith("/")));
        }
    }

    private List<String> lines(String script) {
        return bash.apply(script)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("__drydock"))
                .toList();
    }

    private static Candidate candidate(String value, String what, boolean complete) {
        return new Candidate(value, value, null, what.isEmpty() ? null : what, null, null, complete);
    }

    @Override
    public Highlighter highlighter() {
        return highlighter;
    }

    @Override
    public Path history() {
        return history;
    }

    @Override
    public boolean suggests() {
        return suggests;
    }
}
