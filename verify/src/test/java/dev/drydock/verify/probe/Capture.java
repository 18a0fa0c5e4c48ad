package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A real output that {@code verify/src/test/capture.sh} recorded; an unknown case is an error. */
record Capture(String argv, int exit, String out, String err) {

    /** @param tool without its version */
    static Capture of(String tool, String name) {
        Path folder = Path.of("src/test/resources/captures");
        try (Stream<Path> tools = Files.list(folder)) {
            Path found = tools.filter(path -> path.getFileName().toString().matches(tool + "(-[0-9.]+)?"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no captures of " + tool))
                    .resolve(name);
            return new Capture(
                    Files.readString(Path.of(found + ".argv")),
                    Integer.parseInt(Files.readString(Path.of(found + ".rc")).strip()),
                    Files.readString(Path.of(found + ".out")),
                    Files.readString(Path.of(found + ".err")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    ProbeCapture asProbe() {
        return ProbeCapture.of(argv.replace('\n', ' ').strip(), exit, out, err);
    }
}
