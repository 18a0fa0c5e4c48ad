package dev.drydock.engine.session;

import dev.drydock.engine.host.InteractiveProgram;
import dev.drydock.engine.host.LabHost;
import dev.drydock.verify.ProbeOutput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs scripts in this machine's own bash: for what is about bash and needs no kernel of a lab. */
public final class PlainBash implements LabHost {
    private final Path folder;

    public PlainBash(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "labhost";
    }

    @Override
    public ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err) {
        try {
            Path file = Files.writeString(Files.createTempFile(folder, "script", ""), script);
            Process process = new ProcessBuilder("bash", file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(false)
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            process.getOutputStream().close();
            StringBuilder text = new StringBuilder();
            char[] piece = new char[7];
            try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
                for (int n = reader.read(piece); n > 0; n = reader.read(piece)) {
                    text.append(piece, 0, n);
                    out.accept(new String(piece, 0, n));
                }
            }
            int exit = process.waitFor();
            return new ProbeOutput(
                    exit, text.toString(), Files.readString(folder.resolve("err")), Duration.ZERO, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment) {
        throw new UnsupportedOperationException();
    }
}
