package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The table of all verbs, in the order of the help. The command, the lab's own shell, help, completion and manual pages are generated from it. The
 * class of a verb is instantiated only when the verb is called. The language files say what a verb does.
 */
public enum VerbName {
    LIST(Group.LEARN, Operands.NONE, Typed.BARE_UNTOLD, ListVerb::new),
    START(Group.LEARN, Operands.LAB, Typed.BEHIND_LAB, StartVerb::new),
    RESUME(Group.LEARN, Operands.OPEN_LAB, Typed.BEHIND_LAB, ResumeVerb::new),
    STATUS(Group.LEARN, Operands.NONE, Typed.BARE, StatusVerb::new),
    CHECK(Group.LEARN, Operands.NONE, Typed.BARE, CheckVerb::new),
    HINT(Group.LEARN, Operands.NONE, Typed.BARE, HintVerb::new),
    ANSWER(Group.LEARN, Operands.TEXT, Typed.BARE, AnswerVerb::new),
    LESSON(Group.SHELL, Operands.NONE, Typed.BARE, LessonVerb::new),
    CHANGES(Group.LEARN, Operands.NONE, Typed.BARE, ChangesVerb::new),
    REPORT(Group.LEARN, Operands.OPEN_LAB, Typed.BARE, ReportVerb::new),
    SOLVE(Group.LEARN, Operands.NONE, Typed.BARE, SolveVerb::new),
    NEXT(Group.LEARN, Operands.NONE, Typed.BARE, NextVerb::new),
    SKIP(Group.LEARN, Operands.NONE, Typed.BARE, SkipVerb::new),
    RESET(Group.LEARN, Operands.NONE, Typed.BARE, ResetVerb::new),
    FINISH(Group.LEARN, Operands.OPEN_LAB, Typed.BARE, FinishVerb::new),
    WHY(Group.LEARN, Operands.PLACES, Typed.BARE, WhyVerb::new),
    TRACE(Group.LEARN, Operands.PLACES, Typed.BARE, TraceVerb::new),
    EXPLAIN(Group.LEARN, Operands.TERM, Typed.BARE, ExplainVerb::new),
    PLAY(Group.LEARN, Operands.LAB, Typed.BEHIND_LAB, PlayVerb::new),
    EXPLORE(Group.LEARN, Operands.NONE, Typed.BEHIND_LAB, ExploreVerb::new),
    ON(Group.SHELL, Operands.HOST, Typed.BARE, OnVerb::new),
    TOPO(Group.SEE, Operands.NONE, Typed.BARE, TopoVerb::new),
    TEST(Group.TEACH, Operands.LABS, Typed.BEHIND_LAB, TestVerb::new),
    LINT(Group.TEACH, Operands.FILES, Typed.BEHIND_LAB, LintVerb::new),
    DOCTOR(Group.MACHINE, Operands.NONE, Typed.BEHIND_LAB, DoctorVerb::new),
    CLEANUP(Group.MACHINE, Operands.NONE, Typed.BEHIND_LAB, CleanupVerb::new),
    COMPLETION(Group.MACHINE, Operands.SHELL, Typed.BEHIND_LAB, CompletionVerb::new),
    HELP(Group.SHELL, Operands.VERB, Typed.BARE_UNTOLD, HelpVerb::new);

    /** The group of a verb, in the order of the help. */
    enum Group {
        LEARN,
        SEE,
        TEACH,
        MACHINE,
        /** Verbs of the lab's own shell only; the help of the command leaves them out. */
        SHELL;

        Message title() {
            return say("verbs." + name().toLowerCase(Locale.ROOT));
        }
    }

    /** What follows a verb; completion offers what fits. */
    enum Operands {
        NONE(""),
        LAB("ID|FILE"),
        LABS("ID|FILE..."),
        FILES("FILE..."),
        OPEN_LAB("[ID]"),
        PLACES("A B[:PORT]"),
        TEXT("TEXT"),
        TERM("[TERM]"),
        HOST("HOST"),
        SHELL("SHELL"),
        VERB("[VERB]");

        private final String label;

        Operands(String label) {
            this.label = label;
        }
    }

    /** How a verb is typed in the lab's own shell. */
    enum Typed {
        /** With or without {@code lab} before it. */
        BARE,
        /** As {@link #BARE}, but the help of the lab's own shell leaves the verb out. */
        BARE_UNTOLD,
        BEHIND_LAB
    }

    private final Group group;
    private final Operands words;
    private final Typed typed;
    private final Supplier<Verb> make;

    VerbName(Group group, Operands words, Typed typed, Supplier<Verb> make) {
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

    Operands words() {
        return words;
    }

    /** What follows the verb, as the help writes it; empty for nothing. */
    String takes() {
        return words.label;
    }

    /** What it does, in a few words. */
    public Message does() {
        return say("verb." + word());
    }

    Verb make() {
        return make.get();
    }

    /** Whether the verb also exists outside of a lab's own shell. */
    boolean outside() {
        return group != Group.SHELL;
    }

    /** Whether the verb can be typed without {@code lab} in the lab's own shell. */
    public boolean bare() {
        return typed != Typed.BEHIND_LAB;
    }

    /**
     * Whether the verb has priority in the lab's own shell over a command of bash with the same name: {@code help} and "reset", which
     * newcomers type.
     *
     * @param rest what follows the verb
     */
    public boolean comesFirst(String rest) {
        return switch (this) {
            case HELP -> rest.isEmpty() || of(rest).isPresent();
            case RESET -> rest.isEmpty() || rest.startsWith("--");
            default -> false;
        };
    }

    /** Whether everything after the verb is text that no shell interprets. */
    public boolean takesText() {
        return words == Operands.TEXT || words == Operands.HOST;
    }

    /** Whether the verb takes two places of the lab. */
    public boolean takesPlaces() {
        return words == Operands.PLACES;
    }

    /** The verb with this name, in small letters; empty where there is none. */
    public static Optional<VerbName> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    /** The verb that can be typed as this word, without {@code lab}, in the lab's own shell; empty where there is none. */
    public static Optional<VerbName> bare(String word) {
        return of(word).filter(VerbName::bare);
    }

    /** The names of the verbs that can be typed without {@code lab} in the lab's own shell. */
    public static List<String> bareWords() {
        return Arrays.stream(values())
                .filter(VerbName::bare)
                .map(VerbName::word)
                .toList();
    }

    /** The verbs that also exist outside of a lab's own shell, in the order of the help. */
    static List<VerbName> everywhere() {
        return Arrays.stream(values()).filter(VerbName::outside).toList();
    }

    /** The names of {@link #everywhere()}. */
    static List<String> everyWord() {
        return everywhere().stream().map(VerbName::word).toList();
    }

    /** The help of the lab's own shell: what each verb does, as Markdown, by what is typed. */
    public static Map<String, String> shellHelp() {
        Map<String, String> help = new LinkedHashMap<>();
        for (VerbName verb : values()) {
            if (verb.typed == Typed.BARE) {
                help.put(
                        (verb.word() + " " + verb.takes().replaceAll("\\[.*?\\]", "")).strip(),
                        Words.text(say("verb." + verb.word() + ".shell")));
            }
        }
        return help;
    }
}
