package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Mount;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.probe.MountOutcome.File;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountOutcomeTest {
    private static MountOutcome outcome(String name, String path) {
        return MountOutcome.parse(Capture.of("mounts", name).asProbe(), path);
    }

    private static Mount mount(String name, String path) {
        return outcome(name, path).mount().orElseThrow();
    }

    @Test
    void finds_a_namespace_where_ip_netns_mounts_it() {
        Mount red = mount("red", "/run/netns/red");
        assertThat(red.netns()).isPresent();
        assertThat(red.type()).isEqualTo("nsfs");
        assertThat(red.shownSource()).isEqualTo("nsfs[net:[" + red.netns().orElseThrow() + "]]");
        assertThat(outcome("red", "/run/netns/red").file()).isEqualTo(File.PLAIN);
    }

    @Test
    void follows_links_in_the_folders_of_a_path() {
        assertThat(mount("through-link", "/run/also/netns/red")).isEqualTo(mount("red", "/run/netns/red"));
    }

    @Test
    void reads_a_path_with_blanks() {
        assertThat(mount("two-words", "/run/two words/netns/red").netns())
                .isEqualTo(mount("red", "/run/netns/red").netns());
    }

    @Test
    void tells_the_uppermost_of_several_mounts() {
        assertThat(outcome("stacked", "/run/netns/stacked").stack()).hasSize(2);
        assertThat(outcome("red", "/run/netns/red").stack()).hasSize(1);
        assertThat(mount("stacked", "/run/netns/stacked").netns())
                .isPresent()
                .isEqualTo(mount("green", "/run/netns/green").netns())
                .isNotEqualTo(mount("red", "/run/netns/red").netns());
    }

    @Test
    void tells_a_network_namespace_from_one_of_another_kind() {
        Mount kind = mount("kind", "/run/netns/kind");
        assertThat(kind.netns()).isEmpty();
        assertThat(kind.root()).startsWith("uts:[");
    }

    @Test
    void finds_folders_and_the_root() {
        assertThat(mount("folder", "/run/hidden").type()).isEqualTo("tmpfs");
        assertThat(mount("folder", "/run/hidden").shownSource()).isEqualTo("over");
        assertThat(mount("root", "/").target()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({
        "hidden, /run/hidden/red, PLAIN",
        "plain, /run/netns/plain, PLAIN",
        "private, /run/netns/private, PLAIN",
        "link, /run/netns/link, LINK",
        "nothing, /run/netns/nothing, NONE",
        "no-folder, /run/nowhere/red, NONE"
    })
    void finds_no_mount_where_the_path_leads_to_none(String name, String path, File file) {
        MountOutcome outcome = outcome(name, path);
        assertThat(outcome.trouble()).isEmpty();
        assertThat(outcome.mount()).isEmpty();
        assertThat(outcome.file()).isEqualTo(file);
    }

    @Test
    void says_where_a_link_leads() {
        assertThat(outcome("link", "/run/netns/link").link()).contains("/run/netns/red");
    }

    @Test
    void a_name_with_control_characters_costs_no_other_mount() {
        String mounts =
                """
                1 1 0:1 / / rw - tmpfs none rw
                2 1 0:2 / /mnt/y\r rw,relatime shared:5 master:3 - tmpfs no\rne rw
                3 1 0:3 / /mnt/n\\012l\f rw - tmpfs none rw
                4 1 0:4 / /mnt/x rw - tmpfs none rw
                """;
        ProbeCapture capture = ProbeCapture.of("findmnt", 0, "/mnt\0d\0" + mounts + "\0", "");
        assertThat(MountOutcome.parse(capture, "/mnt/x").mount().map(Mount::type))
                .contains("tmpfs");
        assertThat(MountOutcome.parse(capture, "/mnt/y\r").mount().map(Mount::source))
                .contains("no\rne");
        assertThat(MountOutcome.parse(capture, "/mnt/n\nl\f").mount()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/run\0f\0", "/run\0f\0garbage\0", "/run\0f\00061 48 0:4 / /other rw - nsfs nsfs rw\0"})
    void output_that_is_cut_off_or_garbage_tells_nothing(String out) {
        MountOutcome outcome = MountOutcome.parse(ProbeCapture.of("findmnt", 0, out, ""), "/run/x");
        assertThat(outcome.trouble()).isPresent();
        assertThat(outcome.mount()).isEmpty();
    }

    @Test
    void what_failed_or_did_not_run_tells_nothing() {
        assertThat(MountOutcome.parse(ProbeCapture.of("findmnt", 1, "\0\0\0", "cat: no"), "/x")
                        .trouble()
                        .map(Words::text))
                .contains("the reading ended with status 1: cat: no");
        assertThat(MountOutcome.parse(ProbeCapture.notRun("findmnt", Message.verbatim("it was cut off")), "/x")
                        .trouble()
                        .map(Words::text))
                .contains("it was cut off");
    }
}
