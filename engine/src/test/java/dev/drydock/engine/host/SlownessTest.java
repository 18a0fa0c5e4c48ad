package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlownessTest {
    @TempDir
    Path folder;

    @Test
    void stretches_limits() {
        assertThat(new Slowness(2.5).scale(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(50));
        assertThat(Slowness.ORDINARY.scale(Duration.ofNanos(7))).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void is_never_quicker_than_ordinary_nor_slower_than_a_hundred_times() {
        assertThat(new Slowness(0.01).factor()).isEqualTo(1);
        assertThat(new Slowness(1e9).factor()).isEqualTo(100);
        assertThatThrownBy(() -> new Slowness(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comes_from_the_start_of_a_program() {
        assertThat(Slowness.measured(400).factor()).isEqualTo(1);
        assertThat(Slowness.measured(22_340).factor()).isEqualTo(22.3);
    }

    @Test
    void the_setting_goes_before_any_measurement() {
        assertThat(SlownessMeter.of(Map.of("DRYDOCK_PACE", "37.5"))
                        .of(new LocalPlace())
                        .factor())
                .isEqualTo(37.5);
        assertThat(Slowness.demanded(Map.of("DRYDOCK_PACE", ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "0", "0.5", "101", "-3", "1e2", "NaN", "2x"})
    void refuses_a_setting_that_is_no_pace(String text) {
        assertThatThrownBy(() -> SlownessMeter.of(Map.of("DRYDOCK_PACE", text)))
                .isInstanceOf(HostTrouble.class)
                .hasMessageContaining("DRYDOCK_PACE is '" + text + "'")
                .hasMessageContaining("from 1");
    }

    @Test
    void is_measured_once_for_each_boot() throws IOException {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString());
        Slowness measured = SlownessMeter.of(environment).of(new LocalPlace());
        Path file = folder.resolve("drydock").resolve("pace");
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();

        assertThat(Files.readString(file)).matches(boot + " [1-9][0-9]*\\n");
        assertThat(Slowness.measured(
                        Long.parseLong(Files.readString(file).strip().split(" ")[1])))
                .isEqualTo(measured);

        Files.writeString(file, boot + " 12300\n");
        assertThat(SlownessMeter.of(environment).of(new LocalPlace()).factor()).isEqualTo(12.3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-boot 99000", "nonsense", "", "99000"})
    void what_another_boot_or_hand_wrote_counts_for_nothing(String text) throws IOException {
        Path file = folder.resolve("drydock").resolve("pace");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        SlownessMeter.of(Map.of("XDG_CACHE_HOME", folder.toString())).of(new LocalPlace());
        assertThat(Files.readString(file)).isNotEqualTo(text);
    }

    @Test
    void a_run_gets_as_much_longer_as_the_pace_says() {
        Place slow = new LocalPlace(SlownessMeter.of(Map.of("DRYDOCK_PACE", "100")));
        ScriptRun run = ScriptRun.on(slow, java.util.List.of("sleep", "0.4"), Scripts.ENVIRONMENT);
        assertThat(run.execute(new byte[0], Duration.ofMillis(100), text -> {}, text -> {})
                        .output()
                        .timedOut())
                .isFalse();
    }
}
