package dev.drydock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.Worlds;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NeedTest {
    @Test
    @Tag("kernel")
    void is_answered_for_by_the_probe_of_this_machine() {
        assertThat(Sandboxes.onThisMachine(Map.of()).capabilities())
                .extracting(Worlds.Capability::name)
                .containsAll(Need.words());
    }
}
