package dev.drydock.verify.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.trace.TraceLine.What;
import dev.drydock.verify.trace.TracedPacket.Kind;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What nft 1.0.6 printed on a 6.18 kernel, where two lab hosts stood side by side and one of them published a port. */
class TraceReaderTest {
    private static final Path CAPTURES = Path.of("src/test/resources/captures/nft-1.0.6/published-port");
    private static final TracedPacket SYN =
            new TracedPacket(IpAddress.parse("10.0.2.15"), new PacketMark(Protocol.TCP, OptionalInt.of(8080), 23456));
    private static final TraceScript SCRIPT = TraceScript.named(SYN.mark(), 1, "0123456789ab");
    private static final long VISITOR = 4026534903L;

    private static ProbeOutput output(String out) {
        return new ProbeOutput(0, out, "", Duration.ZERO, false);
    }

    private static ProbeOutput capture(String host) throws IOException {
        return output(Files.readString(CAPTURES.resolve(host + ".out")));
    }

    private static <T> Reading<T> unread() {
        return new Reading.Unknown<>(Message.verbatim("not read"), new Evidence("", ""));
    }

    private static Namespace nameless(long inode) {
        return new Namespace(
                inode, Set.of(), unread(), unread(), unread(), unread(), unread(), unread(), unread(), unread(),
                unread());
    }

    /** Facts that know no namespace, so that only the packet itself tells the order. */
    private static Facts facts() {
        TreeMap<String, HostFacts> hosts = new TreeMap<>();
        for (String host : List.of("labhost", "visitor")) {
            hosts.put(host, new HostFacts(host, unread(), unread(), unread(), Map.of(), unread(), Map.of()));
        }
        return new Facts("labhost", hosts);
    }

    private static TraceReader.Result read(ProbeOutput labhost, ProbeOutput visitor) {
        Facts facts = facts();
        return new TraceReader(facts, () -> facts, SCRIPT, SYN)
                .read(
                        "visitor",
                        "labhost:8080",
                        new Node(facts.hosts().get("visitor"), nameless(VISITOR)),
                        new TreeMap<>(Map.of("labhost", labhost, "visitor", visitor)));
    }

    private static List<Object> decisions(List<Visit> visits) {
        return visits.stream()
                .flatMap(visit -> visit.steps().stream())
                .filter(step -> !(step instanceof TraceEvent.Seen))
                .map(Object.class::cast)
                .toList();
    }

    @Test
    void puts_the_way_together_from_what_two_kernels_said() throws IOException {
        Trace trace = read(capture("labhost"), capture("visitor")).trace().orElseThrow();

        assertThat(trace.ending().kind()).isEqualTo(Ending.Kind.ANSWERED);
        assertThat(trace.request()).extracting(Visit::host).containsExactly("visitor", "labhost", "labhost");
        assertThat(trace.reply()).extracting(Visit::host).containsExactly("labhost", "labhost", "visitor");
        assertThat(decisions(trace.request()))
                .containsExactly(
                        new TraceEvent.Decided(
                                "ip nat/OUTPUT", OptionalInt.empty(), "policy ACCEPT", "accept", List.of()),
                        new TraceEvent.Decided(
                                "ip nat/POSTROUTING", OptionalInt.empty(), "policy ACCEPT", "accept", List.of()),
                        new TraceEvent.Decided(
                                "ip nat/DOCKER",
                                OptionalInt.of(3),
                                "iifname != \"docker0\" tcp dport 8080 dnat to 172.17.0.2:80",
                                "accept",
                                List.of("PREROUTING rule 1")),
                        new TraceEvent.Rewritten(false, "10.0.2.15:8080", "172.17.0.2:80"),
                        new TraceEvent.Decided(
                                "ip filter/DOCKER",
                                OptionalInt.of(1),
                                "iifname != \"docker0\" oifname \"docker0\" ip daddr 172.17.0.2 tcp dport 80 accept",
                                "accept",
                                List.of("FORWARD rule 8")),
                        new TraceEvent.Decided(
                                "ip nat/POSTROUTING", OptionalInt.empty(), "policy ACCEPT", "accept", List.of()));
        assertThat(decisions(trace.reply()))
                .contains(new TraceEvent.Rewritten(true, "172.17.0.2:80", "10.0.2.15:8080"));
        assertThat(trace.said()).last().asString().startsWith("* Connected to");
    }

    /** What the sender of the capture would have left behind, had it not come to say that it was answered. */
    private static String unheard(String out) {
        return out.replaceFirst(
                "(?s)\u001e0123456789ab answer 1\n.*?\u001e",
                "\u001e0123456789ab answer \n*   Trying 10.0.2.15:8080...\n\u001e");
    }

