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
 * Everything a command takes from the process around it, handed in so that every verb can be run inside a test.
 *
 * @param out what was asked for
 * @param err what went wrong
 * @param folder where relative paths begin
 * @param labs the folder of the library's labs
 * @param terminal whether a person sits at both ends: standard input and output are a terminal
 * @param look how {@code out} is drawn, asked for anew on every page
 * @param errLook the same of {@code err}, which may go elsewhere
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

    /** The same with another writer for what was asked for. */
    public CliContext withOut(Writer other) {
        return new CliContext(in, other, err, environment, folder, labs, terminal, look, errLook);
    }

    /** The same where what was asked for is drawn in another look. */
    public CliContext withLook(Supplier<DisplayOptions> other) {
        return new CliContext(in, out, err, environment, folder, labs, terminal, other, errLook);
    }

    /** Where progress and traces are kept: {@code $XDG_STATE_HOME/drydock}, usually {@code ~/.local/state/drydock}. */
    public Path state() {
        return UserFolders.state(environment);
    }

    /** Reads standard input up to the next line feed and not a byte further, because another reader takes the rest. Empty at the end of the input. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** A path as it was typed, seen from the folder. */
    Path resolve(String typed) {
        return folder.resolve(typed).normalize();
    }

    /** A path as a reader of this folder would type it. */
    String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(folder) && !absolute.equals(folder)
                ? folder.relativize(absolute).toString()
                : absolute.toString();
    }
}
