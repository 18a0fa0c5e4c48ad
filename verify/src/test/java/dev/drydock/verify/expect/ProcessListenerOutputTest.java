package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessListenerOutputTest {
    private static ProcessState nc(boolean running) {
        return new ProcessState(scope("netns:red"), "nc", Optional.empty(), running);
    }

    private static Listening port80(String in, String... address) {
        return new Listening(
                scope(in),
                "tcp",
                80,
                address.length == 0 ? Optional.empty() : Optional.of(address[0]),
                Optional.empty(),
                true);
    }

    private static Listening owned(String in, String owner) {
        return new Listening(scope(in), "tcp", 80, Optional.empty(), Optional.of(scope(owner)), true);
    }

    private static OutputMatch output(TextMatch.Kind kind, String text) {
        return new OutputMatch(scope("host"), "cat /tmp/answer", new TextMatch(kind, text));
    }

    private static FactsBuilder printed(int exit, String out, String err) {
        return facts().capture(new ActiveProbe.Output(scope("host"), "cat /tmp/answer"), exit, out, err);
    }

    @Test
    void a_process_of_that_very_name_in_that_very_namespace() {
        Facts facts = facts().netns("red")
                .process(42, "netns:red", "nc", "nc -l -p 80")
                .build();
        isMet(nc(true).judge(facts));
        Verdict verdict = nc(false).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  no process nc in red
                found     process 42 nc in red""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ps -eo pid,netns,comm,args
                42 4026532002 nc nc -l -p 80""");
    }

    @Test
    void a_process_elsewhere_or_with_a_longer_name_does_not_count() {
        Facts facts = facts().netns("red")
                .process(41, "netns:red", "ncat", "ncat")
                .process(42, "host", "nc", "nc -l")
                .build();
        assertThat(explained(nc(true).judge(facts)))
                .isEqualTo(
                        """
                expected  a process nc in red
                found     no process nc in red
                why       process 42 nc runs on the lab host""");
        isMet(nc(false).judge(facts));
    }

    @Test
    void the_command_line_is_compared_where_asked_for() {
        ProcessState wanted = new ProcessState(
                scope("netns:red"), "nc", Optional.of(new TextMatch(TextMatch.Kind.CONTAINS, "-p 80")), true);
        isMet(wanted.judge(facts().process(42, "netns:red", "nc", "nc -l -p 80").build()));
        assertThat(explained(wanted.judge(
                        facts().process(42, "netns:red", "nc", "nc -l -p 90").build())))
                .isEqualTo(
                        """
                expected  a process nc whose command line contains '-p 80' in red
                found     a process nc whose command line is 'nc -l -p 90' in red""");
    }

    @Test
    void the_kernel_cuts_long_names() {
        ProcessState wanted = new ProcessState(scope("host"), "containerd-shim-runc-v2", Optional.empty(), true);
        isMet(wanted.judge(facts().process(7, "host", "containerd-shim", "…").build()));
    }

    @Test
    void a_listener_on_the_port_is_met_and_one_on_8080_is_not() {
        isMet(port80("netns:red")
                .judge(facts().netns("red", n -> n.listens("tcp", "0.0.0.0", 80, 42, "httpd"))
                        .build()));
        Verdict verdict = port80("netns:red")
                .judge(facts().netns("red", n -> n.listens("tcp", "0.0.0.0", 8080, 42, "httpd")
                                .listens("udp", "0.0.0.0", 80, 43, "nc"))
                        .build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a listener on 80/tcp in red
                found     no listener on 80/tcp in red""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ ip netns exec red ss -lntp
                LISTEN 0.0.0.0:8080""");
    }

    @Test
    void a_listener_in_another_namespace_does_not_count() {
        Facts facts = facts().netns("red")
                .host(h -> h.listens("tcp", "0.0.0.0", 80, 42, "httpd"))
                .build();
        assertThat(explained(port80("netns:red").judge(facts)))
                .endsWith("why       something listens on 80/tcp on the lab host");
    }

    @Test
    void a_listener_on_loopback_alone_is_not_one_for_all() {
        Facts facts = facts().host(h -> h.listens("tcp", "127.0.0.1", 80, 42, "httpd"))
                .build();
        assertThat(explained(port80("host", "0.0.0.0").judge(facts)))
                .isEqualTo(
                        """
                expected  a listener on 80/tcp at 0.0.0.0
                found     a listener on 80/tcp at 127.0.0.1
                why       it listens on 127.0.0.1 only, which only the lab host itself reaches""");
        isMet(port80("host", "127.0.0.1").judge(facts));
        isMet(port80("host").judge(facts));
        Facts all = facts().host(h -> h.listens("tcp", "*", 80, 42, "httpd")).build();
        isMet(port80("host", "0.0.0.0").judge(all));
        isMet(port80("host", "::").judge(all));
        assertThat(port80("host", "127.0.0.1").judge(all).isNotMet()).isTrue();
    }

    @Test
    void a_port_that_must_be_free() {
        Listening free = new Listening(scope("host"), "tcp", 80, Optional.empty(), Optional.empty(), false);
        isMet(free.judge(facts().host(h -> h.listens("tcp", "0.0.0.0", 8080, 42, "httpd"))
                .build()));
        assertThat(explained(free.judge(facts().host(h -> h.listens("tcp", "0.0.0.0", 80, 42, "httpd"))
                        .build())))
                .isEqualTo(
                        """
                expected  nothing on 80/tcp
                found     httpd (process 42) on 80/tcp""");
    }

    @Test
    void the_owner_is_the_container_whose_process_it_is() {
        // web is container 1 and its first process 4001; on the host's network both listen in the same namespace
        FactsBuilder both = facts().container("web", c -> c.mode("host").shares("host"))
                .container("web2", c -> c.mode("host").shares("host"));
        isMet(owned("host", "container:web")
                .judge(both.host(h -> h.listens("tcp", "*", 80, 4001, "httpd")).build()));
        Facts other = facts().container("web", c -> c.mode("host").shares("host"))
                .container("web2", c -> c.mode("host").shares("host"))
                .host(h -> h.listens("tcp", "*", 80, 4002, "httpd"))
                .build();
        assertThat(explained(owned("host", "container:web").judge(other)))
                .isEqualTo(
                        """
                expected  a process of web on 80/tcp
                found     httpd (process 4002) on 80/tcp""");
    }

    @Test
    void a_child_in_a_shared_namespace_belongs_to_the_container_whose_files_it_sees() {
        Facts shared = facts().container("web", c -> c.mode("host").shares("host"))
                .container("web2", c -> c.mode("host").shares("host"))
                .process(4001, "host", Optional.of(71L), "sleep", "sleep 1d")
                .process(4002, "host", Optional.of(72L), "sleep", "sleep 1d")
                .process(4050, "host", Optional.of(72L), "httpd", "httpd")
                .host(h -> h.listens("tcp", "*", 80, 4050, "httpd"))
                .build();
        isMet(owned("host", "container:web2").judge(shared));
        assertThat(explained(owned("host", "container:web").judge(shared)))
                .isEqualTo(
                        """
                expected  a process of web on 80/tcp
                found     httpd (process 4050) on 80/tcp""");
    }

    @Test
    void a_child_in_a_shared_namespace_whose_files_were_not_seen_tells_no_owner() {
        Facts shared = facts().container("web", c -> c.mode("host").shares("host"))
                .process(4050, "host", "httpd", "httpd")
                .host(h -> h.listens("tcp", "*", 80, 4050, "httpd"))
                .build();
        assertThat(reason(owned("host", "container:web").judge(shared)))
                .isEqualTo("whose process listens on 80/tcp is not known");
        Facts own = facts().container("web", c -> {})
                .process(4050, "container:web", "httpd", "httpd")
                .in("container:web", n -> n.listens("tcp", "*", 80, 4050, "httpd"))
                .build();
        isMet(owned("container:web", "container:web").judge(own));
    }

    @Test
    void an_owner_that_the_kernel_did_not_tell_leaves_it_open() {
        Facts facts = facts().container("web", c -> c.mode("host").shares("host"))
                .host(h -> h.listens("tcp", "*", 80, 0, ""))
                .build();
        assertThat(reason(owned("host", "container:web").judge(facts)))
                .isEqualTo("whose process listens on 80/tcp is not known");
    }

    @Test
    void an_owner_that_does_not_run_is_told() {
        Facts facts = facts().container("web", c -> c.exited(1))
                .host(h -> h.listens("tcp", "*", 80, 42, "nc"))
                .build();
        assertThat(explained(owned("host", "container:web").judge(facts)))
                .startsWith("expected  container web running\n");
    }

    @Test
    void ports_are_numbers_of_16_bits() {
        assertThatThrownBy(() -> new Listening(scope("host"), "tcp", 0, Optional.empty(), Optional.empty(), true))
                .hasMessage("a port is 1 to 65535");
    }

    @Test
    void output_is_trimmed_and_compared() {
        isMet(output(TextMatch.Kind.EQUALS, "42").judge(printed(0, " 42\n", "").build()));
        isMet(output(TextMatch.Kind.CONTAINS, "4").judge(printed(0, "42\n", "").build()));
        isMet(output(TextMatch.Kind.MATCHES, "^4.$")
                .judge(printed(0, "a\n42\nb\n", "").build()));
        Verdict verdict = output(TextMatch.Kind.EQUALS, "42")
                .judge(printed(0, "421\n", "").build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  output that is '42'
                found     output that is '421'""");
        assertThat(evidence(verdict)).isEqualTo("""
                $ output
                421""");
    }

    @Test
    void a_command_that_failed_says_so() {
        Verdict verdict = output(TextMatch.Kind.CONTAINS, "42")
                .judge(printed(1, "", "cat: /tmp/answer: No such file").build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  output that contains '42'
                found     output that is empty
                why       the command ended with status 1""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ output
                cat: /tmp/answer: No such file""");
    }

    @Test
    void a_command_that_did_not_run_or_end_leaves_it_open() {
        OutputMatch wanted = output(TextMatch.Kind.EQUALS, "");
        assertThat(reason(wanted.judge(facts().build()))).isEqualTo("'cat /tmp/answer' was not run");
        assertThat(reason(wanted.judge(printed(124, "", "").build())))
                .isEqualTo("'cat /tmp/answer' did not come to its end in time");
        assertThat(reason(wanted.judge(
                        facts().couldNotRun(new ActiveProbe.Output(scope("host"), "cat /tmp/answer"), "no bash")
                                .build())))
                .isEqualTo("'cat /tmp/answer' could not run: no bash");
        assertThat(reason(new Not(wanted).judge(printed(124, "", "").build()))).contains("in time");
    }

    @Test
    void an_expression_that_takes_too_long_leaves_it_open() {
        String line = "x".repeat(5000);
        OutputMatch output = output(TextMatch.Kind.MATCHES, "(x+x+)+y");
        assertThat(reason(output.judge(printed(0, line, "").build())))
                .isEqualTo("the regular expression '(x+x+)+y' takes too long on what is there");
        assertThat(reason(new Not(output).judge(printed(0, line, "").build()))).contains("takes too long");
        ProcessState process = new ProcessState(
                scope("host"), "nc", Optional.of(new TextMatch(TextMatch.Kind.MATCHES, "(x+x+)+y")), false);
        assertThat(reason(process.judge(facts().process(42, "host", "nc", line).build())))
                .contains("takes too long");
    }

    @Test
    void a_broken_expression_is_the_authors_mistake() {
        assertThatThrownBy(() -> new TextMatch(TextMatch.Kind.MATCHES, "("))
                .hasMessageStartingWith("'(' is not a regular expression: ");
    }

    @Test
    void the_owner_may_be_a_process_or_a_namespace() {
        FactsBuilder facts = facts().netns("red")
                .process(42, "netns:red", "nc", "nc -l")
                .netns("red", n -> n.listens("tcp", "0.0.0.0", 80, 42, "nc"));
        isMet(owned("netns:red", "pid:42").judge(facts.build()));
        isMet(owned("netns:red", "netns:red").judge(facts.build()));
        assertThat(explained(owned("netns:red", "host").judge(facts.build())))
                .isEqualTo(
                        """
                expected  a process of the lab host on 80/tcp
                found     nc (process 42) on 80/tcp""");
        assertThat(owned("netns:red", "pid:43")
                        .judge(facts.process(43, "netns:red", "sh", "sh").build())
                        .isNotMet())
                .isTrue();
        assertThat(reason(owned("netns:red", "netns:red")
                        .judge(facts.processesUnread().build())))
                .isEqualTo("whose process listens on 80/tcp is not known");
    }

    @Test
    void loopback_has_two_families() {
        Facts six = facts().host(h -> h.listens("tcp", "::1", 80, 42, "httpd")).build();
        assertThat(explained(port80("host", "0.0.0.0").judge(six)))
                .endsWith("why       it listens on ::1 only, which only the lab host itself reaches");
        Facts bound =
                facts().host(h -> h.listens("tcp", "10.9.0.1", 80, 42, "httpd")).build();
        assertThat(explained(port80("host", "0.0.0.0").judge(bound)))
                .isEqualTo(
                        """
                expected  a listener on 80/tcp at 0.0.0.0
                found     a listener on 80/tcp at 10.9.0.1""");
    }

    @Test
    void the_same_port_of_another_protocol_elsewhere_is_no_clue() {
        Facts facts = facts().netns("red")
                .host(h -> h.listens("udp", "0.0.0.0", 80, 42, "nc").listens("tcp", "0.0.0.0", 81, 43, "nc"))
                .build();
        assertThat(explained(port80("netns:red").judge(facts))).doesNotContain("why");
    }

    @Test
    void the_first_and_the_last_port_are_ports() {
        assertThat(Words.text(
                        new Listening(scope("host"), "tcp", 1, Optional.empty(), Optional.empty(), true).statement()))
                .contains("1/tcp");
        assertThat(Words.text(new Listening(scope("host"), "tcp", 65535, Optional.empty(), Optional.empty(), true)
                        .statement()))
                .contains("65535/tcp");
    }
}
