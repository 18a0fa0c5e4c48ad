package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.lab.Lab;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prepares a new world for the first step of a lab: copies the lab's files and runs its setup script. */
public final class LabSetup {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LAST_LINES = 8;

    private LabSetup() {}

    /** The world that a lab asks for. */
    public static WorldRequest request(Lab lab) {
        return new WorldRequest(lab.id(), lab.hosts(), lab.needs(), lab.images());
    }

    /**
     * Copies {@code files/} of the lab to {@code /root} on every lab host, then runs the setup script, which begins on the first host.
     *
     * @throws SetupFailed when the copying or the script ends with a status other than 0, or takes longer than two minutes
     * @throws HostTrouble when the files of the lab cannot be read, or a lab host is gone
     */
    public static void lay(Lab lab, World world) {
        String files = unpacking(lab.folder().resolve("files"));
        if (!files.isEmpty()) {
            for (String name : world.hostNames()) {
                require(world.host(name).run(files, LIMIT), false, lab);
            }
        }
        lab.setup().ifPresent(script -> require(WorldScript.of(world, script).run(LIMIT), true, lab));
    }

    /** The lab's setup script failed, or its files could not be copied. */
    public static final class SetupFailed extends HostTrouble {
        private static final long serialVersionUID = 1L;

        SetupFailed(Message message) {
            super(message);
        }
    }

    private static void require(ProbeOutput output, boolean script, Lab lab) {
        if (output.timedOut() || output.exit() != 0) {
            throw new SetupFailed(say(script ? "setup.script-failed" : "setup.files-failed")
                    .with("lab", lab.id())
                    .with("timeout", output.timedOut())
                    .with("seconds", output.elapsed().toSeconds())
                    .with("status", output.exit())
                    .with("output", lastLines(output.out() + output.err())));
        }
    }

    /** The last lines of an output, each after a line break and two spaces; an empty string where nothing was printed. */
    static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                .map(line -> "\n  " + line)
                .collect(Collectors.joining());
    }

    /** A script that writes the regular files of the folder under {@code /root}; symbolic links are left out. Empty where there is no folder. */
    private static String unpacking(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        StringBuilder script = new StringBuilder("set -e\n");
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    String target = ShellWord.quoted(
                            "/root/" + folder.relativize(path).toString().replace('\\', '/'));
                    script.append("install -D -m ")
                            .append(Files.isExecutable(path) ? "755" : "644")
                            .append(" /dev/null ")
                            .append(target)
                            .append("\nbase64 -d >")
                            .append(target)
                            .append(" <<'END'\n")
                            .append(Base64.getMimeEncoder(76, new byte[] {'\n'})
                                    .encodeToString(Files.readAllBytes(path)))
                            .append("\nEND\n");
                }
            }
        } catch (IOException e) {
            throw new HostTrouble(
                    say("setup.files-not-read", "folder", folder.toString(), "error", String.valueOf(e.getMessage())),
                    e);
        }
        return script.toString();
    }
}