    @Test
    void takes_an_answer_that_the_kernel_delivered_for_one_even_if_the_sender_never_says_so() throws IOException {
        String silent = unheard(capture("visitor").out());
        assertThat(silent).doesNotContain("Connected");

        Trace trace = read(capture("labhost"), output(silent)).trace().orElseThrow();

        assertThat(trace.ending())
                .isEqualTo(read(capture("labhost"), capture("visitor"))
                        .trace()
                        .orElseThrow()
                        .ending());
    }

    @Test
    void says_that_an_answer_was_lost_which_nobody_at_the_sender_could_want() throws IOException {
        String silent = unheard(capture("visitor").out());
        String fromElsewhere =
                silent.replace("ip saddr 10.0.2.15 ip daddr 10.0.2.16", "ip saddr 172.17.0.2 ip daddr 10.0.2.16");
        assertThat(fromElsewhere).isNotEqualTo(silent);
        assertThat(read(capture("labhost"), output(fromElsewhere))
                        .trace()
                        .orElseThrow()
                        .ending()
                        .kind())
                .isEqualTo(Ending.Kind.REPLY_LOST);

        String notDelivered = silent.lines()
                .filter(line -> !line.contains(" delivered "))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(read(capture("labhost"), output(notDelivered))
                        .trace()
                        .orElseThrow()
                        .ending()
                        .kind())
                .isEqualTo(Ending.Kind.REPLY_LOST);
    }

    @Test
    void tells_no_way_from_an_output_that_was_cut_off() throws IOException {
        ProbeOutput whole = capture("labhost");
        ProbeOutput half = output(whole.out().substring(0, whole.out().length() / 2));
        TraceReader.Result result = read(half, capture("visitor"));
        assertThat(result.trace()).isEmpty();
        assertThat(Words.text(result.trouble().orElseThrow())).contains("on labhost");

        ProbeOutput refused =
                output("\u001e0123456789ab cannot\nnft in /run/netns/red: Error: Operation not supported\n");
        assertThat(read(refused, capture("visitor")).trouble().map(Words::text))
                .contains("the kernel's trace could not be read on labhost: nft in /run/netns/red: Error: Operation not"
                        + " supported");
    }

    @Test
    void says_that_nothing_left_where_nothing_was_seen() throws IOException {
        String nothing = "\u001e0123456789ab trace " + VISITOR + "\ntable ip drydock_trace_0123456789ab\n"
                + "\u001e0123456789ab neighbours " + VISITOR + "\n\u001e0123456789ab answer \n"
                + "curl: (7) Couldn't connect to server\n\u001e0123456789ab end\n";
        String silent = "\u001e0123456789ab trace 7\n\u001e0123456789ab end\n";
        Trace trace = read(output(silent), output(nothing)).trace().orElseThrow();
        assertThat(trace.ending().kind()).isEqualTo(Ending.Kind.NOT_SENT);
        assertThat(Words.text(trace.ending().sentence()))
                .isEqualTo("no packet left visitor/net:[" + VISITOR + "]: curl: (7) Couldn't connect to server");
        assertThat(trace.request()).isEmpty();
    }

    @Test
    void leaves_out_what_another_trace_beside_it_said() throws IOException {
        String more =
                "trace id ab12 ip drydock_trace_fedcba987654 prerouting packet: iif \"eth0\" ip saddr 10.0.2.16 ip daddr"
                        + " 10.0.2.15 ip dscp cs0 ip ecn not-ect ip ttl 64 ip id 1 ip length 60 tcp sport 23456 tcp dport 8080 tcp"
                        + " flags == syn tcp window 64240 \n";
        String out = capture("visitor").out().replace("\u001e0123456789ab answer", more + "\u001e0123456789ab answer");
        assertThat(read(capture("labhost"), output(out)).trace())
                .isEqualTo(read(capture("labhost"), capture("visitor")).trace());
    }

    @Test
    void leaves_out_the_line_of_a_later_packet_amid_which_nft_was_killed() throws IOException {
        String next =
                "trace id 25d3a7fb ip drydock_trace_0123456789ab prerouting packet: iif \"eth0\" ip saddr 10.0.2.15 ip daddr"
                        + " 10.0.2.16 ip dscp cs0 ";
        String out = capture("visitor").out().replace("\u001e0123456789ab answer", next + "\u001e0123456789ab answer");
        assertThat(read(capture("labhost"), output(out)).trace())
                .isEqualTo(read(capture("labhost"), capture("visitor")).trace());
    }

