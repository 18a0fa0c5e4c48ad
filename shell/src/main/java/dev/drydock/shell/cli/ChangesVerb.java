package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class ChangesVerb extends OpenVerb {
    enum Since {
        command,
        step,
        start
    }

    enum Switch {
        on,
        off
    }

    @Option(names = "--since", paramLabel = "WHEN")
    private Since since = Since.command;

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--as-commands")
    private boolean asCommands;

    @Option(names = "--format", paramLabel = "FORMAT")
    private Format format = Format.text;

    @Option(names = "--always", paramLabel = "on|off")
    private Switch always;

    @Override
    List<String> examples() {
        return List.of(
                "lab changes", "lab changes --as-commands", "lab changes --since step", "lab changes --always on");
    }

    @Override
    Optional<Exit> withoutLab() throws IOException {
        if (always == null) {
            return Optional.empty();
        }
        new AfterEachCommand(surroundings().state()).set(always == Switch.on);
        screen().note(say(always == Switch.on ? "changes.always" : "changes.asked"));
        return Optional.of(Exit.MET);
    }

    @Override
    Exit run(Session session) throws IOException {
        Difference difference =
                session.changes(Difference.Since.valueOf(since.name().toUpperCase(Locale.ROOT)));
        if (format == Format.json) {
            json(ChangesJson.of(session, difference));
        } else if (asCommands) {
            screen().commandsOf(difference);
        } else {
            screen().changes(difference, all);
        }
        boolean known = difference
                .changes()
                .filter(changes -> changes.unread().isEmpty())
                .isPresent();
        return known ? Exit.MET : Exit.CANNOT_TELL;
    }
}
