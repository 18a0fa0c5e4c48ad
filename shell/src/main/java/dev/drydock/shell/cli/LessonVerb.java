package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import picocli.CommandLine.Command;

/** Only the lab's own shell has it: there, the lesson was shown and scrolled away. */
@Command
final class LessonVerb extends OpenVerb {
    @Override
    final boolean ofALesson() {
        return true;
    }

    @Override
    Exit run(Session session) {
        shell().orElseThrow().then(OwnShell.Next.STEP);
        return Exit.MET;
    }
}