    @Test
    void leaves_out_the_packet_of_another_trace_that_its_own_table_saw_too() throws IOException {
        String ip = "ip saddr 10.0.2.16 ip daddr 10.0.2.15 ip dscp cs0 ip ecn not-ect ip ttl 64 ip id 77 ip length 60 ";
        String own = "trace id ab12 ip drydock_trace_0123456789ab ";
        String more = own + "output packet: oif \"eth0\" " + ip + "tcp sport 23999 tcp dport 8080 tcp flags == syn \n"
                + own + "output policy accept \n"
                + "trace id ab12 ip filter OUTPUT packet: oif \"eth0\" " + ip
                + "tcp sport 23999 tcp dport 8080 tcp flags == syn \n"
                + "trace id ab12 ip filter OUTPUT policy drop \n"
                + "trace id ab13 ip drydock_trace_0123456789ab prerouting packet: iif \"eth0\" " + ip
                + "icmp type destination-unreachable icmp code host-unreachable icmp id 0 icmp sequence 0 \n";
        for (String before :
                List.of("trace id 3583c833 ip drydock_trace_0123456789ab output packet", "\u001e0123456789ab answer")) {
            String out = capture("visitor").out().replaceFirst(before, Matcher.quoteReplacement(more + before));
            assertThat(out).contains("23999");
            assertThat(read(capture("labhost"), output(out)).trace())
                    .isEqualTo(read(capture("labhost"), capture("visitor")).trace());
        }
    }

    @Test
    void reads_each_kind_of_line() {
        assertThat(TraceLine.parse("table ip filter { # handle 2")).isEmpty();
        assertThat(TraceLine.parse(
                        "trace id 719dd02f ip filter FORWARD rule iifname \"br0\" oifname != \"br0\"  counter"
                                + " packets 3 bytes 252 accept # handle 2 (verdict accept)"))
                .contains(new TraceLine(
                        "719dd02f",
                        "ip",
                        "filter",
                        "FORWARD",
                        What.RULE,
                        "iifname \"br0\" oifname != \"br0\"  counter packets 3 bytes 252 accept",
                        OptionalInt.of(2),
                        "accept"));
        assertThat(TraceLine.parse("trace id 88a862f4 ip nat PREROUTING unknown rule handle 7 (verdict continue)"))
                .map(line -> line.what() + " " + line.handle().getAsInt() + " " + line.verdict())
                .contains("RULE 7 continue");
        assertThat(TraceLine.parse("trace id 3d4ccf81 ip filter FORWARD policy drop "))
                .map(line -> line.what() + " " + line.verdict())
                .contains("POLICY drop");
        assertThat(TraceLine.parse(
                        "trace id f7ab46df ip nat PREROUTING rule fib daddr type local counter packets 3 bytes 180"
                                + " jump DOCKER # handle 6 (verdict jump DOCKER)"))
                .map(TraceLine::verdict)
                .contains("jump DOCKER");
    }

    @Test
    void knows_an_answer_a_reset_and_an_error_from_the_packet() {
        String ip =
                "iif \"br0\" ip saddr 10.9.0.2 ip daddr 10.9.0.1 ip dscp cs0 ip ecn not-ect ip ttl 64 ip id 0 ip length 40 ";
        TracedHeader reset = TracedHeader.parse(ip + "tcp sport 80 tcp dport 23456 tcp flags == 0x14 tcp window 0 ");
        assertThat(reset.reset()).isTrue();
        assertThat(SYN.kind(reset, false)).contains(Kind.REPLY);
        assertThat(TracedHeader.parse(ip + "tcp sport 80 tcp dport 23456 tcp flags == 0x12 tcp window 9 ")
                        .reset())
                .isFalse();
        TracedHeader syn = TracedHeader.parse(ip + "tcp sport 23456 tcp dport 80 tcp flags == syn tcp window 64240 ");
        assertThat(SYN.kind(syn, false)).contains(Kind.REQUEST);
        TracedHeader error = TracedHeader.parse(
                ip + "icmp type destination-unreachable icmp code host-unreachable icmp id 0 icmp sequence 0 ");
        assertThat(SYN.kind(error, true)).contains(Kind.ERROR);
        assertThat(SYN.kind(error, false)).isEmpty();
        assertThat(SYN.kind(
                        TracedHeader.parse(ip + "tcp sport 80 tcp dport 23457 tcp flags == 0x12 tcp window 9 "), true))
                .isEmpty();
        assertThat(error.icmpCode()).isEqualTo(Optional.of("host-unreachable"));
        assertThatThrownBy(() -> TracedHeader.parse("iif \"br0\" ip6 saddr fe80::1 "))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
