package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.LabScript.Part;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabScriptTest {
    @Test
    void begins_on_the_first_host_and_switches_at_a_line_of_its_own() {
        assertThat(LabScript.of("ip link\non beta\nip addr\nip route\non alpha\ntrue\n")
                        .parts())
                .containsExactly(
                        new Part(Optional.empty(), "ip link\n"),
                        new Part(Optional.of("beta"), "ip addr\nip route\n"),
                        new Part(Optional.of("alpha"), "true\n"));
    }

    @Test
    void leaves_out_parts_without_a_command() {
        assertThat(LabScript.of("on beta\n\non alpha  # back\ntrue").parts())
                .containsExactly(new Part(Optional.of("alpha"), "true"));
        assertThat(LabScript.of("").parts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat <<END\non beta\nEND\n",
                "cat <<-'END'\n\ton beta\n\tEND\n",
                "echo \\\non beta\n",
                "echo '\non beta\n'\n",
                "echo \"\non beta\n\"\n",
                "if true; then\non beta\nfi\n",
                "for i in 1 2; do\n  on beta\ndone\n",
                "true &&\non beta\n",
                "f() {\non beta\n}\n",
                "x=$(\non beta\n)\n",
                "on beta ip link\n",
                "on beta; ip link\n",
                "echo on beta\n",
                "# on beta\n",
                "once beta\n",
            })
    void leaves_alone_what_bash_would_not_read_as_a_line_of_its_own(String script) {
        assertThat(LabScript.of(script).parts()).containsExactly(new Part(Optional.empty(), script));
    }

    @Test
    void switches_below_a_here_document_and_a_comment_that_ends_in_a_backslash() {
        assertThat(LabScript.of("cat <<END\nbody\nEND\non beta\ntrue\n").parts())
                .extracting(Part::host)
                .containsExactly(Optional.empty(), Optional.of("beta"));
        assertThat(LabScript.of("true # a remark \\\non beta\ntrue\n").parts())
                .extracting(Part::host)
                .containsExactly(Optional.empty(), Optional.of("beta"));
    }

    @Test
    void keeps_every_other_character() {
        assertThat(LabScript.of("a\n\n  b").parts()).isEqualTo(List.of(new Part(Optional.empty(), "a\n\n  b")));
    }
}
