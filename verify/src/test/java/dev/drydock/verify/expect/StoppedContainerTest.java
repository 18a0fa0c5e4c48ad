package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is told of a container that does not run, and when a start is promised to mend it. */
class StoppedContainerTest {
    private static final String TAKEN = "driver failed programming external connectivity on endpoint web (3c8f): "
            + "Bind for 0.0.0.0:8080 failed: port is already allocated";

    private static Broken broken(Consumer<ContainerBuilder> web) {
        return broken(facts().host(h -> h.link("eth0", l -> l.up().address("10.0.2.15/24")))
                .container("web", web));
    }

    private static Broken broken(FactsBuilder builder) {
        Facts facts = builder.build();
        Scope web = Scope.parse("container:web");
        return Reachability.of(facts, new ReachabilityQuery(Scope.LAB_HOST, Optional.of(web), "", Optional.empty()))
                .broken()
                .orElseThrow();
    }

    private static String found(Broken broken) {
        return Words.text(broken.found());
    }

    @Test
    void a_container_that_was_killed_is_mended_by_a_start() {
        Broken killed = broken(web -> web.exited(137));
        assertThat(killed.cause()).isEqualTo(Cause.NOT_RUNNING);
        assertThat(found(killed)).isEqualTo("web is not running (exited with status 137)");
        assertThat(killed.command()).contains("docker start web");
    }

    @Test
    void a_container_whose_command_came_to_its_end_is_promised_no_start() {
        assertThat(broken(web -> web.exited(1)).command()).isEmpty();
        assertThat(broken(web -> web.exited(0)).command()).isEmpty();
    }

    @Test
    void a_container_that_was_only_made_is_mended_by_a_start() {
        assertThat(broken(web -> web.status("created", false, 0)).command()).contains("docker start web");
    }

    @Test
    void a_container_that_restarts_in_a_loop_is_not_running() {
        Broken loop = broken(web -> web.status("restarting", true, 1));
        assertThat(loop.cause()).isEqualTo(Cause.NOT_RUNNING);
        assertThat(found(loop))
                .isEqualTo(
                        "web is not running: Docker starts it again and again, and its command ends each time (status 1);"
                                + " docker logs web shows what it said");
        assertThat(loop.command()).isEmpty();
    }

    @Test
    void docker_s_own_reason_is_told_and_no_start_promised_while_it_stands() {
        Broken taken = broken(facts().host(h -> h.link("eth0", l -> l.up().address("10.0.2.15/24"))
                        .listens("tcp", "0.0.0.0", 8080, 7, "docker-proxy"))
                .container("web", web -> web.failed(128, TAKEN)));
        assertThat(taken.cause()).isEqualTo(Cause.NOT_STARTED);
        assertThat(found(taken))
                .isEqualTo(
                        "web is not running: Docker could not start it: Bind for 0.0.0.0:8080 failed: port is already"
                                + " allocated");
        assertThat(taken.command()).isEmpty();
    }

    @Test
    void a_start_is_promised_once_the_port_is_free() {
        assertThat(broken(facts().host(h -> h.link("eth0", l -> l.up().address("10.0.2.15/24"))
                                        .listens("tcp", "0.0.0.0", 22, 8, "sshd"))
                                .container("web", web -> web.failed(128, TAKEN)))
                        .command())
                .contains("docker start web");
    }

    @Test
    void a_command_that_the_image_lacks_is_told() {
        Broken wrong = broken(web -> web.failed(
                127,
                "failed to create shim task: OCI runtime create failed: runc create failed: unable to start"
                        + " container process: exec: \"nope\": executable file not found in $PATH: unknown"));
        assertThat(found(wrong)).endsWith("exec: \"nope\": executable file not found in $PATH");
        assertThat(Words.text(wrong.mend())).startsWith("a command for web that image ");
        assertThat(wrong.command()).isEmpty();
    }
}
