package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import picocli.CommandLine.Command;

/** Exists only in the lab's own shell, where the lesson was shown and has scrolled away. */
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
