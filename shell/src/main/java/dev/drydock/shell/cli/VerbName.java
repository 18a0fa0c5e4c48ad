package dev.drydock.shell.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/**
 * The one table of verbs: the command, the lab's own shell, help, completion and manual pages are made from it. The order is that of the
 * help. The class behind a verb is made only when the verb is called; what it does is told by {@code verbs.properties}.
 */
public enum VerbName {
    LIST(Group.LEARN, Words.NONE, Typed.BARE, ListVerb::new),
    START(Group.LEARN, Words.LAB, Typed.BEHIND_LAB, StartVerb::new),
    RESUME(Group.LEARN, Words.OPEN_LAB, Typed.BEHIND_LAB, ResumeVerb::new),
    STATUS(Group.LEARN, Words.NONE, Typed.BARE, StatusVerb::new),
    CHECK(Group.LEARN, Words.NONE, Typed.BARE, CheckVerb::new),
    HINT(Group.LEARN, Words.NONE, Typed.BARE, HintVerb::new),
    ANSWER(Group.LEARN, Words.TEXT, Typed.BARE, AnswerVerb::new),
    LESSON(Group.SHELL, Words.NONE, Typed.BARE, LessonVerb::new),
    CHANGES(Group.LEARN, Words.NONE, Typed.BARE, ChangesVerb::new),
    SOLVE(Group.LEARN, Words.NONE, Typed.BARE, SolveVerb::new),
    NEXT(Group.LEARN, Words.NONE, Typed.BARE, NextVerb::new),
    SKIP(Group.LEARN, Words.NONE, Typed.BARE, SkipVerb::new),
    RESET(Group.LEARN, Words.NONE, Typed.BARE, ResetVerb::new),
    FINISH(Group.LEARN, Words.OPEN_LAB, Typed.BARE, FinishVerb::new),
    WHY(Group.LEARN, Words.PLACES, Typed.BARE, WhyVerb::new),
    TRACE(Group.LEARN, Words.PLACES, Typed.BARE, TraceVerb::new),
    PLAY(Group.LEARN, Words.LAB, Typed.BEHIND_LAB, PlayVerb::new),
    EXPLORE(Group.LEARN, Words.NONE, Typed.BEHIND_LAB, ExploreVerb::new),
    ON(Group.SHELL, Words.HOST, Typed.BARE, OnVerb::new),
    TOPO(Group.SEE, Words.NONE, Typed.BARE, TopoVerb::new),
    TEST(Group.TEACH, Words.LABS, Typed.BEHIND_LAB, TestVerb::new),
    LINT(Group.TEACH, Words.FILES, Typed.BEHIND_LAB, LintVerb::new),
    DOCTOR(Group.MACHINE, Words.NONE, Typed.BEHIND_LAB, DoctorVerb::new),
    CLEANUP(Group.MACHINE, Words.NONE, Typed.BEHIND_LAB, CleanupVerb::new),
    COMPLETION(Group.MACHINE, Words.SHELL, Typed.BEHIND_LAB, CompletionVerb::new),
    HELP(Group.SHELL, Words.VERB, Typed.BARE, HelpVerb::new);

    /** Whom a verb serves; the order is the order of the help. */
    enum Group {
        LEARN("Learn"),
        SEE("See"),
        TEACH("Teach"),
        MACHINE("This machine"),
        /** Of the lab's own shell; the help of the command does not tell of these. */
        SHELL("");

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

    /** How a verb is typed in the lab's own shell. */
    enum Typed {
        /** With or without {@code lab} before it. */
        BARE,
        BEHIND_LAB
    }

    private final Group group;
    private final Words words;
    private final Typed typed;
    private final Supplier<Verb> make;

    VerbName(Group group, Words words, Typed typed, Supplier<Verb> make) {
        this.group = group;
        this.words = words;
        this.typed = typed;
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
        return texts().getString(word());
    }

    Verb make() {
        return make.get();
    }

    /** Whether {@code lab} in any terminal knows it. */
    boolean outside() {
        return group != Group.SHELL;
    }

    /** Whether it can be typed without {@code lab} in the lab's own shell. */
    public boolean bare() {
        return typed == Typed.BARE;
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
            String key = verb.word() + ".shell";
            if (texts().containsKey(key)) {
                help.put(
                        (verb.word() + " " + verb.takes().replaceAll("\\[.*?\\]", "")).strip(), texts().getString(key));
            }
        }
        return help;
    }

    /** Read when somebody first asks what a verb does. */
    private static ResourceBundle texts() {
        return ResourceBundle.getBundle("dev.drydock.shell.cli.verbs", Locale.ROOT);
    }
}
