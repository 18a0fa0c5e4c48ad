package dev.drydock.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class MachineStateTest {
    @Test
    void two_readings_of_an_unchanged_machine_are_the_same() {
        assertThat(MachineState.read().since(MachineState.read())).isEmpty();
    }

    @Test
    void a_reading_holds_the_loopback_interface_and_its_address() {
        assertThat(MachineState.read().lines()).contains("link lo", "address 127.0.0.1", "mount /proc");
    }

    @Test
    void what_came_and_what_went_is_told() {
        MachineState before = new MachineState(java.util.Set.of("link lo", "link eth0"));
        MachineState after = new MachineState(java.util.Set.of("link lo", "link veth1"));

        assertThat(after.since(before)).containsExactly("link veth1 is new", "link eth0 is gone");
    }
}
