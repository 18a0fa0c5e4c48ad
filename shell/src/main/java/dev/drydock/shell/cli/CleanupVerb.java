package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Sessions.Open;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class CleanupVerb extends Verb {
    @Option(
            names = "--all",
            description = {"Open labs too: their lab hosts end,", "and lab resume begins them anew."})
    private boolean all;

    @Override
    Exit run() {
        List<Open> open = parts().sessions(surroundings().state()).open(parts().worlds()).stream()
                .filter(Open::worldAlive)
                .toList();
        Set<String> keep = open.stream().map(Open::worldId).collect(Collectors.toSet());
        Worlds worlds = parts().worlds();
        List<String> removed = (all ? worlds.endAll() : worlds.cleanup(keep)).removed();
        removed.forEach(screen()::note);
        if (removed.isEmpty()) {
            screen().note("Nothing was left behind.");
        }
        if (!all && !open.isEmpty()) {
            screen().note("Kept: the lab host of "
                    + String.join(", ", open.stream().map(Open::labId).toList())
                    + ". lab cleanup --all removes open labs' too.");
        }
        return Exit.MET;
    }
}
