package dev.drydock.shell.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one table of verbs: the command, the lab's own shell, help, completion and manual pages are made from it. The order is that of the
 * help. The class behind a verb is made only when the verb is called.
 */
public enum VerbName {
    LIST(Group.LEARN, Words.NONE, "the labs, and how far you are", Bare.UNTOLD, ListVerb::new),
    START(Group.LEARN, Words.LAB, "begin a lab, or go on where you left it", StartVerb::new),
    RESUME(Group.LEARN, Words.OPEN_LAB, "back into the open lab", ResumeVerb::new),
    STATUS(Group.LEARN, Words.NONE, "where you stand in the open lab", "where you stand in the lab", StatusVerb::new),
    CHECK(
            Group.LEARN,
            Words.NONE,
            "judge the current step, and say why a goal is not met",
            "judge this step, and say why a goal is not met",
            CheckVerb::new),
    HINT(Group.LEARN, Words.NONE, "the next hint of the current step", "the next hint of this step", HintVerb::new),
    ANSWER(
            Group.LEARN,
            Words.TEXT,
            "answer the current step's question",
            "answer this step's question",
            AnswerVerb::new),
    LESSON(Group.SHELL, Words.NONE, "show the current step again", "show this step again", LessonVerb::new),
    CHANGES(
            Group.LEARN,
            Words.NONE,
            "what the last command changed, in the kernel's words",
            "what your last command did, in the kernel's words",
            ChangesVerb::new),
    SOLVE(
            Group.LEARN,
            Words.NONE,
            "run the reference solution, shown as it runs",
            "run the reference solution of this step, shown as it runs",
            SolveVerb::new),
    NEXT(
            Group.LEARN,
            Words.NONE,
            "go on to the next step",
            "go on (so does Enter on an empty line, once the step is done)",
            NextVerb::new),
    SKIP(
            Group.LEARN,
            Words.NONE,
            "go on although the step is not done",
            "go on although the step is not done",
            SkipVerb::new),
    RESET(
            Group.LEARN,
            Words.NONE,
            "a fresh lab host, back to the first step",
            "a fresh lab host, back to the first step",
            ResetVerb::new),
    FINISH(
            Group.LEARN,
            Words.OPEN_LAB,
            "end the open lab and its lab host",
            "end the lab and its lab host",
            FinishVerb::new),
    WHY(
            Group.LEARN,
            Words.PLACES,
            "why one place can or cannot reach another",
            "why A can or cannot reach B, link by link; `B:PORT` for TCP",
            WhyVerb::new),
    TRACE(
            Group.LEARN,
            Words.PLACES,
            "a real packet's way there and back, rule by rule",
            "follow a real packet there and back; `B:PORT` for TCP",
            TraceVerb::new),
    PLAY(Group.LEARN, Words.LAB, "watch a lab do itself, in a world of its own", PlayVerb::new),
    EXPLORE(Group.LEARN, Words.NONE, "a lab host without a lesson, to try things on", ExploreVerb::new),
    ON(
            Group.SHELL,
            Words.HOST,
            "switch to another lab host",
            "switch to another lab host; with a command behind, run it there",
            OnVerb::new),
    TOPO(
            Group.SEE,
            Words.NONE,
            "draw the network of the open lab as it is now",
            "draw the network as it is now; `lab topo --watch` in a second terminal keeps drawing",
            TopoVerb::new),
    TEST(Group.TEACH, Words.LABS, "prove that a lab teaches and grades correctly", TestVerb::new),
    LINT(Group.TEACH, Words.FILES, "find what is wrong in a lab file", LintVerb::new),
    DOCTOR(Group.MACHINE, Words.NONE, "what this machine can run, what is missing, what mends it", DoctorVerb::new),
    CLEANUP(Group.MACHINE, Words.NONE, "remove whatever labs left behind", CleanupVerb::new),
    COMPLETION(Group.MACHINE, Words.SHELL, "print a completion script: bash or zsh", CompletionVerb::new),
    HELP(Group.EVERYWHERE, Words.VERB, "what can be typed here", Bare.UNTOLD, HelpVerb::new);

