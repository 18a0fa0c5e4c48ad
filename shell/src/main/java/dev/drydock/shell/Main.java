package dev.drydock.shell;

import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.cli.Traces;
import dev.drydock.shell.cli.Tty;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.verify.words.Words;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The entry point: passes the streams, environment and terminal of the process to the command, and exits with the command's status. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = environment(System.getenv());
        Words.speakTo(environment);
        Charset charset = DisplayOptions.charset(environment);
        CliContext surroundings = new CliContext(
                System.in,
                writer(FileDescriptor.out, charset),
                writer(FileDescriptor.err, charset),
                environment,
                Path.of("").toAbsolutePath(),
                labs(environment),
                Tty.is(0) && Tty.is(1),
                look(environment, 1),
                look(environment, 2));
        Words.callCommand(CommandName.of(
                Optional.ofNullable(System.getProperty("drydock.messages")).map(Path::of),
                surroundings.folder(),
                environment.getOrDefault("PATH", "")));
        Cli cli = new Cli(surroundings, new Wiring(surroundings));
        // What a thread in the background stumbles over costs what it was doing; a trace on the screen would help
        // nobody.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, bug) -> Traces.in(surroundings).kept(bug));
        System.exit(cli.run(List.of(arguments)));
    }

    /**
     * The environment of the user who typed the command. The launcher starts the JVM in a locale that can spell every file name, and keeps the
     * user's {@code LC_ALL} in {@code DRYDOCK_LC_ALL}.
     */
    static Map<String, String> environment(Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(given);
        String locale = environment.remove("DRYDOCK_LC_ALL");
        if (locale != null && locale.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (locale != null) {
            environment.put("LC_ALL", locale);
        }
        return environment;
    }

    private static Writer writer(FileDescriptor descriptor, Charset charset) {
        // Output of real commands may hold anything: what the locale lacks comes out as '?', never as an exception.
        return new OutputStreamWriter(
                new FileOutputStream(descriptor),
                charset.equals(StandardCharsets.UTF_8) ? charset : StandardCharsets.US_ASCII);
    }

    private static Supplier<DisplayOptions> look(Map<String, String> environment, int descriptor) {
        boolean terminal = Tty.is(descriptor);
        return () -> {
            int[] size = terminal ? Tty.size(descriptor) : new int[] {0, 0};
            return DisplayOptions.of(environment, terminal, size[0], size[1]);
        };
    }

    private static Path labs(Map<String, String> environment) {
        String folder = environment.getOrDefault("DRYDOCK_LABS", "");
        if (folder.isEmpty()) {
            folder = System.getProperty("drydock.labs", "/usr/share/drydock/labs");
        }
        return Path.of(folder).toAbsolutePath();
    }
}
