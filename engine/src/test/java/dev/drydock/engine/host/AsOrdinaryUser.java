package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tests a second time, without being root. */
public final class AsOrdinaryUser {
    private AsOrdinaryUser() {}

    /**
     * Runs test classes as a user {@code drydock-learner} in a session keyring and a control group of his own. For root alone.
     *
     * @param folder empty; whoever gave it removes it
     * @param range whether he has subordinate ids, {@code yes} or {@code no}
     * @return what they printed, at its end how many succeeded
     * @throws AssertionError when one failed
     */
    public static String said(Path folder, String range, Class<?>... classes) throws Exception {
        String script = new String(
                Objects.requireNonNull(AsOrdinaryUser.class.getResourceAsStream("as-ordinary-user.sh"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "bash", "-c", script, "as-ordinary-user"));
        command.add(folder.toString());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(RunsTests.class.getName());
        for (Class<?> tests : classes) {
            command.add(tests.getName());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RANGE", range);
        Process run = builder.start();
        run.getOutputStream().close();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        return said;
    }
}
