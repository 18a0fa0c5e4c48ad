package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.probe.DockerApi.Answer;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerApiTest {
    private static final Reading<String> NO_LOG =
            new Reading.Unknown<>(Message.verbatim("not read"), new Evidence("docker logs", ""));

    private static Container container(String name) {
        Answer answer =
                DockerApi.answers(Capture.of("docker", "inspect-" + name).out()).get(0);
        return DockerApi.container(answer.body(), Map.of(), ignored -> NO_LOG);
    }

    @Test
    void reads_a_container_on_the_default_bridge() {
        Container web = container("web");
        assertThat(web.name()).isEqualTo("web");
        assertThat(web.image()).isEqualTo("busybox");
        assertThat(web.running()).isTrue();
        assertThat(web.pid()).isPositive();
        assertThat(web.networkMode()).isEqualTo("bridge");
        Attachment bridge = web.attachments().get("bridge");
        assertThat(bridge.address().orElseThrow()).hasToString("172.17.0.2");
        assertThat(bridge.mac().orElseThrow()).hasToString("02:42:ac:11:00:02");
        assertThat(bridge.gateway().orElseThrow()).hasToString("172.17.0.1");
        assertThat(bridge.prefix()).isEqualTo(16);
    }

    @Test
    void reads_several_networks_aliases_and_published_ports() {
        assertThat(container("rr2").attachments().keySet()).containsExactlyInAnyOrder("mynet", "other");
        assertThat(container("rr2").attachments().get("mynet").aliases()).contains("rr");
        assertThat(container("rr1").ports().published())
                .extracting(PortMapping::shown)
                .containsExactlyInAnyOrder("0.0.0.0:8080->80/tcp", "[::]:8080->80/tcp");
    }

    @Test
    void reads_links_by_the_name_that_is_used() {
        assertThat(container("linked").links())
                .containsExactlyInAnyOrderEntriesOf(Map.of("web", "web", "data", "local"));
        assertThat(container("web").links()).isEmpty();
    }

    @Test
    void tells_published_ports_from_exposed_ones() {
        assertThat(container("local").ports().published())
                .extracting(PortMapping::shownFromInside)
                .containsExactlyInAnyOrder("80/tcp -> 127.0.0.1:8081", "53/udp -> 0.0.0.0:5353", "53/udp -> [::]:5353");
        assertThat(container("open").ports().published()).isEmpty();
        assertThat(container("open").ports().exposed()).containsExactlyInAnyOrder("80/tcp", "53/udp");
        for (String name : List.of("hostport", "taken", "returning")) {
            assertThat(container(name).ports().published()).isEmpty();
            assertThat(container(name).ports().exposed()).containsExactly("80/tcp");
        }
    }

    @Test
    void reads_what_docker_said_when_a_container_could_not_be_started() {
        assertThat(container("taken").error()).endsWith("Bind for 0.0.0.0:8080 failed: port is already allocated");
        assertThat(container("occupied").error()).endsWith("bind: address already in use");
        assertThat(container("nocommand").error()).contains("executable file not found");
        assertThat(container("returning").error()).isEmpty();
        assertThat(container("web").error()).isEmpty();
    }

    @Test
    void reads_the_modes_that_have_no_address() {
        assertThat(container("hosty").networkMode()).isEqualTo("host");
        assertThat(container("hosty").attachments().get("host").address()).isEmpty();
        assertThat(container("lonely").networkMode()).isEqualTo("none");
        assertThat(container("side").networkMode()).startsWith("container:");
        assertThat(container("side").attachments()).isEmpty();
    }

    @Test
    void reads_stopped_containers() {
        assertThat(container("done").status()).isEqualTo("exited");
        assertThat(container("done").exitCode()).isEqualTo(3);
        assertThat(container("done").running()).isFalse();
        assertThat(container("done").attachments().get("bridge").address()).isEmpty();
        assertThat(container("made").status()).isEqualTo("created");
    }

    @Test
    void reads_networks_and_counts_only_running_containers_as_attached() {
        String list =
                DockerApi.answers(Capture.of("docker", "list").out()).get(1).body();
        List<DockerNetwork> networks =
                DockerApi.networks(list, List.of(container("web"), container("done"), container("rr2")));
        assertThat(networks)
                .extracting(network -> network.name() + " " + network.driver() + " " + network.containers())
                .contains(
                        "bridge bridge [web]",
                        "host host []",
                        "none null []",
                        "mynet bridge [rr2]",
                        "other bridge [rr2]");
        assertThat(networks)
                .filteredOn(network -> network.name().equals("bridge"))
                .singleElement()
                .satisfies(bridge -> {
                    assertThat(bridge.bridge()).contains("docker0");
                    assertThat(bridge.subnets()).hasToString("[172.17.0.0/16]");
                    assertThat(bridge.gateways()).hasToString("[172.17.0.1]");
                });
        assertThat(networks)
                .filteredOn(network -> network.name().equals("mynet"))
                .singleElement()
                .satisfies(mynet -> assertThat(mynet.bridge().orElseThrow())
                        .isEqualTo("br-" + mynet.id().substring(0, 12)));
    }

    @Test
    void reads_names_that_newer_engines_list_apart_and_a_mode_that_is_an_id() {
        Container container = DockerApi.container(
                """
                {"Id":"4c01","State":{"Status":"running","Running":true,"Pid":7},"Name":"/web","HostConfig":{"NetworkMode":"abcd"},
                 "NetworkSettings":{"Networks":{"mynet":{"Aliases":null,"DNSNames":["web","rr","4c01"],"IPAddress":"172.20.0.2",
                 "IPPrefixLen":16,"MacAddress":"3a:11:22:33:44:55","GwPriority":0}}}}
                """,
                Map.of("abcd", "mynet"),
                ignored -> NO_LOG);
        assertThat(container.networkMode()).isEqualTo("mynet");
        assertThat(container.attachments().get("mynet").aliases()).containsExactly("web", "rr", "4c01");
    }

    @Test
    void answers_that_are_cut_off_or_garbage_are_errors_and_never_empty() {
        assertThatThrownBy(() -> DockerApi.answers("[]\u001d2")).isInstanceOf(IllegalArgumentException.class);
        for (String text : List.of("", "[]", "{", "{\"Id\":\"x\"}")) {
            assertThatThrownBy(() -> DockerApi.container(text, Map.of(), ignored -> NO_LOG))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> DockerApi.networks("{\"message\":\"no\"}", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        Answer missing =
                DockerApi.answers(Capture.of("docker", "inspect-nope").out()).get(0);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(Words.text(missing.complaint())).isEqualTo("No such container: nope");
    }
}