    /** Whom a verb serves; the order is the order of the help. */
    enum Group {
        LEARN("Learn"),
        SEE("See"),
        TEACH("Teach"),
        MACHINE("This machine"),
        /** Of the lab's own shell; the command knows no such verb. */
        SHELL(""),
        /** The help itself, which the help does not tell of. */
        EVERYWHERE("");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** What stands behind a verb; completion offers what fits. */
    enum Words {
        NONE(""),
        LAB("ID|FILE"),
        LABS("ID|FILE..."),
        FILES("FILE..."),
        OPEN_LAB("[ID]"),
        PLACES("A B[:PORT]"),
        TEXT("TEXT"),
        HOST("HOST"),
        SHELL("SHELL"),
        VERB("[VERB]");

        private final String label;

        Words(String label) {
            this.label = label;
        }
    }

    /** How a verb is told of in the lab's own shell, beside a sentence of its own. */
    private static final class Bare {
        /** It can be typed without {@code lab}, but the help of the shell leaves it out. */
        static final String UNTOLD = "";
    }

    private final Group group;
    private final Words words;
    private final String does;
    private final Optional<String> bare;
    private final Supplier<Verb> make;

    VerbName(Group group, Words words, String does, Supplier<Verb> make) {
        this(group, words, does, Optional.empty(), make);
    }

    /** @param bare what the help of the lab's own shell says of it, as Markdown: there it can be typed without {@code lab} */
    VerbName(Group group, Words words, String does, String bare, Supplier<Verb> make) {
        this(group, words, does, Optional.of(bare), make);
    }

    VerbName(Group group, Words words, String does, Optional<String> bare, Supplier<Verb> make) {
        this.group = group;
        this.words = words;
        this.does = does;
        this.bare = bare;
        this.make = make;
    }

    Group group() {
        return group;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Words words() {
        return words;
    }

    /** What stands behind the verb, as the help says it; empty for nothing. */
    String takes() {
        return words.label;
    }

    /** What it does, in a few words. */
    public String does() {
        return does;
    }

    Verb make() {
        return make.get();
    }

    /** Whether {@code lab} in any terminal knows it. */
    boolean outside() {
        return group != Group.SHELL && group != Group.EVERYWHERE;
    }

    /** Whether it can be typed without {@code lab} in the lab's own shell. */
    public boolean bare() {
        return bare.isPresent();
    }

    /** Whether all that stands behind it is text that no shell reads. */
    public boolean takesText() {
        return words == Words.TEXT || words == Words.HOST;
    }

    /** Whether it goes from one place of the lab to another. */
    public boolean takesPlaces() {
        return words == Words.PLACES;
    }

    public static Optional<VerbName> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    /** The verb that a word is in the lab's own shell without {@code lab} before it. */
    public static Optional<VerbName> bare(String word) {
        return of(word).filter(VerbName::bare);
    }

    /** Those that the command knows in any terminal, in the order of the help. */
    static List<VerbName> everywhere() {
        return Arrays.stream(values()).filter(VerbName::outside).toList();
    }

    /** The words of {@link #everywhere()}. */
    static List<String> everyWord() {
        return everywhere().stream().map(VerbName::word).toList();
    }

    /** What the help of the lab's own shell says, as Markdown by what is typed. */
    public static Map<String, String> shellHelp() {
        Map<String, String> help = new LinkedHashMap<>();
        for (VerbName verb : values()) {
            String typed = (verb.word() + " " + verb.takes().replaceAll("\\[.*?\\]", "")).strip();
            verb.bare.filter(told -> !told.equals(Bare.UNTOLD)).ifPresent(told -> help.put(typed, told));
        }
        return help;
    }
}
