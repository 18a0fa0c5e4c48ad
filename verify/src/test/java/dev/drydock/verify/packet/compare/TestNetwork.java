package dev.drydock.verify.packet.compare;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.ProbeRunner;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A router between three ends, all of them network namespaces without a way out, and real packets between them. {@code network.py} says
 * how they are joined and what is observed. The namespaces end with this object. Not for several threads.
 */
final class TestNetwork implements ProbeRunner, Closeable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final Path complaints;

    TestNetwork() throws IOException {
        complaints = Files.createTempFile("drydock-network", ".err");
        process = new ProcessBuilder(
                        "unshare",
                        "-rmnpf",
                        "--mount-proc",
                        "--kill-child",
                        "bash",
                        "-c",
                        "mount -t tmpfs none /run && exec python3 \"$1\"",
                        "bash",
                        Path.of("src/test/resources/compare/network.py")
                                .toAbsolutePath()
                                .toString())
                .redirectError(complaints.toFile())
                .start();
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        answer();
    }

    /**
     * Empties every table, forgets every connection, then loads a ruleset.
     *
     * @return what was complained about; empty where all was taken
     */
    String load(Setup setup) {
        JsonObject request = new JsonObject();
        request.add("load", setup.json());
        return ask(request).get("refused").getAsString();
    }

    /** Sends packets and tells for each what was seen of it, in the words of {@code network.py}. */
    List<String> send(List<TestPacket> packets) {
        JsonArray all = new JsonArray();
        packets.forEach(packet -> all.add(packet.json()));
        JsonObject request = new JsonObject();
        request.add("send", all);
        List<String> seen = new ArrayList<>();
        ask(request).getAsJsonArray("seen").forEach(one -> seen.add(one.getAsString()));
        return seen;
    }

    /** The limit is not kept: what is run here only reads. */
    @Override
    public ProbeOutput run(String script, Duration limit) {
        JsonObject request = new JsonObject();
        request.addProperty("run", script);
        JsonObject answer = ask(request);
        return new ProbeOutput(
                answer.get("exit").getAsInt(),
                answer.get("out").getAsString(),
                answer.get("err").getAsString(),
                Duration.ZERO,
                false);
    }

    private JsonObject ask(JsonObject request) {
        try {
            requests.write(request + "\n");
            requests.flush();
            return answer();
        } catch (IOException gone) {
            throw new UncheckedIOException(trouble(), gone);
        }
    }

    private JsonObject answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(trouble());
        }
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private String trouble() {
        try {
            process.waitFor();
            return "the test network ended: " + Files.readString(complaints);
        } catch (IOException unreadable) {
            return "the test network ended";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "the test network was interrupted";
        }
    }

    /** Ends the process that holds the namespaces, and so all of them. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Files.delete(complaints);
    }
}
