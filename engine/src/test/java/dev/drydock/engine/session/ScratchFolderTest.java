package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    Path state;

    @Test
    void is_gone_when_it_is_closed() throws IOException {
        Path folder;
        try (ScratchFolder scratch = ScratchFolder.fresh(state, "proof")) {
            folder = scratch.folder();
            Files.createDirectories(folder.resolve("labs/one"));
            Files.writeString(folder.resolve("labs/one/progress.jsonl"), "{}");
        }
        assertThat(folder).doesNotExist();
        assertThat(ScratchFolder.tidy(state)).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void of_a_killed_process_is_found_and_of_a_living_one_kept() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        state.toString())
                .start();
        Path folder = Path.of(holder.inputReader().readLine());
        assertThat(folder).isDirectory();
        assertThat(ScratchFolder.tidy(state)).isEmpty();
        assertThat(folder).isDirectory();

        holder.destroyForcibly().waitFor();
        assertThat(ScratchFolder.tidy(state))
                .map(Words::text)
                .containsExactly("removed the state of a proof that was killed");
        assertThat(folder).doesNotExist();
        assertThat(left()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("passing"))) {
            return files.toList();
        }
    }

    /** Holds one until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            ScratchFolder scratch = ScratchFolder.fresh(Path.of(arguments[0]), "proof");
            Files.writeString(scratch.folder().resolve("progress.jsonl"), "{}");
            System.out.println(scratch.folder());
            Thread.sleep(600_000);
        }
    }
}
