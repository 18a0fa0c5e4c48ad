package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.ips;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TCP, HTTP and DNS. */
class ConnectionTest {
    private static final String URL = "http://10.9.0.11/";

    private static TcpResult tcp(TcpResult.Result result, String... control) {
        return new TcpResult(
                scope("host"),
                "10.9.0.11",
                80,
                result,
                control.length == 0 ? Optional.empty() : Optional.of(control[0]));
    }

    private static FactsBuilder red() {
        return facts().cable("netns:red", "eth0", "host", "red0")
                .host(h -> h.link("red0", l -> l.address("10.9.0.1/24")).route("10.9.0.0/24 dev red0"))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"));
    }

    private static FactsBuilder connect(int exit, String err) {
        return red().capture(new ActiveProbe.Tcp(scope("host"), "10.9.0.11", 80), exit, "", err);
    }

    private static FactsBuilder refused() {
        return connect(1, "bash: connect: Connection refused\nbash: /dev/tcp/10.9.0.11/80: Connection refused\n");
    }

    private static HttpAnswer http(Optional<Integer> status, String... part) {
        return new HttpAnswer(
                scope("host"),
                URL,
                status,
                part.length == 0 ? Optional.empty() : Optional.of(new TextMatch(TextMatch.Kind.CONTAINS, part[0])));
    }

    private static FactsBuilder curl(int exit, String out, String err) {
        return red().capture(new ActiveProbe.Http(scope("host"), URL), exit, out, err);
    }

    private static FactsBuilder page(int status, String body) {
        return curl(0, "HTTP/1.1 " + status + " Words\r\nContent-Type: text/plain\r\n\r\n" + body, "");
    }

    private static DnsAnswer dns(Optional<ListMatch<IpAddress>> answers) {
        return new DnsAnswer(scope("container:web"), "rr", Optional.empty(), true, answers);
    }

    private static final DnsAnswer UNRESOLVED =
            new DnsAnswer(scope("container:web"), "rr", Optional.empty(), false, Optional.empty());

    private static FactsBuilder asked(FactsBuilder facts, int exit, String out, String err) {
        return facts.capture(new ActiveProbe.Dns(scope("container:web"), "rr", Optional.empty()), exit, out, err);
    }

    private static FactsBuilder onMynet() {
        return facts().container("web", c -> c.mode("mynet").on("mynet", "172.20.0.4"));
    }

    private static FactsBuilder answered(String... addresses) {
        StringBuilder out = new StringBuilder("status: NOERROR, server: 127.0.0.11\n");
        for (String address : addresses) {
            out.append("rr. 600 IN A ").append(address).append('\n');
        }
        return asked(onMynet(), 0, out.toString(), "");
    }

    @Test
    void each_end_of_a_connection_is_its_own() {
        isMet(tcp(TcpResult.Result.CONNECTED).judge(connect(0, "").build()));
        isMet(tcp(TcpResult.Result.REFUSED).judge(refused().build()));
        Verdict verdict = tcp(TcpResult.Result.CONNECTED).judge(refused().build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  10.9.0.11:80: connected
                found     10.9.0.11:80: connection refused
                why       nothing listens on 80/tcp in red""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ tcp
                bash: connect: Connection refused""");
        assertThat(explained(tcp(TcpResult.Result.REFUSED).judge(connect(0, "").build())))
                .isEqualTo(
                        """
                expected  10.9.0.11:80: connection refused
                found     10.9.0.11:80: connected""");
        assertThat(explained(tcp(TcpResult.Result.TIMEOUT).judge(connect(0, "").build())))
                .isEqualTo("expected  10.9.0.11:80: no answer\nfound     10.9.0.11:80: connected");
        assertThat(explained(
                        tcp(TcpResult.Result.CONNECTED).judge(connect(124, "").build())))
                .startsWith("expected  10.9.0.11:80: connected\nfound     10.9.0.11:80: no answer");
    }

    @Test
    void a_connection_that_stays_silent_needs_a_control() {
        FactsBuilder silent = connect(124, "");
        assertThat(reason(tcp(TcpResult.Result.TIMEOUT).judge(silent.build())))
                .startsWith("10.9.0.11:80 is silent, which proves nothing");
        assertThat(reason(new Not(tcp(TcpResult.Result.CONNECTED)).judge(silent.build())))
                .startsWith("10.9.0.11:80 is silent");
        isMet(new Not(tcp(TcpResult.Result.CONNECTED)).judge(refused().build()));
        FactsBuilder controlled = PingReachTest.replied(silent, "host", "10.9.0.11");
        isMet(tcp(TcpResult.Result.TIMEOUT, "10.9.0.11").judge(controlled.build()));
        isMet(new Not(tcp(TcpResult.Result.CONNECTED, "10.9.0.11")).judge(controlled.build()));
        assertThat(tcp(TcpResult.Result.TIMEOUT, "10.9.0.11").probes())
                .contains(new ActiveProbe.Ping(scope("host"), "10.9.0.11"));
    }

    @Test
    void an_attempt_that_was_not_made_leaves_it_open() {
        assertThat(reason(tcp(TcpResult.Result.CONNECTED).judge(facts().build())))
                .isEqualTo("no connection to 10.9.0.11:80 was tried from the lab host");
        Facts facts = facts().couldNotRun(new ActiveProbe.Tcp(scope("host"), "10.9.0.11", 80), "no bash")
                .build();
        assertThat(reason(tcp(TcpResult.Result.TIMEOUT).judge(facts)))
                .isEqualTo("no connection to 10.9.0.11:80 could be tried: no bash");
        assertThat(reason(new Not(tcp(TcpResult.Result.CONNECTED)).judge(facts)))
                .contains("no bash");
        assertThatThrownBy(() -> new TcpResult(scope("host"), "a", 65536, TcpResult.Result.REFUSED, Optional.empty()))
                .hasMessage("a port is 1 to 65535");
    }

    @Test
    void a_page_is_compared_by_status_and_body() {
        isMet(http(Optional.of(200), "hello")
                .judge(page(200, "well, hello there").build()));
        isMet(http(Optional.empty()).judge(page(404, "").build()));
        Verdict verdict =
                http(Optional.of(200), "hello").judge(page(404, "no such page").build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  status 200, a body that contains 'hello'
                found     status 404, a body that is 'no such page'""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ http
                HTTP/1.1 404 Words
                $ http
                no such page""");
        // a header is not the body
        Facts header =
                curl(0, "HTTP/1.1 200 OK\r\nX-Word: hello\r\n\r\nbye", "").build();
        assertThat(explained(http(Optional.of(200), "hello").judge(header)))
                .isEqualTo(
                        """
                expected  a body that contains 'hello'
                found     a body that is 'bye'""");
    }

