package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a daemon that hangs is told from one that has much to do. */
@Tag("kernel")
class HungDockerKernelTest {
    /** Where other programs keep the machine so busy that the daemon is not seen to sleep, only the end of the time tells. */
    private static final String BUSY_MACHINE =
            "its daemon gave no answer in \\d+ s; it hangs, or this machine has too much to do";

    private static HostFacts facts(String setUp, ActiveProbe... probes) {
        Sweep sweep = Sweep.of(Set.of(probes), Set.of(), true);
        ProbeOutput output =
                ThrowawayHost.withContainers(setUp + "\nexport dockerd\n").run(sweep.script(), Survey.LIMIT);
        return sweep.parse("labhost", output);
    }

    private static String why(HostFacts facts) {
        return facts.containers().fold(known -> "known", unknown -> Words.text(unknown.reason()));
    }

    @Test
    void a_stopped_daemon_is_told_at_once_by_whatever_asks_it() {
        ActiveProbe.Logs logs = new ActiveProbe.Logs(Scope.container("web"));
        ActiveProbe.Output authors = new ActiveProbe.Output(Scope.LAB_HOST, "docker ps -q | wc -l");
        HostFacts facts = facts("kill -STOP $dockerd", logs, authors);
        assertThat(why(facts)).contains("its daemon is stopped; kill -CONT ");
        assertThat(facts.capture(logs).orElseThrow().obstacle()).isPresent();
        assertThat(facts.capture(authors).orElseThrow().obstacle())
                .map(Words::text)
                .hasValueSatisfying(words -> assertThat(words).contains("its daemon is stopped"));
        assertThat(facts.namespaces()).isInstanceOf(Reading.Known.class);
    }

    @Test
    void a_daemon_that_stops_while_it_is_asked_is_told() {
        // The daemon is stopped when curl runs, and was not before.
        String late =
                """
                mkdir /run/bin
                printf '%s\\n' '#!/bin/bash' "kill -STOP $dockerd" 'exec /usr/bin/curl "$@"' >/run/bin/curl
                chmod +x /run/bin/curl
                export PATH=/run/bin:$PATH
                """;
        HostFacts facts = facts(late);
        assertThat(why(facts)).contains("its daemon is stopped; kill -CONT ");
    }

    @Test
    void a_daemon_that_is_slow_and_works_is_waited_for() {
        // It goes on 0.4 s after it was stopped, which is after the request was sent.
        String late =
                """
                mkdir /run/bin
                printf '%s\\n' '#!/bin/bash' "kill -STOP $dockerd; (sleep 0.4; kill -CONT $dockerd) &" 'exec /usr/bin/curl "$@"' >/run/bin/curl
                chmod +x /run/bin/curl
                export PATH=/run/bin:$PATH
                """;
        assertThat(why(facts(late))).isEqualTo("known");
    }

    @Test
    void a_socket_whose_daemon_takes_nothing_is_told_when_it_sleeps() {
        // Another process by the daemon's name listens and never accepts.
        String deaf =
                """
                cp /usr/bin/perl /run/dockerd
                /run/dockerd -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, pack_sockaddr_un("/run/deaf.sock")); listen(S, 9); sleep 1 while 1' &
                until [[ -S /run/deaf.sock ]]; do :; done
                export DOCKER_HOST=unix:///run/deaf.sock
                """;
        HostFacts facts = facts(deaf);
        assertThat(why(facts)).containsPattern("its daemon takes no request and does nothing|" + BUSY_MACHINE);
    }

    @Test
    void a_daemon_that_takes_the_request_and_sleeps_is_told() {
        // Another process by the daemon's name accepts every connection and says nothing.
        String mute =
                """
                cp /usr/bin/perl /run/dockerd
                /run/dockerd -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, pack_sockaddr_un("/run/mute.sock")); listen(S, 9); push @c, $c while accept($c, S)' &
                until [[ -S /run/mute.sock ]]; do :; done
                export DOCKER_HOST=unix:///run/mute.sock
                """;
        assertThat(why(facts(mute)))
                .containsPattern("its daemon took the request and does nothing; it hangs|" + BUSY_MACHINE);
    }

    @Test
    void a_daemon_that_was_killed_is_told_as_that_and_never_in_the_words_of_curl() {
        HostFacts facts = facts("kill -KILL $dockerd; wait $dockerd || true");
        assertThat(why(facts))
                .isEqualTo("Docker does not answer: its daemon does not run; containers go on without it, and"
                        + " starting dockerd again lets it answer");
        assertThat(facts.namespaces()).isInstanceOf(Reading.Known.class);
    }

    @Test
    void another_daemon_that_is_stopped_is_not_blamed() {
        String other =
                """
                cp /usr/bin/perl /run/dockerd
                /run/dockerd -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, pack_sockaddr_un("/run/other.sock")); listen(S, 9); sleep 1 while 1' &
                until [[ -S /run/other.sock ]]; do :; done
                kill -STOP $!
                """;
        assertThat(why(facts(other))).isEqualTo("known");
    }
}
