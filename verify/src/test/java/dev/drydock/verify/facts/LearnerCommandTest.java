package dev.drydock.verify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LearnerCommandTest {
    @Test
    void leaves_ordinary_names_as_they_are() {
        LearnerCommand red = LearnerCommand.in(Scope.netns("red"));
        assertThat(red.ip("link show eth0")).isEqualTo("ip -n red link show eth0");
        assertThat(red.net("ss -lnt")).isEqualTo("ip netns exec red ss -lnt");
        assertThat(new LearnerCommand(Scope.container("web"), OptionalInt.of(42)).net("ss"))
                .isEqualTo("nsenter --target 42 --net ss");
        assertThat(LearnerCommand.in(Scope.container("web")).ownIp("route")).isEqualTo("docker exec web ip route");
        assertThat(LearnerCommand.in(Scope.LAB_HOST).ip("route")).isEqualTo("ip route");
    }

    @Test
    void quotes_what_bash_would_act_upon() {
        assertThat(LearnerCommand.in(Scope.netns("a;rm")).ip("addr")).isEqualTo("ip -n 'a;rm' addr");
        assertThat(LearnerCommand.quoted("it's")).isEqualTo("'it'\\''s'");
    }

    @Test
    void gives_bash_every_name_back_as_it_was() throws Exception {
        for (String name : List.of(
                "eth0",
                "a;id>b",
                "$(id)",
                "`id`",
                "a b",
                "it's",
                "a\"b",
                "a\tb",
                "a\nb",
                "\033[31m",
                "\\n",
                "!x",
                "*",
                "~",
                "",
                "한'국\u0001")) {
            Process bash = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + LearnerCommand.quoted(name)).start();
            assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(name + "\0");
        }
    }

    @Test
    void types_a_saved_rule_so_that_bash_expands_nothing_in_it() {
        assertThat(LearnerCommand.rule("FORWARD ! -i a;id>b -m comment --comment \"x y\" -j DROP"))
                .isEqualTo("FORWARD ! -i 'a;id>b' -m comment --comment \"x y\" -j DROP");
        assertThat(LearnerCommand.rule("INPUT -m comment --comment \"a $(id) \\\"b\\\"\" -j ACCEPT"))
                .isEqualTo("INPUT -m comment --comment 'a $(id) \"b\"' -j ACCEPT");
        assertThat(LearnerCommand.rule(
                        "FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -m conntrack --ctstate NEW -j ACCEPT"))
                .isEqualTo("FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -m conntrack --ctstate NEW -j ACCEPT");
    }
}
