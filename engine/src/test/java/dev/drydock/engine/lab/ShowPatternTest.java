package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.ShowPattern.Part.Again;
import dev.drydock.engine.lab.ShowPattern.Part.Captured;
import dev.drydock.engine.lab.ShowPattern.Part.Literal;
import dev.drydock.engine.lab.ShowPattern.Part.Some;
import dev.drydock.engine.lab.ShowPattern.Type;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShowPatternTest {
    @Test
    void tells_placeholders_from_words_in_angle_brackets() {
        assertThat(ShowPattern.of("2: eth0: <BROADCAST,UP> mtu <n> <none> <x>", new HashSet<>())
                        .parts())
                .containsExactly(
                        new Literal("2: eth0: <BROADCAST,UP> mtu "), new Some(Type.N), new Literal(" <none> <x>"));
    }

    @Test
    void remembers_what_a_name_stood_for() {
        Set<String> captured = new HashSet<>();
        assertThat(ShowPattern.of("<gw:ip> <gw>", captured).parts())
                .containsExactly(new Captured("gw", Type.IP), new Literal(" "), new Again("gw"));
        assertThat(captured).containsExactly("gw");
        assertThat(ShowPattern.of("<gw>", captured).parts()).containsExactly(new Again("gw"));
        assertThat(ShowPattern.of("<gw>", new HashSet<>()).parts()).containsExactly(new Literal("<gw>"));
    }

    @Test
    void has_no_parts_when_there_is_no_output() {
        assertThat(ShowPattern.of("", new HashSet<>()).parts()).isEmpty();
    }
}
