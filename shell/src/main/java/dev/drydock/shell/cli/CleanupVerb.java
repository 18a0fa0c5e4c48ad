package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.Standing;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.ScratchFolder;
import dev.drydock.engine.session.Sessions.Open;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class CleanupVerb extends Verb {
    @Option(names = "--all")
    private boolean all;

    @Option(names = "--everybody")
    private boolean everybody;

    @Option(names = "--yes")
    private boolean yes;

    @Mixin
    private final PlaceOption place = new PlaceOption();

    @Override
    Exit run() throws IOException {
        if (yes && !everybody) {
            return usage(say("cleanup.yes-alone"));
        }
        if (everybody && place.given()) {
            return usage(say("cleanup.everybody-elsewhere"), say("cleanup.everybody-elsewhere.next"));
        }
        return everybody ? everybody() : own();
    }

    private Exit own() throws IOException {
        Worlds worlds = place.of(parts().worlds());
        List<Open> open = parts().sessions(surroundings().state()).open(worlds).stream()
                .filter(CleanupVerb::mayLive)
                .toList();
        Set<String> keep = all ? Set.of() : kept(open, worlds);
        Exit exit = removed(worlds.cleanup(keep));
        if (!all && !open.isEmpty()) {
            screen().note(say(
                    "cleanup.kept", "labs", open.stream().map(Open::labId).toList()));
        }
        return exit;
    }

    /** The ids of the worlds to keep. A world of a lab whose progress cannot be read may still be wanted. */
    private Set<String> kept(List<Open> open, Worlds worlds) {
        Set<String> keep = open.stream().map(Open::worldId).collect(Collectors.toCollection(TreeSet::new));
        Set<String> unreadable = parts().sessions(surroundings().state()).unreadable();
        if (!unreadable.isEmpty()) {
            worlds.standing().stream()
                    .filter(world -> world.lab().filter(unreadable::contains).isPresent())
                    .forEach(world -> keep.add(world.id()));
        }
        return keep;
    }

    private Exit removed(Worlds.Cleanup cleanup) throws IOException {
        List<Message> removed = new ArrayList<>(cleanup.removed());
        removed.addAll(ScratchFolder.tidy(surroundings().state()));
        removed.forEach(screen()::note);
        if (removed.isEmpty() && cleanup.troubles().isEmpty()) {
            screen().note(say("cleanup.nothing"));
        }
        return cleanup.troubles().isEmpty()
                ? Exit.MET
                : said(Exit.CANNOT_TELL, cleanup.troubles().toArray(Message[]::new));
    }

    private Exit everybody() throws IOException {
        Worlds worlds = parts().worlds();
        List<Standing> standing = worlds.standing();
        if (standing.isEmpty()) {
            screen().note(say("cleanup.none-of-anybody"));
            return Exit.MET;
        }
        standing.forEach(world -> screen().note(line(world)));
        if (!yes) {
            // In a lab's own shell the terminal is the shell's.
            if (!surroundings().terminal() || shell().isPresent()) {
                return usage(say("cleanup.unattended"), say("cleanup.unattended.next"));
            }
            screen().raw(Words.text(say("cleanup.confirm", "count", standing.size())));
            String typed = surroundings().line().strip().toLowerCase(Locale.ROOT);
            screen().landed();
            if (!List.of("y", "yes").contains(typed)) {
                screen().note(say("cleanup.nothing-ended"));
                return Exit.NOT_MET;
            }
        }
        return removed(worlds.end(standing.stream().map(Standing::id).collect(Collectors.toSet())));
    }

    /** {@code 3f2a00112233  bridge-by-hand, of ann, for 3 h (/home/ann/.local/state/drydock)}. */
    private static Message line(Standing world) {
        return say("cleanup.standing")
                .with("world", world.id())
                .with("lab", world.lab())
                .with("owner", world.owner())
                .with("age", world.age().map(age -> age(age.toSeconds())))
                .with("folder", world.stateFolder());
    }

    private static Message age(long seconds) {
        return seconds < 120
                ? say("age.seconds", "number", seconds)
                : seconds < 7200
                        ? say("age.minutes", "number", seconds / 60)
                        : seconds < 172_800
                                ? say("age.hours", "number", seconds / 3600)
                                : say("age.days", "number", seconds / 86_400);
    }

    /** Whether the world may be alive: true also where its place cannot be reached. */
    private static boolean mayLive(Open open) {
        try {
            return open.worldAlive();
        } catch (HostTrouble unreachable) {
            return true;
        }
    }
}
