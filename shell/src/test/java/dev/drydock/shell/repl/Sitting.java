package dev.drydock.shell.repl;

import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Tty;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The shell as a process of its own, on a rehearsed lab: what the tests behind a terminal drive. */
final class Sitting {
    private Sitting() {}

    public static void main(String[] arguments) throws Exception {
        UnsharedHost host = UnsharedHost.start();
        try {
            Map<String, String> environment = System.getenv();
            boolean terminal = Tty.is(0) && Tty.is(1);
            Supplier<DisplayOptions> look = () -> {
                int[] size = terminal ? Tty.size(1) : new int[] {0, 0};
                return DisplayOptions.of(environment, terminal, size[0], size[1]);
            };
            Writer out = new OutputStreamWriter(System.out, DisplayOptions.charset(environment));
            CliContext surroundings =
                    new CliContext(System.in, out, out, environment, Path.of(""), Path.of(""), terminal, look, look);
            Repl repl = new Repl(surroundings, lab -> Optional.empty(), new RehearsedParts());
            Exit exit = repl.converse(() -> new RehearsedSession(host), opened -> {});
            out.write("left with " + exit.status() + "\n");
            out.flush();
            System.exit(exit.status());
        } finally {
            host.end();
        }
    }
}
