package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProbeTimeoutsTest {
    @Test
    void waits_on_an_ordinary_machine_for_the_kernel_and_little_more() {
        assertThat(ProbeTimeouts.ORDINARY.script())
                .isEqualTo(
                        " SILENCE=4 NAME_SILENCE=1.90 NAME_LOOKS='0.50 0.2 0.2 0.2 0.2 0.2 0.2 0.2' ARP_SILENCE=1100000 LOST_AFTER=500000 RUNNING=10 ENGINE_SILENCE=8 LOOK=1.0 AGAIN=0.5 READING=40");
    }

    @Test
    void gives_a_slow_machine_time_to_start_programs_but_does_not_stretch_the_kernels_time() {
        assertThat(new ProbeTimeouts(21).script())
                .isEqualTo(
                        " SILENCE=6 NAME_SILENCE=3.90 NAME_LOOKS='2.50 0.2 0.2 0.2 0.2 0.2 0.2 0.2' ARP_SILENCE=2100000 LOST_AFTER=1500000 RUNNING=210 ENGINE_SILENCE=168 LOOK=21.0 AGAIN=10.5 READING=840");
    }

    @Test
    void waits_less_long_for_what_was_silent_just_now() {
        assertThat(ProbeTimeouts.ORDINARY.afterSilence().script())
                .isEqualTo(ProbeTimeouts.ORDINARY.script().replace(" SILENCE=4", " SILENCE=2"));
    }

    @Test
    void refuses_what_is_no_slowness() {
        assertThatThrownBy(() -> new ProbeTimeouts(0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProbeTimeouts(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
