package dev.drydock.shell.cli;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Sessions.Open;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class CleanupVerb extends Verb {
    @Option(
            names = "--all",
            description = {"Open labs too: their lab hosts end,", "and lab resume begins them anew."})
    private boolean all;

    @Mixin
    private final PlaceOption place = new PlaceOption();

    @Override
    Exit run() {
        Worlds worlds = place.of(parts().worlds());
        List<Open> open = parts().sessions(surroundings().state()).open(worlds).stream()
                .filter(CleanupVerb::mayLive)
                .toList();
        Set<String> keep = open.stream().map(Open::worldId).collect(Collectors.toSet());
        Worlds.Cleanup cleanup = all ? worlds.endAll() : worlds.cleanup(keep);
        List<String> removed = cleanup.removed();
        removed.forEach(screen()::note);
        if (removed.isEmpty() && cleanup.troubles().isEmpty()) {
            screen().note("Nothing was left behind.");
        }
        if (!all && !open.isEmpty()) {
            screen().note("Kept: the lab host of "
                    + String.join(", ", open.stream().map(Open::labId).toList())
                    + ". lab cleanup --all removes open labs' too.");
        }
        return cleanup.troubles().isEmpty()
                ? Exit.MET
                : said(Exit.CANNOT_TELL, cleanup.troubles().toArray(String[]::new));
    }

    /** What stands in a place that cannot be asked is not given up. */
    private static boolean mayLive(Open open) {
        try {
            return open.worldAlive();
        } catch (HostTrouble unreachable) {
            return true;
        }
    }
}
