package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PublishedPortTest {
    private static final PublishedPort WEB = published("web", Optional.of(80), "", true);
    private static final PublishedPort NOT_WEB = published("web", Optional.empty(), "", false);
    private static final PublishedPort NOBODY = published("", Optional.empty(), "", false);

    private static PublishedPort published(String container, Optional<Integer> inside, String address, boolean exists) {
        return new PublishedPort(
                Optional.empty(),
                "tcp",
                8080,
                container.isEmpty() ? Optional.empty() : Optional.of(container),
                inside,
                address.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(address)),
                exists);
    }

    private static Facts web(Consumer<ContainerBuilder> setup) {
        return facts().container("web", setup).build();
    }

    private static Facts web(String... mappings) {
        return web(c -> c.publishes(mappings));
    }

    @Test
    void a_published_port_is_met() {
        Facts facts = web("0.0.0.0:8080->80/tcp", "[::]:8080->80/tcp");
        isMet(WEB.judge(facts));
        isMet(published("web", Optional.empty(), "", true).judge(facts));
        isMet(published("web", Optional.of(80), "0.0.0.0", true).judge(facts));
        isMet(published("web", Optional.of(80), "::", true).judge(facts));
        assertThat(evidence(WEB.judge(facts)))
                .isEqualTo("$ docker port web\n80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080");
        isMet(WEB.judge(web("10.0.2.15:8080->80/tcp")));
    }

    @Test
    void ports_and_protocols_that_only_look_alike() {
        assertThat(explained(WEB.judge(web("0.0.0.0:8081->80/tcp", "[::]:8081->80/tcp"))))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host leads to port 80 of web
                found     port 8081/tcp leads to port 80 of web""");
        assertThat(explained(WEB.judge(web("0.0.0.0:80->8080/tcp"))))
                .endsWith("found     port 80/tcp leads to port 8080 of web");
        assertThat(explained(WEB.judge(web("0.0.0.0:8080->8/tcp"))))
                .endsWith("found     port 8080/tcp leads to port 8 of web");
        assertThat(explained(WEB.judge(web("0.0.0.0:8080->80/udp"))))
                .endsWith("found     port 8080/udp leads to port 80 of web");
        assertThat(explained(WEB.judge(web("0.0.0.0:80800->80/tcp", "0.0.0.0:8443->443/tcp"))))
                .endsWith(
                        "found     port 80800/tcp leads to port 80 of web and port 8443/tcp leads to port 443 of web");
    }

    @Test
    void one_address_where_every_one_is_wanted() {
        assertThat(explained(published("web", Optional.of(80), "0.0.0.0", true).judge(web("10.0.2.15:8080->80/tcp"))))
                .isEqualTo(
                        """
                expected  port 8080/tcp at every address (0.0.0.0) of the lab host leads to port 80 of web
                found     port 8080/tcp at 10.0.2.15 leads to port 80 of web only
                why       it was published at 10.0.2.15; without an address -p means every one""");
    }

    @Test
    void an_address_that_only_the_host_itself_reaches() {
        assertThat(explained(WEB.judge(web("127.0.0.1:8080->80/tcp"))))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host leads to port 80 of web
                found     port 8080/tcp at 127.0.0.1 leads to port 80 of web only
                why       127.0.0.1 is reached only from the lab host itself""");
        isMet(published("web", Optional.of(80), "127.0.0.1", true).judge(web("127.0.0.1:8080->80/tcp")));
        assertThat(explained(
                        published("web", Optional.of(80), "127.0.0.1", true).judge(web("0.0.0.0:8080->80/tcp"))))
                .isEqualTo(
                        """
                expected  port 8080/tcp at 127.0.0.1 of the lab host leads to port 80 of web
                found     port 8080/tcp leads to port 80 of web""");
        assertThat(WEB.judge(web("[::]:8080->80/tcp")).isNotMet()).isTrue();
    }

    @Test
    void exposing_is_not_publishing() {
        assertThat(explained(WEB.judge(web(c -> c.exposes("80/tcp")))))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host leads to port 80 of web
                found     no port leads to web
                why       80/tcp is exposed, which is only a note in the image or container; it publishes nothing""");
        assertThat(explained(WEB.judge(web(c -> {})))).endsWith("found     no port leads to web");
    }

    @Test
    void modes_in_which_nothing_is_published() {
        assertThat(explained(WEB.judge(web(c -> c.mode("host").shares("host").exposes("80/tcp")))))
                .endsWith(
                        "why       it was started with --net host, where Docker publishes nothing: what it listens on are ports of"
                                + " the lab host itself");
        assertThat(explained(WEB.judge(web(c -> c.mode("none"))))).contains("--net none");
        assertThat(explained(WEB.judge(web(c -> c.mode("container:pause")))))
                .endsWith("why       it was started with --net container:pause, whose ports are those of pause");
    }

    @Test
    void a_container_that_does_not_run_publishes_nothing() {
        Facts exited = web(c -> c.exited(0).publishes("0.0.0.0:8080->80/tcp"));
        assertThat(explained(WEB.judge(exited)))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host leads to port 80 of web
                found     web exited with status 0, so no port leads to it
                why       its command came to its end, and a container lives as long as its command""");
        isMet(NOT_WEB.judge(exited));
        isMet(NOBODY.judge(exited));
        assertThat(explained(WEB.judge(web(c -> c.status("created", false, 0)))))
                .endsWith("why       a container's ports are published only while it runs");
        assertThat(explained(WEB.judge(web(c -> c.failed(
                        128,
                        "driver failed programming external connectivity on endpoint web (3c8f17): Error starting userland"
                                + " proxy: listen tcp4 0.0.0.0:8080: bind: address already in use")))))
                .endsWith(
                        "why       Docker could not start it: Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind:"
                                + " address already in use");
    }

    @Test
    void another_container_has_the_port() {
        Facts taken = facts().container("web1", c -> c.publishes("0.0.0.0:8080->80/tcp"))
                .container("web", c -> c.failed(128, "Bind for 0.0.0.0:8080 failed: port is already allocated"))
                .build();
        assertThat(explained(WEB.judge(taken)))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host leads to port 80 of web
                found     web created but not started, so no port leads to it
                why       port 8080/tcp leads to port 80 of web1""");
        isMet(NOT_WEB.judge(taken));
        assertThat(explained(NOBODY.judge(taken)))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host does not lead to any container
                found     port 8080/tcp leads to port 80 of web1""");
        isMet(new Not(NOBODY).judge(taken));
        assertThat(evidence(NOBODY.judge(taken)))
                .isEqualTo("$ docker ps --format '{{.Names}} {{.Ports}}'\nweb1 0.0.0.0:8080->80/tcp");
    }

    @Test
    void that_a_port_is_not_published_means_at_no_address() {
        Facts local = web("127.0.0.1:8080->80/tcp");
        assertThat(explained(NOT_WEB.judge(local)))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host does not lead to web
                found     port 8080/tcp at 127.0.0.1 leads to port 80 of web""");
        assertThat(new Not(WEB).judge(local).isNotMet()).isTrue();
        isMet(NOT_WEB.judge(web("0.0.0.0:8081->80/tcp")));
        isMet(new Not(NOT_WEB).judge(web("0.0.0.0:8080->80/tcp")));
        isMet(published("web", Optional.of(81), "", false).judge(web("0.0.0.0:8080->80/tcp")));
    }

    @Test
    void a_container_that_is_not_there_is_neither_met_nor_its_negation() {
        Facts other = facts().container("web1", c -> c.publishes("0.0.0.0:8080->80/tcp"))
                .build();
        assertThat(explained(WEB.judge(other))).isEqualTo("expected  a container web\nfound     no container web");
        assertThat(explained(NOT_WEB.judge(other))).contains("no container web");
        assertThat(explained(new Not(WEB).judge(other))).contains("no container web");
    }

    @Test
    void an_engine_that_does_not_answer_leaves_it_open() {
        for (PublishedPort expectation : new PublishedPort[] {WEB, NOT_WEB, NOBODY}) {
            assertThat(reason(expectation.judge(FactsBuilder.unread()))).isEqualTo("the containers could not be read");
            assertThat(reason(new Not(expectation).judge(FactsBuilder.unread())))
                    .isEqualTo("the containers could not be read");
        }
    }

    @Test
    void words_itself() {
        assertThat(Words.text(WEB.statement())).isEqualTo("port 8080/tcp of the lab host leads to port 80 of web");
        assertThat(Words.text(new Not(WEB).statement()))
                .isEqualTo("port 8080/tcp of the lab host does not lead to port 80 of web");
        assertThat(Words.text(NOBODY.statement()))
                .isEqualTo("port 8080/tcp of the lab host does not lead to any container");
        assertThat(Words.text(new Not(NOBODY).statement()))
                .isEqualTo("port 8080/tcp of the lab host leads to a container");
        assertThat(Words.text(new PublishedPort(
                                Optional.of("beta"),
                                "udp",
                                53,
                                Optional.of("dns"),
                                Optional.empty(),
                                Optional.of(IpAddress.parse("127.0.0.1")),
                                true)
                        .statement()))
                .isEqualTo("port 53/udp at 127.0.0.1 of beta leads to dns");
    }

    @Test
    void somebody_has_to_publish_it() {
        assertThatThrownBy(() -> published("", Optional.of(80), "", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("which container publishes the port must be said");
    }
}
