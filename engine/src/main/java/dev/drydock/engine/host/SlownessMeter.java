package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out the {@link Slowness} of one place, and keeps it. For this machine a file keeps it until the next boot. Safe for use by several threads.
 */
final class SlownessMeter {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** A place that takes longer than this gets the greatest slowness. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Optional<Path> file;
    private Optional<Slowness> known;

    private SlownessMeter(Optional<Slowness> known, Optional<Path> file) {
        this.known = known;
        this.file = file;
    }

    /** A meter that uses neither {@code DRYDOCK_PACE} nor the file. */
    static SlownessMeter forgetful() {
        return new SlownessMeter(Optional.empty(), Optional.empty());
    }

    /**
     * A meter that takes {@code DRYDOCK_PACE} where that is set, and else the file {@code ${XDG_CACHE_HOME:-~/.cache}/drydock/pace}.
     *
     * @throws HostTrouble when {@code DRYDOCK_PACE} is not a number from 1 to 100
     */
    static SlownessMeter of(Map<String, String> environment) {
        return new SlownessMeter(
                Slowness.demanded(environment),
                CapabilityCache.fileIn(environment).map(beside -> beside.resolveSibling("pace")));
    }

    /**
     * Takes the output of {@code pace.sh}, a number of microseconds. Ignored where the slowness is known already, and where the text is no such
     * number.
     */
    synchronized void hear(String said) {
        if (known.isEmpty()) {
            known = pace(said);
        }
    }

    /** What is known, without measuring; {@link Slowness#ORDINARY} when nothing is known. */
    synchronized Slowness heard() {
        return known.orElse(Slowness.ORDINARY);
    }

    /**
     * Measures the place on the first call. For this machine only: the command is started without marks.
     *
     * @return {@link Slowness#ORDINARY} where it cannot be measured
     */
    synchronized Slowness of(Place place) {
        if (known.isEmpty()) {
            known = remembered();
            known = known.isPresent() ? known : measured(place);
        }
        // Whatever is wrong there will be told by what is about to be run.
        return heard();
    }

    private Optional<Slowness> measured(Place place) {
        List<String> command = List.of("bash", "-c", Scripts.read("pace.sh"), "pace");
        ProbeOutput output = ScriptRun.plain(place.invocation(command, Scripts.ENVIRONMENT), Slowness.ORDINARY)
                .execute(new byte[0], LIMIT)
                .output();
        String said = output.out().strip();
        Optional<Slowness> measured = output.timedOut() ? Optional.of(new Slowness(Double.MAX_VALUE)) : pace(said);
        if (measured.isPresent() && !output.timedOut()) {
            remember(said);
        }
        return measured;
    }

    private static Optional<Slowness> pace(String said) {
        return said.matches("\\d{1,9}") ? Optional.of(Slowness.measured(Long.parseLong(said))) : Optional.empty();
    }

    /** The file holds {@code BOOT_ID MICROSECONDS}. */
    private Optional<Slowness> remembered() {
        try {
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String[] words = Files.readString(file.get()).strip().split(" ");
            return words.length == 2 && words[0].equals(boot()) && words[1].matches("\\d{1,9}")
                    ? Optional.of(Slowness.measured(Long.parseLong(words[1])))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void remember(String micros) {
        try {
            if (file.isPresent()) {
                Path folder = file.get().getParent();
                Files.createDirectories(folder);
                Path fresh = Files.createTempFile(folder, "pace", ".new");
                Files.writeString(fresh, boot() + " " + micros + "\n");
                Files.move(fresh, file.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // It will be measured again.
        }
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }
}
