package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.Worlds.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityCacheTest {
    private static final List<Capability> FOUND = List.of(
            new Capability("netns", true, "network namespaces can be made", Optional.empty()),
            new Capability("ipvlan", false, "ip link add: Unknown", Optional.of("sudo modprobe ipvlan")));

    @TempDir
    Path folder;

    private CapabilityCache cache(String question) {
        return new CapabilityCache(folder.resolve("made/capabilities"), question);
    }

    @Test
    void remembers_what_was_found_on_the_same_machine() {
        assertThat(cache("script").read()).isEmpty();
        cache("script").write(FOUND);
        assertThat(cache("script").read()).contains(FOUND);
    }

    @Test
    void another_question_and_another_machine_have_other_answers() throws IOException {
        cache("script").write(FOUND);
        assertThat(cache("a newer script").read()).isEmpty();

        Path file = folder.resolve("made/capabilities");
        Files.writeString(file, Files.readString(file).replaceFirst("^.", "x"));
        assertThat(cache("script").read()).isEmpty();
    }

    @Test
    void a_file_that_is_broken_or_cannot_be_written_is_no_error() throws IOException {
        cache("script").write(FOUND);
        Path file = folder.resolve("made/capabilities");
        String machine = Files.readAllLines(file).get(0);
        for (String broken : List.of("", machine, machine + "\nnetns", "\u0000")) {
            Files.writeString(file, broken);
            assertThat(cache("script").read()).isEmpty();
        }
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(cache("script").read()).isEmpty();
        CapabilityCache nowhere = new CapabilityCache(file.resolve("below/a/file"), "script");
        nowhere.write(FOUND);
        assertThat(nowhere.read()).isEmpty();
    }

    @Test
    void lies_where_the_environment_says() {
        assertThat(CapabilityCache.fileIn(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")))
                .contains(Path.of("/c/drydock/capabilities"));
        assertThat(CapabilityCache.fileIn(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")))
                .contains(Path.of("/h/.cache/drydock/capabilities"));
        assertThat(CapabilityCache.fileIn(Map.of())).isEmpty();
    }

    @Test
    void a_lab_is_refused_with_what_is_missing_and_what_may_bring_it() {
        assertThat(new MissingCapability("ipvlan", List.of(FOUND.get(1))))
                .hasMessage(
                        "The lab ipvlan needs ipvlan, which this kernel lacks. This may bring it: sudo modprobe ipvlan");
        Capability tool = new Capability(
                "conntrack",
                false,
                "conntrack is not installed",
                Optional.of("apt-get install --no-install-recommends conntrack"));
        assertThat(new MissingCapability("nat", List.of(FOUND.get(1), tool)))
                .hasMessageStartingWith(
                        "The lab nat needs ipvlan, which this kernel lacks; it needs conntrack, which is not installed.");
    }

    @Test
    void what_memory_calls_missing_is_asked_again_before_a_lab_is_refused() throws IOException {
        Path file = folder.resolve("capabilities");
        new CapabilityCache(file, Capabilities.SCRIPT)
                .write(List.of(
                        new Capability("ip", false, "ip is not installed", Optional.empty()),
                        new Capability("warp-drive", true, "remembered", Optional.empty())));
        Capabilities capabilities = new Capabilities(new LocalPlace(), Optional.of(file));

        capabilities.require("a-lab", Set.of("warp-drive"));
        capabilities.require("a-lab", Set.of("ip"));
    }
}
