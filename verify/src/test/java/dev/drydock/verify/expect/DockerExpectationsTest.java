package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.dockerNetwork;
import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.container;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.noContainer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerExpectationsTest {
    private static final ContainerState FIRST = container("busybox1")
            .running(true)
            .image("busybox")
            .mode("bridge")
            .ip("172.17.0.2")
            .mac("02:42:ac:11:00:02")
            .is();

    private static NetworkState network(Optional<ListMatch<String>> members) {
        return new NetworkState(
                Optional.empty(),
                "mynet",
                true,
                Optional.of("bridge"),
                Optional.of(Cidr.parse("172.20.0.0/16")),
                Optional.of(IpAddress.parse("172.20.0.1")),
                members);
    }

    @Test
    void a_container_as_wanted_is_met() {
        Facts facts = facts().container(
                        "busybox1", c -> c.image("busybox:latest").on("bridge", "172.17.0.2"))
                .build();
        isMet(FIRST.judge(facts));
        isMet(container("busybox1").mode("default").is().judge(facts));
        isMet(container("busybox1").is().judge(facts));
        isMet(noContainer("busybox").judge(facts));
    }

    @Test
    void forgetting_the_name_leaves_a_container_with_another_one() {
        Verdict verdict = FIRST.judge(facts().container("eager_bell", c -> c.on("bridge", "172.17.0.2"))
                .container("busybox11", c -> {})
                .build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a container busybox1
                found     no container busybox1; there is busybox11 and eager_bell""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ docker ps -a --format '{{.Names}}'
                busybox11
                eager_bell""");
        assertThat(explained(FIRST.judge(facts().build()))).endsWith("found     no container busybox1");
    }

    @Test
    void a_container_without_a_lasting_command_has_exited() {
        Verdict verdict = FIRST.judge(
                facts().container("busybox1", c -> c.exited(0).on("bridge", "")).build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  busybox1 running
                found     busybox1 exited with status 0
                why       its command came to its end, and a container lives as long as its command""");
        assertThat(evidence(verdict))
                .as("only what decided it")
                .isEqualTo(
                        """
                $ docker inspect -f '{{.State.Status}}' busybox1
                exited""");
    }

    @Test
    void a_container_on_no_network_is_wanted_and_on_the_hosts_found() {
        Facts facts = facts().container(
                        "web04", c -> c.mode("host").shares("host").on("host", ""))
                .build();
        assertThat(explained(container("web04").on("none", "").is().judge(facts)))
                .isEqualTo(
                        """
                expected  on network none
                found     on host
                why       it was started with --net host, so it has no eth0 of its own""");
    }

    @Test
    void why_a_container_does_not_run() {
        ContainerState running = container("busybox1").running(true).is();
        assertThat(explained(running.judge(
                        facts().container("busybox1", c -> c.exited(137)).build())))
                .isEqualTo(
                        """
                expected  busybox1 running
                found     busybox1 exited with status 137
                why       its command was ended by signal 9""");
        assertThat(explained(running.judge(
                        facts().container("busybox1", c -> c.exited(1)).build())))
                .endsWith("a container lives as long as its command; docker logs busybox1 shows what it said");
        assertThat(explained(running.judge(facts().container("busybox1", c -> c.status("created", false, 0))
                        .build())))
                .isEqualTo(
                        """
                expected  busybox1 running
                found     busybox1 created but not started""");
        assertThat(explained(running.judge(facts().container("busybox1", c -> c.status("created", false, 127))
                        .build())))
                .endsWith("why       its command could not be started (status 127)");
        assertThat(explained(running.judge(facts().container(
                                "busybox1",
                                c -> c.failed(
                                        127,
                                        "failed to create shim task: OCI runtime create failed: runc create failed: unable to start"
                                                + " container process: exec: \"nonsense\": executable file not found in $PATH:"
                                                + " unknown"))
                        .build())))
                .endsWith(
                        "why       Docker could not start it: unable to start container process: exec: \"nonsense\": executable file"
                                + " not found in $PATH");
        assertThat(explained(running.judge(facts().container("busybox1", c -> c.status("paused", true, 0))
                        .build())))
                .isEqualTo(
                        """
                expected  busybox1 running
                found     busybox1 paused
                why       docker unpause lets it go on""");
    }

    @Test
    void a_stopped_container_keeps_nothing_of_its_old_record() {
        Facts facts = facts().container("busybox1", c -> c.exited(137).on("bridge", "172.17.0.2"))
                .build();
        assertThat(explained(container("busybox1").ip("172.17.0.2").is().judge(facts)))
                .isEqualTo(
                        """
                expected  address 172.17.0.2
                found     no address
                why       it is not running (exited with status 137); a container has an address only while it runs""");
        isMet(container("busybox1").running(false).is().judge(facts));
        assertThat(explained(container("busybox1")
                        .running(false)
                        .is()
                        .judge(facts().container("busybox1", c -> {}).build())))
                .isEqualTo(
                        """
                expected  busybox1 not running
                found     busybox1 running""");
    }

    @Test
    void the_status_with_which_a_container_ended() {
        ContainerState failed = container("busybox1").exit(3).is();
        isMet(failed.judge(facts().container("busybox1", c -> c.exited(3)).build()));
        assertThat(explained(failed.judge(
                        facts().container("busybox1", c -> c.exited(33)).build())))
                .isEqualTo(
                        """
                expected  busybox1 exited with status 3
                found     busybox1 exited with status 33""");
        assertThat(explained(failed.judge(facts().container("busybox1", c -> {}).build())))
                .endsWith("found     busybox1 running");
        assertThat(container("busybox1")
                        .exit(0)
                        .is()
                        .judge(facts().container("busybox1", c -> c.status("created", false, 0))
                                .build())
                        .isNotMet())
                .isTrue();
        assertThat(Words.text(failed.statement())).isEqualTo("busybox1 is stopped with status 3");
    }

    @Test
    void the_containers_that_one_is_linked_to() {
        ContainerState linked = container("app").links("db00").is();
        isMet(linked.judge(facts().container("app", c -> c.linked("db", "db00")).build()));
        assertThat(explained(linked.judge(
                        facts().container("app", c -> c.linked("db00", "db001")).build())))
                .isEqualTo("""
                expected  a link to db00
                found     a link to db001""");
        Verdict none = linked.judge(facts().container("app", c -> {}).build());
        assertThat(explained(none))
                .isEqualTo(
                        """
                expected  a link to db00
                found     no link
                why       a link is made when a container is made, by --link""");
        assertThat(evidence(none)).isEqualTo("$ docker inspect -f '{{.HostConfig.Links}}' app\n[]");
        assertThat(Words.text(linked.statement())).isEqualTo("app is linked to db00");
    }

    @Test
    void a_paused_container_has_not_stopped() {
        Facts facts =
                facts().container("busybox1", c -> c.status("paused", true, 0)).build();
        assertThat(container("busybox1").running(false).is().judge(facts).isNotMet())
                .isTrue();
    }

    @Test
    void the_network_modes_of_the_wrong_start() {
        Facts host = facts().container(
                        "busybox1", c -> c.mode("host").shares("host").on("host", ""))
                .build();
        Verdict verdict = FIRST.judge(host);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  network mode bridge, address 172.17.0.2, MAC 02:42:ac:11:00:02
                found     network mode host, no address, no MAC
                why       it was started with --net host, so it has no eth0 of its own""");
        assertThat(evidence(verdict))
                .contains(
                        """
                $ docker inspect -f '{{.HostConfig.NetworkMode}}' busybox1
                host""");
        ContainerState bridged = container("busybox1").mode("bridge").is();
        assertThat(explained(bridged.judge(
                        facts().container("busybox1", c -> c.mode("none").on("none", ""))
                                .build())))
                .isEqualTo(
                        """
                expected  network mode bridge
                found     network mode none
                why       it was started with --net none, so it has no eth0, only lo""");
        Facts shared = facts().container("busybox2", c -> c.on("bridge", "172.17.0.2"))
                .container(
                        "busybox1", c -> c.mode("container:c0ffee10000000000").shares("container:busybox2"))
                .build();
        assertThat(explained(bridged.judge(shared)))
                .isEqualTo(
                        """
                expected  network mode bridge
                found     network mode container:busybox2
                why       it was started with --net container:busybox2, so it uses the interfaces of busybox2""");
        isMet(container("busybox1").mode("container:busybox2").is().judge(shared));
        assertThat(explained(bridged.judge(
                        facts().container("busybox1", c -> c.mode("mynet").on("mynet", "172.20.0.2"))
                                .build())))
                .isEqualTo(
                        """
                expected  network mode bridge
                found     network mode mynet
                why       it was started with --net mynet, so it came to that network and not to the default bridge""");
    }

    @Test
    void a_container_on_another_network_tells_its_address_there() {
        Facts mynet = facts().container("busybox1", c -> c.mode("mynet").on("mynet", "172.20.0.2"))
                .build();
        assertThat(explained(FIRST.judge(mynet)))
                .isEqualTo(
                        """
                expected  network mode bridge, address 172.17.0.2, MAC 02:42:ac:11:00:02
                found     network mode mynet, address 172.20.0.2 on mynet, MAC 02:42:ac:11:00:02 on mynet
                why       it was started with --net mynet, so it came to that network and not to the default bridge""");
        ContainerState onMynet =
                container("busybox1").mode("mynet").ip("172.20.0.2").is();
        assertThat(explained(onMynet.judge(facts().container("busybox1", c -> c.on("bridge", "172.17.0.2"))
                        .build())))
                .isEqualTo(
                        """
                expected  network mode mynet, address 172.20.0.2
                found     network mode bridge, address 172.17.0.2 on bridge
                why       it was started without --net mynet, so it came to the default bridge""");
        assertThat(explained(onMynet.judge(facts().container(
                                "busybox1", c -> c.on("bridge", "172.17.0.2").on("mynet", "172.20.0.2"))
                        .build())))
                .isEqualTo(
                        """
                expected  network mode mynet
                found     network mode bridge
                why       it was started on the default bridge and connected to mynet as well; the mode stays what it was started with""");
    }

    @Test
    void containers_started_in_the_other_order_have_each_others_address() {
        Facts facts = facts().container("busybox2", c -> c.on("bridge", "172.17.0.2"))
                .container("busybox1", c -> c.on("bridge", "172.17.0.3"))
                .build();
        Verdict verdict = FIRST.judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  address 172.17.0.2, MAC 02:42:ac:11:00:02
                found     address 172.17.0.3, MAC 02:42:ac:11:00:03
                why       172.17.0.2 belongs to busybox2""");
        assertThat(evidence(verdict))
                .contains(
                        """
                $ docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' busybox1
                172.17.0.3""");
    }

    @Test
    void the_right_address_on_another_network_does_not_count() {
        Facts facts = facts().container(
                        "busybox1", c -> c.on("bridge", "172.17.0.9").on("mynet", "172.17.0.2"))
                .build();
        assertThat(explained(container("busybox1")
                        .mode("bridge")
                        .ip("172.17.0.2")
                        .is()
                        .judge(facts)))
                .isEqualTo(
                        """
                expected  address 172.17.0.2
                found     address 172.17.0.9""");
        assertThat(explained(
                        container("busybox1").on("bridge", "172.17.0.2").is().judge(facts)))
                .isEqualTo(
                        """
                expected  address 172.17.0.2 on bridge
                found     address 172.17.0.9 on bridge""");
        isMet(container("busybox1").on("mynet", "172.17.0.2").is().judge(facts));
    }

    @Test
    void networks_and_aliases() {
        Facts facts = facts().container("web", c -> c.mode("mynet").on("mynet", "172.20.0.2", "rr2", "c0ffee1"))
                .build();
        assertThat(explained(
                        container("web").on("mynet", "172.20.0.2", "rr").is().judge(facts)))
                .isEqualTo(
                        """
                expected  rr as alias on mynet
                found     rr2 and c0ffee1 as alias on mynet""");
        Verdict verdict = container("web").on("mynet2", "").is().judge(facts);
        assertThat(explained(verdict))
                .isEqualTo("""
                expected  on network mynet2
                found     on mynet""");
        assertThat(evidence(verdict))
                .contains("{{range $name, $place := .NetworkSettings.Networks}}{{$name}} {{end}}' web\nmynet");
        isMet(container("web").on("mynet", "172.20.0.2", "rr2").is().judge(facts));
    }

    @Test
    void another_image_is_another_image() {
        ContainerState wanted = container("web").image("busybox").is();
        assertThat(explained(wanted.judge(
                        facts().container("web", c -> c.image("httpd")).build())))
                .isEqualTo("""
                expected  image busybox
                found     image httpd""");
        assertThat(wanted.judge(facts().container("web", c -> c.image("busybox:1.36"))
                                .build())
                        .isNotMet())
                .isTrue();
        isMet(wanted.judge(facts().container("web", c -> c.image("docker.io/library/busybox:latest"))
                .build()));
    }

    @Test
    void logs_are_searched_and_unread_ones_leave_it_open() {
        ContainerState wanted = container("web").logs("ready").is();
        assertThat(wanted.probes()).hasSize(1);
        isMet(wanted.judge(
                facts().container("web", c -> c.log("starting\nready\n")).build()));
        assertThat(explained(wanted.judge(facts().container("web", c -> c.log("starting\nfailed\n"))
                        .build())))
                .isEqualTo(
                        """
                expected  a log that contains 'ready'
                found     a log that ends with 'failed'""");
        assertThat(evidence(wanted.judge(facts().container("web", c -> c.log("1\n2\n3\n4\n5\n6\n7\n"))
                        .build())))
                .endsWith("3\n4\n5\n6\n7")
                .doesNotContain("2");
        assertThat(explained(
                        wanted.judge(facts().container("web", c -> c.log("\n")).build())))
                .contains("found     a log that is empty");
        assertThat(reason(wanted.judge(facts().container("web", c -> {}).build())))
                .isEqualTo("the log could not be read");
        // a difference decides, whatever else is unknown
        assertThat(container("web")
                        .mode("host")
                        .logs("ready")
                        .is()
                        .judge(facts().container("web", c -> {}).build())
                        .isNotMet())
                .isTrue();
    }

    @Test
    void an_unreachable_engine_leaves_it_open() {
        Facts facts = facts().containersUnread().networksUnread().build();
        assertThat(reason(FIRST.judge(facts))).isEqualTo("the containers could not be read");
        assertThat(reason(noContainer("busybox1").judge(facts))).isEqualTo("the containers could not be read");
        assertThat(reason(network(Optional.empty()).judge(facts))).isEqualTo("Docker's networks could not be read");
    }

    @Test
    void a_network_with_its_members() {
        Facts facts = facts().network(dockerNetwork("mynet", "172.20.0.0/16", "172.20.0.1", "web", "db"))
                .container("web", c -> c.mode("mynet").on("mynet", "172.20.0.2"))
                .container("db", c -> c.mode("mynet").on("mynet", "172.20.0.3"))
                .container("api", c -> c.on("bridge", "172.17.0.2"))
                .container("old", c -> c.exited(0).mode("mynet").on("mynet", ""))
                .build();
        isMet(network(Optional.of(contains(List.of("web")))).judge(facts));
        isMet(network(Optional.of(exactly(List.of("db", "web")))).judge(facts));
        Verdict verdict = network(Optional.of(contains(List.of("web", "api")))).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  containers web and api
                found     containers db and web
                why       api is on bridge (network mode bridge)""");
        assertThat(explained(network(Optional.of(contains(List.of("old")))).judge(facts)))
                .endsWith(
                        "why       old is not running (exited with status 0), and a stopped container is on no network");
        assertThat(explained(network(Optional.of(contains(List.of("we")))).judge(facts)))
                .endsWith("why       there is no container we");
        assertThat(explained(network(Optional.of(exactly(List.of("web")))).judge(facts)))
                .isEqualTo(
                        """
                expected  only container web
                found     containers db and web""");
    }

    @Test
    void a_network_of_a_longer_name_or_with_other_attributes() {
        Facts facts = facts().network(dockerNetwork("mynet2", "172.20.0.0/16", "172.20.0.1"))
                .build();
        Verdict verdict = network(Optional.empty()).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a Docker network mynet
                found     no Docker network mynet, only mynet2""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ docker network ls --format '{{.Name}}'
                mynet2""");
        Facts other = facts().network(dockerNetwork("mynet", "172.20.0.0/24", "172.20.0.254"))
                .build();
        assertThat(explained(network(Optional.empty()).judge(other)))
                .isEqualTo(
                        """
                expected  subnet 172.20.0.0/16, gateway 172.20.0.1
                found     subnet 172.20.0.0/24, gateway 172.20.0.254""");
    }

    @Test
    void a_network_is_judged_by_its_range_and_its_drivers_options() {
        DockerNetwork plain = dockerNetwork("lan", "10.0.2.0/24", "10.0.2.2");
        DockerNetwork ranged = new DockerNetwork(
                plain.id(),
                "lan",
                "macvlan",
                plain.subnets(),
                plain.gateways(),
                List.of(Cidr.parse("10.0.2.128/28")),
                Optional.empty(),
                List.of(),
                Map.of("parent", "eth0"),
                false);
        NetworkState wanted = new NetworkState(
                Optional.empty(),
                "lan",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Cidr.parse("10.0.2.128/28")),
                Map.of("parent", "eth0"),
                Optional.empty(),
                Optional.empty());
        isMet(wanted.judge(facts().network(ranged).build()));
        Verdict verdict = wanted.judge(facts().network(plain).build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  address range 10.0.2.128/28, option parent=eth0
                found     no address range, so that any of 10.0.2.0/24 may be given, no option parent""");
        assertThat(evidence(verdict)).contains("docker network inspect -f '{{index .Options \"parent\"}}' lan");
        DockerNetwork elsewhere = new DockerNetwork(
                plain.id(),
                "lan",
                "macvlan",
                plain.subnets(),
                plain.gateways(),
                List.of(Cidr.parse("10.0.2.128/29")),
                Optional.empty(),
                List.of(),
                Map.of("parent", "eth01"),
                false);
        assertThat(explained(wanted.judge(facts().network(elsewhere).build())))
                .contains("address range 10.0.2.128/29")
                .contains("option parent=eth01");
    }

    @Test
    void a_network_that_does_not_tell_its_gateway_has_its_bridges_address() {
        DockerNetwork told = dockerNetwork("mynet", "172.20.0.0/16", "172.20.0.1");
        DockerNetwork untold = new DockerNetwork(
                told.id(),
                told.name(),
                told.driver(),
                told.subnets(),
                List.of(),
                List.of(),
                Optional.of("br-mynet"),
                List.of(),
                Map.of(),
                false);
        NetworkState wanted = network(Optional.empty());
        isMet(wanted.judge(facts().network(untold)
                .host(h -> h.bridge("br-mynet", "172.20.0.1/16"))
                .build()));
        Verdict verdict = wanted.judge(facts().network(untold)
                .host(h -> h.bridge("br-mynet", "172.20.0.254/16"))
                .build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  gateway 172.20.0.1
                found     gateway 172.20.0.254""");
        assertThat(evidence(verdict)).contains("$ ip addr show br-mynet\n");
        assertThat(explained(wanted.judge(facts().network(untold)
                        .host(h -> h.link(
                                "br-mynet", bridge -> bridge.kind("bridge").up()))
                        .build())))
                .isEqualTo(
                        """
                expected  gateway 172.20.0.1
                found     gateway none
                why       its bridge br-mynet has no address""");
        DockerNetwork card = new DockerNetwork(
                told.id(),
                told.name(),
                "bridge",
                told.subnets(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                false);
        assertThat(explained(wanted.judge(facts().network(card).build())))
                .isEqualTo(
                        """
                expected  gateway 172.20.0.1
                found     gateway none
                why       it was made without --gateway""");
        assertThat(reason(wanted.judge(
                        facts().network(untold).host(NamespaceBuilder::unread).build())))
                .isEqualTo("the links could not be read");
    }

    @Test
    void a_network_that_must_be_gone() {
        NetworkState gone = new NetworkState(
                Optional.empty(),
                "mynet",
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        isMet(gone.judge(facts().network(dockerNetwork("mynet2", "172.20.0.0/16", "172.20.0.1"))
                .build()));
        assertThat(gone.judge(facts().network(dockerNetwork("mynet", "172.20.0.0/16", "172.20.0.1"))
                                .build())
                        .isNotMet())
                .isTrue();
    }

    @Test
    void default_means_bridge_also_for_its_address() {
        Facts facts = facts().container("web", c -> c.on("bridge", "172.17.0.2").on("mynet", "172.20.0.2"))
                .build();
        isMet(container("web").mode("default").ip("172.17.0.2").is().judge(facts));
        assertThat(container("web")
                        .mode("default")
                        .ip("172.20.0.2")
                        .is()
                        .judge(facts)
                        .isNotMet())
                .isTrue();
    }

    @Test
    void the_mac_on_a_network_is_compared() {
        Facts facts = facts().container("web", c -> c.on("mynet", "172.20.0.2")).build();
        NetworkPlace right =
                new NetworkPlace(Optional.empty(), Optional.of(MacAddress.parse("02:42:ac:11:00:02")), List.of());
        NetworkPlace wrong =
                new NetworkPlace(Optional.empty(), Optional.of(MacAddress.parse("02:42:ac:11:00:09")), List.of());
        isMet(onMynet(right).judge(facts));
        assertThat(explained(onMynet(wrong).judge(facts)))
                .isEqualTo(
                        """
                expected  MAC 02:42:ac:11:00:09 on mynet
                found     MAC 02:42:ac:11:00:02 on mynet""");
        assertThat(Words.text(onMynet(wrong).statement())).isEqualTo("web is on mynet with MAC 02:42:ac:11:00:09");
    }

    private static ContainerState onMynet(NetworkPlace place) {
        return new ContainerState(
                Optional.empty(),
                "web",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("mynet", place),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void an_image_of_a_registry_with_a_port_has_no_tag() {
        ContainerState wanted = container("web").image("registry:5000/app").is();
        isMet(wanted.judge(facts().container("web", c -> c.image("registry:5000/app:latest"))
                .build()));
        assertThat(wanted.judge(facts().container("web", c -> c.image("registry:5000/app:2"))
                                .build())
                        .isNotMet())
                .isTrue();
    }

    @Test
    void the_holder_of_an_address_is_one_that_runs_and_has_it() {
        Facts facts = facts().container("old", c -> c.exited(0).on("bridge", "172.17.0.2"))
                .container("other", c -> c.on("bridge", "172.17.0.4"))
                .container("busybox1", c -> c.on("bridge", "172.17.0.3"))
                .build();
        assertThat(explained(container("busybox1").ip("172.17.0.2").is().judge(facts)))
                .isEqualTo(
                        """
                expected  address 172.17.0.2
                found     address 172.17.0.3""");
    }

    @Test
    void a_network_without_wishes_is_shown_by_its_name() {
        NetworkState plain = new NetworkState(
                Optional.empty(),
                "mynet",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Verdict verdict = plain.judge(facts().network(dockerNetwork("mynet", "172.20.0.0/16", "172.20.0.1"))
                .build());
        isMet(verdict);
        assertThat(evidence(verdict)).isEqualTo("$ docker network inspect -f '{{.Name}}' mynet\nmynet");
    }
}
