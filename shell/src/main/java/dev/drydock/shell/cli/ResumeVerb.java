package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Sessions;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command
final class ResumeVerb extends NamedOpenVerb {
    @Override
    boolean opensAShell() {
        return true;
    }

    @Override
    Exit inside(OwnShell own) {
        throw new IllegalStateException("a verb that opens a shell is refused in one");
    }

    @Override
    Exit run(Sessions.Open open, Sessions sessions, Worlds worlds) throws Exception {
        Optional<Lab> lab = lab(open.labReference());
        if (lab.isEmpty()) {
            return refusal();
        }
        beThere(worlds.at(open.place()), open.labId());
        return parts().converse(
                        sessions,
                        EagerResult.of(() -> sessions.resume(Optional.of(open.labId()), reference -> lab.get(), worlds)
                                .orElseThrow()),
                        library(),
                        surroundings());
    }
}
