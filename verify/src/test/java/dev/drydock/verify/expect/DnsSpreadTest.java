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

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DnsSpreadTest {
    private static final DnsSpread ANY = spread(1, Optional.empty());

    private static DnsSpread spread(int least, Optional<ListMatch<IpAddress>> answers) {
        return new DnsSpread(scope("container:web"), "rr", Optional.empty(), 6, least, answers);
    }

    private static FactsBuilder backends() {
        return facts().container("web", c -> c.mode("mynet").on("mynet", "172.20.0.9"))
                .container("rr1", c -> c.mode("mynet").on("mynet", "172.20.0.2", "rr"));
    }

    /** @param answers each a list of last numbers: {@code "23", "32"} */
    private static Facts answered(FactsBuilder facts, String... answers) {
        StringBuilder out = new StringBuilder();
        for (String answer : answers) {
            out.append("status: NOERROR, server: 127.0.0.11\n");
            answer.chars().forEach(c -> out.append("rr. 600 IN A 172.20.0.")
                    .append((char) c)
                    .append('\n'));
        }
        return asked(facts, 0, out.toString(), "");
    }

    private static Facts asked(FactsBuilder facts, int exit, String out, String err) {
        return facts.capture(ANY.probes().iterator().next(), exit, out, err).build();
    }

    @Test
    void several_addresses_that_are_first_now_and_then_are_met() {
        Facts facts = answered(backends(), "23", "32", "32", "23", "23", "23");
        isMet(ANY.judge(facts));
        isMet(spread(2, Optional.of(exactly(ips("172.20.0.3", "172.20.0.2")))).judge(facts));
        assertThat(evidence(ANY.judge(facts))).isEqualTo("$ dnsspread");
        assertThat(explained(new Not(ANY).judge(facts))).contains("is not sent to several addresses");
    }

    @Test
    void an_address_that_is_never_or_seldom_first() {
        assertThat(explained(ANY.judge(answered(backends(), "23", "23", "23", "23", "23", "23"))))
                .isEqualTo(
                        """
                expected  several addresses for rr, each first once or more in 6 answers
                found     172.20.0.2 first 6 times, 172.20.0.3 never first""");
        assertThat(explained(
                        spread(2, Optional.empty()).judge(answered(backends(), "23", "32", "23", "23", "23", "23"))))
                .isEqualTo(
                        """
                expected  several addresses for rr, each first twice or more in 6 answers
                found     172.20.0.2 first 5 times, 172.20.0.3 first once""");
    }

    @Test
    void wanted_addresses_are_contained_or_exact() {
        Facts three = answered(backends(), "234", "324", "423", "234", "324", "423");
        isMet(spread(2, Optional.of(contains(ips("172.20.0.2", "172.20.0.3")))).judge(three));
        assertThat(explained(spread(2, Optional.of(exactly(ips("172.20.0.2", "172.20.0.3"))))
                        .judge(three)))
                .isEqualTo(
                        """
                expected  172.20.0.2 and 172.20.0.3 for rr, each first twice or more in 6 answers
                found     172.20.0.2 first twice, 172.20.0.3 first twice, 172.20.0.4 first twice""");
        assertThat(spread(1, Optional.of(contains(ips("172.20.0.2", "172.20.0.33"))))
                        .judge(three)
                        .isNotMet())
                .isTrue();
    }

    @Test
    void one_backend_alone_says_who_has_the_name() {
        String[] one = {"2", "2", "2", "2", "2", "2"};
        assertThat(explained(ANY.judge(answered(backends(), one))))
                .isEqualTo(
                        """
                expected  several addresses for rr, each first once or more in 6 answers
                found     only 172.20.0.2 for rr
                why       only rr1 has the name rr there""");
        assertThat(explained(ANY.judge(
                        answered(backends().container("rr2", c -> c.exited(137).on("mynet", "", "rr")), one))))
                .endsWith("why       only rr1 has the name rr there; rr2 is not running (exited with status 137)");
        assertThat(explained(ANY.judge(answered(
                        backends().container("rr2", c -> c.mode("other").on("other", "172.21.0.2", "rr")), one))))
                .endsWith("why       only rr1 has the name rr there; web is on mynet, rr2 on other");
        assertThat(explained(ANY.judge(answered(
                        backends().container("rr2", c -> c.mode("mynet").on("mynet", "172.20.0.3", "rr2")), one))))
                .endsWith("why       only rr1 has the name rr there");
    }

    @Test
    void a_name_that_does_not_resolve_says_why() {
        String no = "status: NXDOMAIN, server: 8.8.8.8\n".repeat(6);
        FactsBuilder bridged = facts().container("web", c -> c.on("bridge", "172.17.0.2"))
                .container("rr1", c -> c.mode("mynet").on("mynet", "172.20.0.2", "rr"));
        assertThat(explained(ANY.judge(asked(bridged, 0, no, ""))))
                .isEqualTo(
                        """
                expected  several addresses for rr, each first once or more in 6 answers
                found     no such name as rr
                why       web is on the default bridge, and Docker's name server serves only user-defined networks, at 127.0.0.11""");
        assertThat(explained(ANY.judge(asked(bridged, 9, "", "no answer from name server 8.8.8.8"))))
                .contains("found     no address for rr: no name server answered");
        assertThat(reason(new Not(ANY).judge(asked(bridged, 9, "", "no answer"))))
                .isEqualTo("no name server answered");
        isMet(new Not(ANY).judge(asked(bridged, 0, no, "")));
    }

    @Test
    void too_few_answers_tell_nothing_unless_they_suffice() {
        assertThat(reason(ANY.judge(answered(backends(), "23", "23"))))
                .isEqualTo("only 2 of 6 questions for rr were answered");
        assertThat(reason(new Not(ANY).judge(answered(backends(), "2")))).startsWith("only 1 of 6");
        isMet(ANY.judge(answered(backends(), "23", "32")));
    }

    @Test
    void what_could_not_be_asked_or_read_cannot_be_told() {
        assertThat(reason(ANY.judge(backends().build()))).isEqualTo("nobody was asked for rr in web");
        assertThat(reason(ANY.judge(asked(backends(), 0, "garbage", "")))).startsWith("nobody could be asked for rr");
        assertThat(reason(ANY.judge(backends()
                        .couldNotRun(ANY.probes().iterator().next(), "dd is missing")
                        .build())))
                .isEqualTo("nobody could be asked for rr: dd is missing");
    }

    @Test
    void words_itself() {
        assertThat(Words.text(ANY.statement()))
                .isEqualTo("web, asking for rr 6 times, is sent to several addresses, each once or more");
        DnsSpread other = new DnsSpread(
                scope("netns:red"),
                "rr",
                Optional.of("10.9.0.1"),
                20,
                3,
                Optional.of(exactly(ips("10.9.0.11", "10.9.0.12"))));
        assertThat(Words.text(other.statement()))
                .isEqualTo(
                        "red, asking 10.9.0.1 for rr 20 times, is sent to just 10.9.0.11 and 10.9.0.12, each 3 times or more");
        assertThat(Words.text(new Not(ANY).statement()))
                .isEqualTo("web, asking for rr 6 times, is not sent to several addresses, each once or more");
        assertThat(other.probes())
                .containsExactly(new ActiveProbe.DnsSpread(scope("netns:red"), "rr", Optional.of("10.9.0.1"), 20));
    }

    @Test
    void what_cannot_come_true_is_refused() {
        assertThatThrownBy(() -> spread(4, Optional.empty()))
                .hasMessage("in 6 queries 2 addresses cannot each be first 4 times");
        assertThatThrownBy(() -> new DnsSpread(scope("host"), "rr", Optional.empty(), 1, 1, Optional.empty()))
                .hasMessage("a spread shows in 2 to 100 queries");
    }
}
