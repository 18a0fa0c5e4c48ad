package dev.drydock.shell.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Every verb: what it is called, what it takes, what it does; the class behind it is made only when it is called. */
enum VerbName {
    LIST(Group.LEARN, "", "the labs, and how far you are", ListVerb::new),
    START(Group.LEARN, "ID|FILE", "begin a lab, or go on where you left it", StartVerb::new),
    RESUME(Group.LEARN, "[ID]", "back into the open lab", ResumeVerb::new),
    STATUS(Group.LEARN, "", "where you stand in the open lab", StatusVerb::new),
    CHECK(Group.LEARN, "", "judge the current step, and say why a goal is not met", CheckVerb::new),
    HINT(Group.LEARN, "", "the next hint of the current step", HintVerb::new),
    ANSWER(Group.LEARN, "TEXT", "answer the current step's question", AnswerVerb::new),
    CHANGES(Group.LEARN, "", "what the last command changed, in the kernel's words", ChangesVerb::new),
    SOLVE(Group.LEARN, "", "run the reference solution, shown as it runs", SolveVerb::new),
    NEXT(Group.LEARN, "", "go on to the next step", NextVerb::new),
    SKIP(Group.LEARN, "", "go on although the step is not done", SkipVerb::new),
    RESET(Group.LEARN, "", "a fresh lab host, back to the first step", ResetVerb::new),
    FINISH(Group.LEARN, "[ID]", "end the open lab and its lab host", FinishVerb::new),
    WHY(Group.LEARN, "A B[:PORT]", "why one place can or cannot reach another", WhyVerb::new),
    TRACE(Group.LEARN, "A B[:PORT]", "a real packet's way there and back, rule by rule", TraceVerb::new),
    PLAY(Group.LEARN, "ID|FILE", "watch a lab do itself, in a world of its own", PlayVerb::new),
    EXPLORE(Group.LEARN, "", "a lab host without a lesson, to try things on", ExploreVerb::new),
    TOPO(Group.SEE, "", "draw the network of the open lab as it is now", TopoVerb::new),
    TEST(Group.TEACH, "ID|FILE...", "prove that a lab teaches and grades correctly", TestVerb::new),
    LINT(Group.TEACH, "FILE...", "find what is wrong in a lab file", LintVerb::new),
    DOCTOR(Group.MACHINE, "", "what this machine can run, what is missing, what mends it", DoctorVerb::new),
    CLEANUP(Group.MACHINE, "", "remove whatever labs left behind", CleanupVerb::new),
    COMPLETION(Group.MACHINE, "SHELL", "print a completion script: bash or zsh", CompletionVerb::new);

    /** Whom a verb serves; the order is the order of the help. */
    enum Group {
        LEARN("Learn"),
        SEE("See"),
        TEACH("Teach"),
        MACHINE("This machine");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Group group;
    private final String takes;
    private final String does;
    private final Supplier<Verb> make;

    VerbName(Group group, String takes, String does, Supplier<Verb> make) {
        this.group = group;
        this.takes = takes;
        this.does = does;
        this.make = make;
    }

    Group group() {
        return group;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String takes() {
        return takes;
    }

    String does() {
        return does;
    }

    Verb make() {
        return make.get();
    }

    static Optional<VerbName> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(VerbName::word).toList();
    }
}
