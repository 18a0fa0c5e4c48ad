package dev.drydock.shell.repl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the learner can ask of the lab itself, typed bare or behind {@code lab}. */
enum Verb {
    CHECK("judges this step and says why a goal is not met"),
    HINT("the next hint"),
    ANSWER("answers the step's question"),
    NEXT("goes on when the step is done"),
    LESSON("shows the step again"),
    STATUS("where things stand"),
    TOPO("draws the network as it is now"),
    CHANGES("what the last command changed"),
    SOLVE("runs the reference solution"),
    SKIP("goes on without"),
    RESET("a fresh machine, from the first step"),
    FINISH("ends the lab and its machine"),
    WHY("why A can or cannot reach B: why web 8.8.8.8"),
    ON("switches to another lab host"),
    TRACE("follows a real packet: trace A B[:PORT]"),
    LIST("the labs"),
    HELP("what can be typed here");

    private final String does;

    Verb(String does) {
        this.does = does;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String does() {
        return does;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }
}
