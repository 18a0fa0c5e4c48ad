package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.drydock.verify.probe.Sweep;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldSweepTest {
    private final Sweep sweep = Sweep.of(Set.of(), Set.of(), false);

    /** The mark behind what is read. The script of a sweep begins with its nonce. */
    private String mark() {
        return "\u001e" + sweep.script().replaceAll("(?s).*?NONCE=([0-9a-f]+).*", "$1") + " rules\n";
    }

    @Test
    void hears_the_end_of_the_readings_wherever_pieces_are_parted_and_only_once() {
        String whole = "x".repeat(300) + mark() + "probes";
        for (int size = 1; size < whole.length(); size++) {
            WorldSweep.Heard heard = new WorldSweep.Heard(sweep);
            int told = 0;
            for (int at = 0; at < whole.length(); at += size) {
                told += heard.completes(whole.substring(at, Math.min(whole.length(), at + size))) ? 1 : 0;
            }
            assertThat(told).as("pieces of " + size).isEqualTo(1);
            assertThat(heard.toString()).contains(mark());
        }
        assertThat(new WorldSweep.Heard(sweep).completes("x".repeat(300))).isFalse();
    }

    /** 40 MB in pieces of 1 kB: looking through all of it for each piece would read 800 GB. */
    @Test
    void many_pieces_cost_no_more_than_their_length() {
        WorldSweep.Heard heard = new WorldSweep.Heard(sweep);
        String piece = "x".repeat(1000);
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 40_000; i++) {
                assertThat(heard.completes(piece)).isFalse();
            }
        });
    }
}
