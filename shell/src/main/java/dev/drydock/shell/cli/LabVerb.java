package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Problem;
import dev.drydock.shell.screen.LintText;
import dev.drydock.shell.screen.Screen;
import java.util.List;
import java.util.Optional;

/** A verb that takes a lab by its id or its file. */
abstract class LabVerb extends Verb {
    private Exit refusal = Exit.USAGE;

    final Library library() {
        return new Library(surroundings());
    }

    /**
     * Finds and reads a lab. Where that fails, writes the reason to standard error; {@link #refusal()} is then the exit status.
     *
     * @param reference an id or a path, see {@link Library#find}
     */
    final Optional<Lab> lab(String reference) {
        Library.Found found = library().find(reference);
        found.sentence().ifPresent(sentence -> {
            refusal = said(Exit.USAGE, sentence, say("library.next"));
        });
        if (found.sentence().isEmpty() && found.lab().isEmpty()) {
            refusal = invalid(found.problems());
        }
        return found.lab();
    }

    /**
     * Makes sure that the place of a lab can be reached, and names the place if it is not this machine.
     *
     * @throws dev.drydock.engine.host.HostTrouble when the place cannot be reached
     */
    final void beThere(Worlds worlds, String labId) {
        worlds.reach();
        if (!worlds.called().equals(Worlds.HERE)) {
            screen().note(say("session.lab-host-is-on", "lab", labId, "machine", worlds.called()));
        }
    }

    final Exit refusal() {
        return refusal;
    }

    final Exit invalid(List<Problem> problems) {
        Screen err = new Screen(surroundings().err(), surroundings().errLook());
        err.write(LintText.of(problems, surroundings()::shown, err.look()));
        err.write(List.of(LintText.count(problems, 1)));
        return Exit.INVALID_LAB;
    }
}
