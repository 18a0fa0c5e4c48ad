package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ends the nsenter processes of {@code enter.sh} that outlived their lab host. nsenter stops itself when its child is stopped, and does not notice
 * that the child has ended until it gets SIGCONT. After {@code kill -STOP $$} in a lab host and the end of the world, no process sends SIGCONT.
 */
final class Stragglers {
    /** The arguments of nsenter after the pid of the lab host's first process; only {@code enter.sh} gives all of them. */
    private static final List<String> ENTERING =
            List.of("--user", "--mount", "--net", "--uts", "--ipc", "--pid", "--wdns=/");

    private Stragglers() {}

    /**
     * Kills those that belong to the caller. An nsenter whose lab host still runs is left alone.
     *
     * @param killed first processes of worlds that were just killed; the kernel may not have ended their lab hosts yet
     * @throws HostTrouble when the processes cannot be listed
     */
    static void end(Set<MachineProcess> killed) {
        try {
            for (MachineProcess straggler : all(killed)) {
                straggler.kill();
            }
        } catch (IOException e) {
            throw new HostTrouble(say("host.processes-not-listed", "error", String.valueOf(e.getMessage())), e);
        }
    }

    private static List<MachineProcess> all(Set<MachineProcess> killed) throws IOException {
        List<MachineProcess> all = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (outlivedItsHost(Leftovers.words(process), pid, killed) && Leftovers.outside(process)) {
                    MachineProcess.of(pid).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static boolean outlivedItsHost(List<String> words, long pid, Set<MachineProcess> killed) {
        return words.size() > 3 + ENTERING.size()
                && words.get(0).equals("nsenter")
                && words.get(1).equals("--target")
                && words.get(2).matches("\\d{1,18}")
                && words.subList(3, 3 + ENTERING.size()).equals(ENTERING)
                && !runsSince(Long.parseLong(words.get(2)), pid, killed);
    }

    /** Whether the lab host still runs. A process with its pid that is younger than the nsenter is another process that got the same pid later. */
    private static boolean runsSince(long host, long younger, Set<MachineProcess> killed) {
        return MachineProcess.of(host)
                .filter(MachineProcess::alive)
                .filter(found -> MachineProcess.of(younger)
                        .map(one -> found.started() <= one.started())
                        .orElse(true))
                .filter(found -> !isBelow(found, killed))
                .isPresent();
    }

    private static boolean isBelow(MachineProcess process, Set<MachineProcess> killed) {
        return killed.contains(process)
                || process.parent().filter(parent -> isBelow(parent, killed)).isPresent();
    }
}
