package dev.drydock.engine.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What lies outside a sandbox and must not be known, changed or ended from inside: files, a process with sockets, a key, settings. */
final class Canaries implements AutoCloseable {
    final String token = "canary-" + UUID.randomUUID();
    private final Path secret;
    private final Path open;
    private final Process process;
    private final String pid;
    private final String port;
    private final String key;
    private final String addresses;

    /** @param folder that everybody may enter */
    Canaries(Path folder, List<String> addresses) throws IOException, InterruptedException {
        secret = Files.writeString(folder.resolve("secret"), token);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        open = Files.writeString(folder.resolve("open"), token);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
        ProcessBuilder builder = new ProcessBuilder("python3", "-c", resource("canary.py"));
        builder.environment().put("DRYDOCK_CANARY", token);
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said = process.inputReader();
        String[] words = said.readLine().split(" ");
        pid = words[0];
        port = words[1];
        key = outside("keyctl", "add", "user", "drydock-canary", token, "@s").strip();
        this.addresses = String.join(" ", addresses);
    }

    /** A script with the words that stand for these filled in. */
    String in(String script) {
        return script.replace("SECRET", secret.toString())
                .replace("OPEN", open.toString())
                .replace("PID", pid)
                .replace("PORT", port)
                .replace("KEY", key)
                .replace("ADDRESSES", addresses)
                .replace("drydock-canary\"", "drydock-canary-" + pid + "\"");
    }

    /** All that must stay as it is, in lines. */
    String state() throws IOException, InterruptedException {
        return outside("bash", "-c", resource("canaries.sh"), "canaries", secret.toString(), open.toString(), pid)
                + "key " + outside("keyctl", "print", key);
    }

    private static String outside(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        run.getOutputStream().close();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        run.waitFor();
        return said;
    }

    static String resource(String name) throws IOException {
        try (var resource = Objects.requireNonNull(Canaries.class.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        outside("keyctl", "unlink", key, "@s");
        process.destroyForcibly();
    }
}