    @Test
    void a_page_that_does_not_come() {
        Facts refused = curl(7, "", "curl: (7) Failed to connect to 10.9.0.11 port 80: Connection refused")
                .build();
        assertThat(explained(http(Optional.of(200)).judge(refused)))
                .isEqualTo(
                        """
                expected  an answer from http://10.9.0.11/ with status 200
                found     no answer from http://10.9.0.11/: connection refused
                why       nothing listens on 80/tcp in red""");
        Facts silent = curl(28, "", "curl: (28) Connection timed out").build();
        assertThat(explained(http(Optional.empty()).judge(silent)))
                .startsWith("expected  an answer from http://10.9.0.11/\nfound     no answer from http://10.9.0.11/");
        assertThat(explained(http(Optional.empty())
                        .judge(curl(1, "", "curl: (1) Received HTTP/0.9 when not allowed")
                                .build())))
                .endsWith("found     something that is not HTTP answers");
        isMet(new Not(http(Optional.empty())).judge(refused));
        assertThat(reason(new Not(http(Optional.empty())).judge(silent))).startsWith("http://10.9.0.11/ is silent");
        assertThat(reason(http(Optional.empty()).judge(facts().build())))
                .isEqualTo("http://10.9.0.11/ was not asked for from the lab host");
        assertThat(reason(
                        http(Optional.empty()).judge(curl(2, "", "curl: (2) no").build())))
                .contains("could not be asked for");
    }

    @Test
    void a_connection_that_was_made_is_not_explained_by_what_would_have_kept_it_from_being_made() {
        String cause = "in red the policy of INPUT is DROP, and no rule accepts the packet";
        assertThat(explained(http(Optional.empty())
                        .judge(closed("curl: (28) Connection timed out after 3001 milliseconds"))))
                .endsWith("why       " + cause);
        assertThat(explained(http(Optional.empty())
                        .judge(closed("curl: (28) Operation timed out after 3001 milliseconds with 0 bytes received"))))
                .endsWith("no answer from http://10.9.0.11/");
    }

    private static Facts closed(String complaint) {
        return curl(28, "", complaint)
                .netns("red", n -> n.chain("nft", false, "filter", "INPUT", "DROP"))
                .build();
    }

