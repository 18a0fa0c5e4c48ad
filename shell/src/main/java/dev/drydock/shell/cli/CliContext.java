package dev.drydock.shell.cli;

import dev.drydock.engine.host.UserFolders;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command needs from its process, passed in so that a test can run every verb.
 *
 * @param in standard input
 * @param out gets what was asked for
 * @param err gets what went wrong
 * @param environment the environment variables
 * @param folder the working directory, as an absolute path
 * @param labs the folder of the library's labs
 * @param terminal whether standard input and standard output are a terminal
 * @param look how {@code out} is drawn; asked for before every page
 * @param errLook how {@code err} is drawn, which may be something else
 */
public record CliContext(
        InputStream in,
        Writer out,
        Writer err,
        Map<String, String> environment,
        Path folder,
        Path labs,
        boolean terminal,
        Supplier<DisplayOptions> look,
        Supplier<DisplayOptions> errLook) {
    public CliContext {
        environment = Map.copyOf(environment);
    }

    /** The same with another {@code out}. */
    public CliContext withOut(Writer other) {
        return new CliContext(in, other, err, environment, folder, labs, terminal, look, errLook);
    }

    /** The same with another look for {@code out}. */
    public CliContext withLook(Supplier<DisplayOptions> other) {
        return new CliContext(in, out, err, environment, folder, labs, terminal, other, errLook);
    }

    /** The state folder for progress and traces: {@code $XDG_STATE_HOME/drydock}, usually {@code ~/.local/state/drydock}. */
    public Path state() {
        return UserFolders.state(environment);
    }

    /**
     * Reads one line of standard input, up to the line feed and not a byte further, because another reader takes the rest.
     *
     * @return the line without its line feed; empty at the end of the input
     */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /**
     * The path that was typed, relative to {@code folder} or absolute.
     *
     * @throws java.nio.file.InvalidPathException when the text cannot be a path
     */
    Path resolve(String typed) {
        return folder.resolve(typed).normalize();
    }

    /** A path as a user in {@code folder} would type it. */
    String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(folder) && !absolute.equals(folder)
                ? folder.relativize(absolute).toString()
                : absolute.toString();
    }
}
