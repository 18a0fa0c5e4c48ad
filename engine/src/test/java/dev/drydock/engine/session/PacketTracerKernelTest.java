package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.proof.RememberedWorlds;
import dev.drydock.engine.session.PacketTracer.Traced;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.probe.Sweep;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.trace.PacketMark;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Rewritten;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.trace.TraceScript;
import dev.drydock.verify.trace.Visit;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real packets through real worlds made by hand: red and blue at br0 of labhost, and a second lab host. */
@Tag("kernel")
class PacketTracerKernelTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String NETWORK =
            """
            ip link add br0 type bridge
            ip addr add 10.9.0.254/24 dev br0
            ip link set br0 up
            i=0
            for n in red blue; do
                i=$((i + 1))
                ip netns add $n
                ip link add v$n type veth peer name eth0 netns $n
                ip link set v$n master br0 up
                ip -n $n link set lo up
                ip -n $n link set eth0 up
                ip -n $n addr add 10.9.0.$i/24 dev eth0
                ip -n $n route add default via 10.9.0.254
            done
            echo 1 >/proc/sys/net/ipv4/ip_forward
            iptables -t nat -A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE
            iptables -A FORWARD -p udp -m udp --dport 9 -j DROP
            iptables -A FORWARD -i br0 -m comment --comment "the way out" -j ACCEPT
            """;

    @TempDir
    Path folder;

    private RememberedWorlds worlds;
    private World world;
    private LabHost host;

    @BeforeEach
    void build() {
        worlds = new RememberedWorlds(folder.resolve("worlds"));
        world = worlds.build(new WorldRequest("trace", List.of("labhost", "beta"), Set.of(), List.of()));
        host = world.labHost();
        type(NETWORK);
    }

    @AfterEach
    void leave_nothing() {
        world.end();
        worlds.assertAllGone();
    }

    private void type(String script) {
        assertThat(host.run("set -e\n" + script, LIMIT))
                .satisfies(output -> assertThat(output.exit()).as(output.err()).isZero());
    }

    private String said(String script) {
        return host.run(script, LIMIT).out();
    }

    private Trace trace(String from, String to) {
        return trace(from, to, Optional.empty());
    }

    private Trace trace(String from, String to, Optional<Facts> last) {
        Traced traced = new PacketTracer(world, false).trace(from, to, last);
        assertThat(traced).isInstanceOf(Traced.Done.class);
        return ((Traced.Done) traced).trace();
    }

    /** {@code red: eth0 out} …, everything on the way in one form. */
    private static List<String> way(List<Visit> visits) {
        return visits.stream()
                .flatMap(visit -> visit.steps().stream().map(step -> visit.place() + ": " + words(step)))
                .toList();
    }

    private static String words(TraceEvent step) {
        if (step instanceof Seen seen) {
            return seen.point().toString().toLowerCase(java.util.Locale.ROOT)
                    + seen.header().in().map(in -> " in " + in).orElse("")
                    + seen.header().out().map(out -> " out " + out).orElse("");
        } else if (step instanceof Decided decided) {
            return decided.chain() + " "
                    + (decided.number().isPresent() ? decided.number().getAsInt() + " " : "")
                    + decided.rule();
        }
        Rewritten rewritten = (Rewritten) step;
        return (rewritten.source() ? "source " : "destination ") + rewritten.before() + " > " + rewritten.after();
    }

    @Test
    void follows_a_ping_through_bridge_rules_and_masquerade_and_its_answer_back() {
        String before = said("nft list ruleset | sed 's/packets [0-9]* bytes [0-9]*//'; ls -A /tmp");

        Trace trace = trace("red", "8.8.8.8");

        assertThat(trace.ending().kind()).isEqualTo(Ending.Kind.ANSWERED);
        assertThat(way(trace.request()))
                .containsExactly(
                        "red: made out eth0",
                        "red: out out eth0",
                        "labhost: port_in in vred",
                        "labhost: in in br0",
                        "labhost: routed in br0 out eth0",
                        "labhost: filter/FORWARD 2 -i br0 -j ACCEPT",
                        "labhost: nat/POSTROUTING 1 -s 10.9.0.0/24 ! -o br0 -j MASQUERADE",
                        "labhost: source 10.9.0.1 > 10.0.2.15",
                        "labhost: out in br0 out eth0");
        assertThat(way(trace.reply()))
                .containsExactly(
                        "labhost: in in eth0",
                        "labhost: destination 10.0.2.15 > 10.9.0.1",
                        "labhost: routed in eth0 out br0",
                        "labhost: filter/FORWARD policy ACCEPT",
                        "labhost: out in eth0 out br0",
                        "labhost: port_out out vred",
                        "red: in in eth0",
                        "red: delivered in eth0");
        assertThat(said("nft list ruleset | sed 's/packets [0-9]* bytes [0-9]*//'; ls -A /tmp"))
                .isEqualTo(before);
    }

    @Test
    void names_the_rule_or_the_policy_that_dropped_the_packet_or_its_answer() {
        type("iptables -I FORWARD -s 10.9.0.1 -d 8.8.8.8 -j DROP");
        Trace byRule = trace("red", "8.8.8.8");
        assertThat(told(byRule.ending()))
                .isEqualTo(List.of(
                        Ending.Kind.DROPPED,
                        "the packet was dropped in labhost by filter/FORWARD, rule 1: -s 10.9.0.1/32 -d 8.8.8.8/32 -j DROP",
                        Optional.of(Cause.RULE)));

        type("iptables -F FORWARD; iptables -P FORWARD DROP");
        assertThat(Words.text(trace("red", "1.1.1.1").ending().sentence()))
                .isEqualTo("the packet was dropped in labhost by the policy of filter/FORWARD");

        type("iptables -A FORWARD -i br0 ! -o br0 -j ACCEPT");
        assertThat(told(trace("red", "1.1.1.1").ending()))
                .isEqualTo(List.of(
                        Ending.Kind.REPLY_DROPPED,
                        "the answer was dropped in labhost by the policy of filter/FORWARD",
                        Optional.of(Cause.POLICY)));

        type("ip netns exec red iptables -A OUTPUT -d 1.1.1.1 -j REJECT");
        assertThat(Words.text(trace("red", "1.1.1.1").ending().sentence()))
                .startsWith("the packet was rejected in red by filter/OUTPUT, rule 1: -d 1.1.1.1/32 -j REJECT");
    }

    @Test
    void follows_a_connection_through_a_published_port_and_rules_within_rules() {
        type(
                """
                iptables -t nat -N WEB
                iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j WEB
                iptables -t nat -A WEB -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.9.0.2:80
                ip netns exec blue busybox httpd -p 80 -h /usr/share/doc
                """);

        Trace trace = trace("beta", "labhost:8080");

        assertThat(trace.ending().kind()).as(trace.toString()).isEqualTo(Ending.Kind.ANSWERED);
        assertThat(way(trace.request()))
                .containsSubsequence(
                        "beta: out out eth0",
                        "labhost: in in eth0",
                        "labhost: nat/WEB 1 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.9.0.2:80",
                        "labhost: destination 10.0.2.15:8080 > 10.9.0.2:80",
                        "labhost: routed in eth0 out br0",
                        "labhost: port_out out vblue",
                        "blue: in in eth0",
                        "blue: delivered in eth0");
        assertThat(trace.request().stream()
                        .flatMap(visit -> visit.steps().stream())
                        .filter(step -> step instanceof Decided decided
                                && decided.chain().equals("nat/WEB"))
                        .map(step -> ((Decided) step).through()))
                .containsExactly(List.of("PREROUTING rule 1"));
        assertThat(way(trace.reply()))
                .containsSubsequence("blue: out out eth0", "labhost: out in br0 out eth0", "beta: delivered in eth0");

        Trace closed = trace("red", "blue:81");
        assertThat(told(closed.ending()))
                .isEqualTo(List.of(
                        Ending.Kind.REFUSED,
                        "blue refuses: nobody listens on tcp port 81 there",
                        Optional.of(Cause.NO_LISTENER)));
    }

    @Test
    void believes_the_kernel_and_not_a_sender_that_is_too_late_to_say_that_it_was_answered() {
        type(
                """
                ip netns exec blue busybox httpd -p 80 -h /usr/share/doc
                cp /usr/bin/curl /root/curl
                printf '%s\\n' '#!/bin/bash' 'exec /root/curl "$@" 3>&1 >/dev/null 2>&1' >/root/mute
                chmod +x /root/mute
                mount --bind /root/mute /usr/bin/curl
                """);

        Trace trace = trace("red", "blue:80");

        assertThat(trace.said()).isEmpty();
        assertThat(trace.ending().kind()).as(trace.toString()).isEqualTo(Ending.Kind.ANSWERED);
        assertThat(trace("red", "blue:81").ending().kind()).isEqualTo(Ending.Kind.REFUSED);
    }

    @Test
    void says_that_the_sender_is_not_told_where_a_rule_drops_the_error() {
        type("ip netns exec blue iptables -A OUTPUT -p icmp -j DROP");

        assertThat(told(trace("red", "blue:81/udp").ending()))
                .isEqualTo(List.of(
                        Ending.Kind.REFUSED,
                        "blue refuses: nobody listens on udp port 81 there; the sender does not learn that, because the ICMP error was"
                                + " dropped in blue by filter/OUTPUT, rule 1: -p icmp -j DROP",
                        Optional.of(Cause.NO_LISTENER)));
    }

    @Test
    void sends_at_once_to_where_the_ends_lay_and_again_where_they_lie_by_now() {
        type("ip netns exec blue busybox httpd -p 80 -h /usr/share/doc");
        Optional<Facts> last = Optional.of(WorldSweep.glance(world, false));
        assertThat(story(trace("red", "blue:80", last))).isEqualTo(story(trace("red", "blue:80")));

        type("ip -n blue addr del 10.9.0.2/24 dev eth0; ip -n blue addr add 10.9.0.22/24 dev eth0");
        Trace moved = trace("red", "blue:80", last);
        assertThat(moved.packet().to()).hasToString("10.9.0.22");
        assertThat(moved.ending().kind()).isEqualTo(Ending.Kind.ANSWERED);
        assertThat(story(moved)).isEqualTo(story(trace("red", "blue:80")));

        type("ip netns del blue");
        assertThat(new PacketTracer(world, false).trace("red", "blue:80", last)).isInstanceOf(Traced.Unasked.class);
        assertThat(new PacketTracer(world, false).trace("blue", "red", last)).isInstanceOf(Traced.Unasked.class);
    }

    @Test
    void tells_packets_apart_that_are_traced_at_the_same_time() {
        type("iptables -I FORWARD -d 1.1.1.1 -j DROP; ip netns exec blue busybox httpd -p 80 -h /usr/share/doc");
        List<String> ends = List.of("8.8.8.8", "1.1.1.1", "blue", "blue:80", "blue:81", "8.8.8.8");
        List<List<String>> alone =
                ends.stream().map(to -> story(trace("red", to))).toList();

        List<CompletableFuture<List<String>>> together = ends.stream()
                .map(to -> CompletableFuture.supplyAsync(() -> story(trace("red", to)), WorldSweep::inThread))
                .toList();

        assertThat(together.stream().map(CompletableFuture::join)).containsExactlyElementsOf(alone);
    }

    private static List<Object> told(Ending ending) {
        return List.of(ending.kind(), Words.text(ending.sentence()), ending.cause());
    }

    private static List<String> story(Trace trace) {
        List<String> story = new ArrayList<>(way(trace.request()));
        story.addAll(way(trace.reply()));
        story.add(Words.text(trace.ending().sentence()));
        return story.stream()
                .map(line -> line.replace(":" + trace.packet().mark().value(), ":MARK"))
                .toList();
    }

    @Test
    void says_where_a_packet_was_seen_last_when_no_rule_dropped_it() {
        assertThat(told(trace("red", "10.9.0.77").ending()))
                .isEqualTo(List.of(
                        Ending.Kind.LOST,
                        "red asks by ARP who has 10.9.0.77 on eth0, and nobody answers: no interface of this lab has the"
                                + " address 10.9.0.77",
                        Optional.of(Cause.NOBODY_THERE)));

        type("ip -n red route del default");
        assertThat(trace("red", "8.8.8.8").ending().kind()).isEqualTo(Ending.Kind.NOT_SENT);
        assertThat(Words.text(trace("red", "8.8.8.8").ending().sentence())).contains("no route covers 8.8.8.8");
        assertThat(trace("red", "8.8.8.8").ending().cause()).contains(Cause.NO_ROUTE);

        type("ip -n red route add default via 10.9.0.254; echo 0 >/proc/sys/net/ipv4/ip_forward");
        assertThat(told(trace("red", "8.8.8.8").ending()))
                .isEqualTo(List.of(
                        Ending.Kind.LOST,
                        "it came into labhost by br0 and went no further: packets for 8.8.8.8 would have to be forwarded"
                                + " on labhost, where net.ipv4.ip_forward is 0",
                        Optional.of(Cause.NOT_FORWARDING)));

        type("echo 1 >/proc/sys/net/ipv4/ip_forward; iptables -t nat -F");
        assertThat(Words.text(trace("red", "8.8.8.8").ending().sentence()))
                .startsWith("it left labhost by eth0, and nothing came back: labhost sends it on by eth0 as 10.9.0.1, a"
                        + " private address");

        type("ip -n blue route flush table main");
        assertThat(told(trace("red", "10.9.0.2").ending()))
                .isEqualTo(List.of(
                        Ending.Kind.UNANSWERED,
                        "blue got the packet and sent no answer; no answer finds its way: there is no route back to 10.9.0.1 in"
                                + " blue on labhost",
                        Optional.of(Cause.NO_ROUTE_BACK)));
    }

    @Test
    void hears_a_word_that_comes_in_two_pieces() throws Exception {
        TraceScript script = TraceScript.of(PacketMark.echo(), 60, true);
        CompletableFuture<TraceScript.Ear> listens = new CompletableFuture<>();
        StringBuffer soFar = new StringBuffer();
        CompletableFuture<ProbeOutput> listening = CompletableFuture.supplyAsync(() -> host.run(
                script.listening(),
                Duration.ofMinutes(2),
                piece -> {
                    soFar.append(piece);
                    script.ear(soFar.toString()).ifPresent(listens::complete);
                },
                piece -> {}));
        TraceScript.Ear ear = listens.get(60, TimeUnit.SECONDS);
        String way = "/proc/" + ear.process() + "/fd/" + ear.descriptor();
        // It waits for one second at a time.
        said("printf rep >" + way + "; sleep 2.3; echo 'ort 1' >" + way);
        assertThat(listening.get(60, TimeUnit.SECONDS).out())
                .contains(" trace ")
                .doesNotContain(" cannot");
    }

    @Test
    void is_gone_when_it_is_killed_and_no_fact_while_it_runs() throws Exception {
        // one that listens for as long as it takes on a very slow machine
        TraceScript script = TraceScript.of(PacketMark.echo(), 60, true);
        CompletableFuture<Void> listens = new CompletableFuture<>();
        StringBuffer soFar = new StringBuffer();
        CompletableFuture<ProbeOutput> listening = CompletableFuture.supplyAsync(() -> host.run(
                script.listening(),
                Duration.ofMinutes(2),
                piece -> {
                    soFar.append(piece);
                    if (script.ear(soFar.toString()).isPresent()) {
                        listens.complete(null);
                    }
                },
                piece -> {}));
        listens.get(60, TimeUnit.SECONDS);
        assertThat(said("nft list tables; ip netns exec red nft list tables"))
                .contains("table ip drydock_trace", "table bridge drydock_trace");
        assertThat(said("ls -A ${TMPDIR:-/tmp}")).doesNotContain("drydock");
        Facts during =
                new WorldSweep().read(world, false, List.of(), Optional.empty()).facts();
        HostFacts here = during.hosts().get("labhost");
        assertThat(known(here.processes()))
                .extracting(ProcessEntry::arguments)
                .noneMatch(line -> line.contains("drydock_trace") || line.startsWith("nft"));
        for (Namespace namespace : known(here.namespaces())) {
            assertThat(known(namespace.chains()))
                    .noneMatch(chain -> chain.table().startsWith("drydock_trace"));
        }

        ActiveProbe.PacketFilter rules = new ActiveProbe.PacketFilter(Scope.LAB_HOST);
        Sweep sweep = Sweep.of(Set.of(rules), Set.of(), false);
        HostFacts filtered = sweep.parse("labhost", host.run(sweep.script(), LIMIT));
        assertThat(PacketFilterOutcome.parse(filtered.capture(rules).orElseThrow())
                        .nft()
                        .orElseThrow())
                .contains("POSTROUTING", "FORWARD")
                .doesNotContain("drydock_trace");

        said(
                """
                for p in /proc/[0-9]*; do
                    { mapfile -td '' words <"$p/cmdline"; } 2>/dev/null
                    [[ ${words[0]} == *bash && ${words[*]} == *TABLE=drydock_trace_[0-9a-f]* && $p != "/proc/$$" ]] &&
                        kill -9 "${p#/proc/}"
                done
                """);
        assertThat(listening.get().exit()).isNotZero();
        assertThat(
                        said(
                                """
                        for i in {1..200}; do
                            tables=$(nft list tables; ip netns exec red nft list tables)
                            [[ $tables == *drydock_trace* ]] || exit 0
                            read -rt 0.02 <> <(:)
                        done
                        echo "$tables"
                        """))
                .isEmpty();
    }

    private static <T> T known(Reading<T> reading) {
        return reading.fold(Reading.Known::value, unknown -> {
            throw new AssertionError(unknown);
        });
    }

    @Test
    void says_what_a_name_can_mean_where_it_names_no_place() {
        Traced.Unasked unasked =
                (Traced.Unasked) new PacketTracer(world, false).trace("green", "8.8.8.8", Optional.empty());
        assertThat(unasked.why().said()).isEqualTo(say("question.no-such-place", "typed", "green", "near", ""));
        assertThat(unasked.why().next())
                .isEqualTo(say(
                        "question.no-such-place.next",
                        "one",
                        false,
                        "names",
                        List.of("beta", "blue", "labhost", "red"),
                        "asName",
                        ""));
        assertThat(new PacketTracer(world, false).trace("red", "blue:70000", Optional.empty()))
                .isInstanceOf(Traced.Unasked.class);
        assertThat(trace("red", "www.example.com").packet().to().text()).isEqualTo("1.1.1.1");
    }
}