    @Test
    void answers_are_contained_or_exact_in_any_order() {
        isMet(dns(Optional.empty()).judge(answered("172.20.0.2").build()));
        isMet(dns(Optional.of(contains(ips("172.20.0.2"))))
                .judge(answered("172.20.0.3", "172.20.0.2").build()));
        isMet(dns(Optional.of(exactly(ips("172.20.0.2", "172.20.0.3"))))
                .judge(answered("172.20.0.3", "172.20.0.2").build()));
        Verdict verdict = dns(Optional.of(exactly(ips("172.20.0.2"))))
                .judge(answered("172.20.0.3", "172.20.0.2").build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  just 172.20.0.2 for rr
                found     172.20.0.3 and 172.20.0.2 for rr""");
        assertThat(evidence(verdict)).startsWith("$ dns\nAddress: 172.20.0.3");
        assertThat(dns(Optional.of(contains(ips("172.20.0.22"))))
                        .judge(answered("172.20.0.2").build())
                        .isNotMet())
                .isTrue();
    }

    @Test
    void no_name_no_address_no_server() {
        Facts noName = asked(onMynet(), 0, "status: NXDOMAIN, server: 127.0.0.11\n", "")
                .build();
        Facts noServer = asked(onMynet(), 9, "", "no answer from 8.8.8.8").build();
        assertThat(explained(dns(Optional.empty()).judge(noName)))
                .isEqualTo(
                        """
                expected  an address for rr
                found     no such name as rr
                why       no container has the name or alias rr""");
        assertThat(explained(dns(Optional.empty()).judge(answered().build())))
                .contains("found     no address for rr\nwhy");
        assertThat(explained(dns(Optional.empty()).judge(noServer)))
                .endsWith("found     no address for rr: no name server answered");
        isMet(UNRESOLVED.judge(noName));
        for (String refusal : List.of("SERVFAIL", "REFUSED")) {
            Facts unsaid = asked(onMynet(), 0, "status: " + refusal + ", server: 127.0.0.11\n", "")
                    .build();
            assertThat(reason(UNRESOLVED.judge(unsaid))).startsWith("no address for rr: the name server");
        }
        String silence = "no address for rr: no name server answered";
        assertThat(reason(UNRESOLVED.judge(noServer))).isEqualTo(silence);
        assertThat(reason(new Not(dns(Optional.empty())).judge(noServer))).isEqualTo(silence);
        assertThat(reason(new Not(dns(Optional.of(contains(ips("172.20.0.2"))))).judge(noServer)))
                .isEqualTo(silence);
        assertThat(explained(UNRESOLVED.judge(answered("172.20.0.2").build())))
                .isEqualTo(
                        """
                expected  no address for rr
                found     172.20.0.2 for rr""");
        assertThat(reason(dns(Optional.empty()).judge(onMynet().build()))).isEqualTo("nobody was asked for rr in web");
    }

    @Test
    void why_a_containers_name_does_not_resolve() {
        String nxdomain = "status: NXDOMAIN, server: 8.8.8.8\n";
        FactsBuilder bridged = asked(
                facts().container("web", c -> c.on("bridge", "172.17.0.2"))
                        .container("rr", c -> c.on("bridge", "172.17.0.3")),
                0,
                nxdomain,
                "");
        FactsBuilder alone = asked(facts().container("web", c -> c.on("bridge", "172.17.0.2")), 0, nxdomain, "");
        assertThat(explained(dns(Optional.empty()).judge(alone.build())))
                .as("no container's name")
                .endsWith("found     no such name as rr");
        assertThat(explained(dns(Optional.empty()).judge(bridged.build())))
                .endsWith(
                        "why       web is on the default bridge, and Docker's name server serves only user-defined networks, at 127.0.0.11");
        FactsBuilder apart =
                asked(onMynet().container("rr", c -> c.mode("other").on("other", "172.21.0.2")), 0, nxdomain, "");
        assertThat(explained(dns(Optional.empty()).judge(apart.build())))
                .endsWith("why       web is on mynet, rr on other");
        FactsBuilder stopped =
                asked(onMynet().container("db", c -> c.exited(0).mode("mynet").on("mynet", "", "rr")), 0, nxdomain, "");
        assertThat(explained(dns(Optional.empty()).judge(stopped.build())))
                .endsWith("why       db is not running (exited with status 0)");
    }

    @Test
    void a_name_that_must_not_resolve_has_no_answers() {
        assertThatThrownBy(() -> new DnsAnswer(
                        scope("host"), "rr", Optional.empty(), false, Optional.of(contains(ips("172.20.0.2")))))
                .hasMessage("a name that must not resolve can have no answers");
    }

    @Test
    void a_server_that_will_not_tell_mostly_does_not_have_the_name() {
        assertThat(explained(dns(Optional.empty())
                        .judge(asked(onMynet(), 0, "status: REFUSED, server: 10.9.0.1\n", "")
                                .build())))
                .isEqualTo(
                        """
                expected  an address for rr
                found     no address for rr: the name server will not tell
                why       REFUSED is mostly the answer of a server that does not have the name itself, and has nobody \
                else to ask""");
        assertThat(explained(dns(Optional.empty())
                        .judge(asked(onMynet(), 0, "status: SERVFAIL, server: 10.9.0.1\n", "")
                                .build())))
                .startsWith("expected  an address for rr\nfound     no address for rr: the name server failed");
    }

    @Test
    void a_page_without_a_way_to_it_is_explained_by_the_missing_route() {
        Facts facts = facts().netns("red", n -> n.link("lo", l -> l.up())
                        .link("eth0", l -> l.up().address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .capture(
                        new ActiveProbe.Http(scope("netns:red"), "http://8.8.8.8/"),
                        7,
                        "",
                        "* Immediate connect fail for 8.8.8.8: Network is unreachable\n")
                .build();
        HttpAnswer answer = new HttpAnswer(scope("netns:red"), "http://8.8.8.8/", Optional.of(200), Optional.empty());
        assertThat(explained(answer.judge(facts)))
                .endsWith(
                        "why       no route covers 8.8.8.8: eth0 in red has 10.9.0.11/24 and there is no default route");
    }
}
