package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {
    private static final Set<IpAddress> OWN = Set.of(
            IpAddress.parse("10.9.0.11"),
            IpAddress.parse("10.9.0.12"),
            IpAddress.parse("fd00:9::12"),
            IpAddress.parse("fd00:9::11"));

    @ParameterizedTest
    @CsvSource({
        "replied, REPLIED",
        "replied-ipv6, REPLIED",
        "replied-by-name, REPLIED",
        "no-route, NO_ROUTE",
        "blackhole, NO_ROUTE",
        "unreachable-route, NO_ROUTE",
        "no-neighbour, NO_NEIGHBOUR",
        "no-neighbour-ipv6, NO_NEIGHBOUR",
        "rejected-here, REJECTED",
        "rejected-by-router, REJECTED",
        "dropped, DROPPED",
        "dropped-here, DROPPED",
        "unknown-name, UNKNOWN_NAME",
        "no-namespace, COULD_NOT_RUN"
    })
    void tells_what_a_ping_showed(String name, PingOutcome.Kind kind) {
        PingOutcome outcome = PingOutcome.parse(Capture.of("iputils", name).asProbe(), OWN);
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(Words.text(outcome.line())).isNotBlank();
    }

    @Test
    void names_who_rejected_a_ping() {
        PingOutcome outcome =
                PingOutcome.parse(Capture.of("iputils", "rejected-by-router").asProbe(), OWN);
        assertThat(outcome.by()).contains(IpAddress.parse("10.9.0.1"));
    }

    @Test
    void a_router_that_finds_nobody_is_not_the_sources_own_arp() {
        ProbeCapture capture = Capture.of("iputils", "no-neighbour").asProbe();
        assertThat(PingOutcome.parse(capture, Set.of(IpAddress.parse("10.8.0.1")))
                        .kind())
                .isEqualTo(PingOutcome.Kind.REJECTED);
    }

    @ParameterizedTest
    @CsvSource({"137, ''", "1, ''", "0, garbage", "2, 'ping: usage error'", "126, 'bash: ping: Permission denied'"})
    void a_ping_that_was_killed_or_printed_garbage_could_not_run(int exit, String err) {
        PingOutcome outcome = PingOutcome.parse(ProbeCapture.of("ping x", exit, err, err), Set.of());
        assertThat(outcome.kind()).isEqualTo(PingOutcome.Kind.COULD_NOT_RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-connected, CONNECTED",
        "tcp-refused, REFUSED",
        "tcp-timeout, TIMEOUT",
        "tcp-no-route, NO_ROUTE",
        "tcp-blackhole, NO_ROUTE",
        "tcp-no-neighbour, UNREACHABLE",
        "tcp-rejected, REFUSED",
        "tcp-unknown-name, UNKNOWN_NAME",
        "tcp-no-namespace, COULD_NOT_RUN"
    })
    void tells_what_an_attempt_to_connect_showed(String name, TcpOutcome.Kind kind) {
        assertThat(TcpOutcome.parse(Capture.of("bash", name).asProbe()).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "http-200, ANSWERED, 200",
        "http-404, ANSWERED, 404",
        "http-refused, REFUSED, 0",
        "http-timeout, TIMEOUT, 0",
        "http-no-route, UNREACHABLE, 0",
        "http-unknown-name, UNKNOWN_NAME, 0",
        "http-not-http, NOT_HTTP, 0"
    })
    void tells_what_a_request_showed(String name, HttpOutcome.Kind kind, int status) {
        Capture capture = Capture.of("curl", name);
        HttpOutcome outcome = HttpOutcome.parse(
                ProbeCapture.of("curl", capture.exit(), capture.out(), ProbeCommands.complaints(capture.err())));
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.body()).isEqualTo(name.equals("http-200") ? "hello\n" : outcome.body());
    }

    @Test
    void an_informational_answer_comes_before_the_real_one() {
        ProbeCapture capture =
                ProbeCapture.of("curl", 0, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nA: b\r\n\r\nbody", "");
        assertThat(HttpOutcome.parse(capture).status()).isEqualTo(201);
        assertThat(HttpOutcome.parse(capture).body()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource({
        "two-addresses, rr.lab, ANSWERED, '[172.20.0.2, 172.20.0.3]'",
        "alias, alias.lab, ANSWERED, '[172.20.0.2, 172.20.0.3]'",
        "no-such-name, nobody.lab, NO_SUCH_NAME, []",
        "refused, elsewhere.example, SERVER_FAILED, []"
    })
    void tells_what_a_name_server_said(String name, String asked, DnsOutcome.Kind kind, String addresses) {
        NameAnswer answer = DnsMessage.answer(Capture.of("dnsmasq", name).out(), "10.9.0.1", 0x4472, asked);
        DnsOutcome outcome = DnsOutcome.parse(ProbeCapture.asked(
                "nslookup",
                new NameLookup(
                        List.of(),
                        Optional.empty(),
                        List.of(new NameLookup.Attempt("10.9.0.1", asked, List.of(answer), Optional.empty())))));
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.addresses().stream()
                        .map(IpAddress::toString)
                        .sorted()
                        .toList())
                .hasToString(addresses);
    }

    @Test
    void an_answer_to_another_question_or_cut_off_is_no_answer() {
        String hex = Capture.of("dnsmasq", "two-addresses").out();
        assertThat(problem(hex, 0x4473, "rr.lab")).isEqualTo("the answer is to another question");
        assertThat(problem(hex, 0x4472, "web.lab")).isEqualTo("the answer is to another question");
        assertThat(problem(hex.substring(0, 120), 0x4472, "rr.lab")).isNotEmpty();
        assertThat(problem("", 0x4472, "rr.lab")).isEqualTo("the answer is no DNS message");
        assertThat(problem("4472818000010001000000000202c00c0001", 0x4472, "rr.lab"))
                .isNotEmpty();
        assertThat(problem("447281800001000000000000c00c00010001", 0x4472, "rr.lab"))
                .isEqualTo("a name in the answer points in circles");
    }

    private static String problem(String hex, int id, String name) {
        try {
            DnsMessage.answer(hex, "10.9.0.1", id, name);
            return "";
        } catch (IllegalArgumentException unreadable) {
            return unreadable.getMessage();
        }
    }

    @Test
    void tells_each_of_many_answers_of_a_name_server_once() {
        ActiveProbe.DnsSpread probe = new ActiveProbe.DnsSpread(Scope.container("rr1"), "rr", Optional.empty(), 30);
        String out = transcript("rr", Capture.of("docker", "dns-spread").out());
        DnsSpreadOutcome outcome = spread(probe, out);
        assertThat(outcome.kind()).isEqualTo(DnsSpreadOutcome.Kind.ANSWERED);
        assertThat(outcome.answers()).hasSize(30).allSatisfy(answer -> assertThat(answer.addresses())
                .containsExactlyInAnyOrder(IpAddress.parse("172.20.0.2"), IpAddress.parse("172.20.0.3")));
        assertThat(outcome.answers().stream()
                        .map(answer -> answer.addresses().get(0).text())
                        .distinct())
                .hasSize(2);
        List<String> lines = out.lines().toList();
        assertThat(spread(probe, out + lines.get(1) + "\n").answers())
                .as("one datagram twice")
                .hasSize(30);
        assertThat(spread(probe, lines.get(0) + "\n" + lines.get(1) + "\n").answers())
                .hasSize(1);
        assertThat(spread(probe, lines.get(0) + "\ngot 0000" + lines.get(1).substring(10) + "\n")
                        .kind())
                .as("the answer to a question that was not asked")
                .isEqualTo(DnsSpreadOutcome.Kind.COULD_NOT_RUN);
        assertThat(spread(
                                new ActiveProbe.DnsSpread(Scope.container("rr1"), "db", Optional.empty(), 30),
                                out.replace("127.0.0.11 rr", "127.0.0.11 db"))
                        .kind())
                .isEqualTo(DnsSpreadOutcome.Kind.COULD_NOT_RUN);
    }

    /** What the sweep prints of one server's answers: the capture has the server, then a line of hex for each. */
    private static String transcript(String name, String captured) {
        List<String> lines = captured.lines().toList();
        return "ask " + lines.get(0) + " " + name + "\n"
                + lines.stream().skip(1).map(line -> "got " + line + "\n").collect(Collectors.joining());
    }

    private static DnsSpreadOutcome spread(ActiveProbe.DnsSpread probe, String out) {
        Sections sections = Sections.parse("n", "\u001en out probe.0\n" + out + "\u001en end 0\n\u001en err probe.0\n");
        return DnsSpreadOutcome.parse(
                new ProbeScriptLine(0, probe).capture(sections, new LearnerCommand(probe.in(), OptionalInt.empty())));
    }
}
