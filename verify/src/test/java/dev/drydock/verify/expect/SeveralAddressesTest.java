package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.FlowBranches;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A name with two addresses, of which one is nobody's. */
class SeveralAddressesTest {
    private static Reachability asked(ProbeResult.Kind seen, String out, String... hosts) {
        FactsBuilder facts = facts().cable("netns:red", "eth0", "netns:blue", "eth0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .hostsFile("netns:red", hosts);
        ProbeCapture capture = ProbeCapture.of("ping", 1, out, "");
        return Reachability.of(
                facts.build(),
                ReachabilityQuery.of(Scope.netns("red"), "db", Optional.empty()),
                new ProbeResult(seen, Optional.empty(), "", Optional.of(capture)));
    }

    @Test
    void the_one_that_was_pinged_is_the_one_that_is_told() {
        Reachability dead = asked(
                ProbeResult.Kind.NO_NEIGHBOUR,
                "PING db (10.9.0.77) 56(84) bytes of data.",
                "10.9.0.77 db",
                "10.9.0.12 db");
        assertThat(dead.why().map(why -> Words.text(why.found())))
                .hasValueSatisfying(found -> assertThat(found).contains("10.9.0.77"));
        assertThat(dead.branches().map(FlowBranches::words).map(Words::text))
                .hasValueSatisfying(told -> assertThat(told)
                        .contains("of which a ping tries the first one")
                        .contains("by 10.9.0.12 it gets through"));
        Reachability alive = asked(
                ProbeResult.Kind.ANSWERED, "PING db (10.9.0.12) 56(84) bytes of data.", "10.9.0.77 db", "10.9.0.12 db");
        assertThat(alive.verdict()).isEqualTo(Reachability.Verdict.REACHES);
        assertThat(alive.branches()).map(FlowBranches::differ).contains(true);
    }

    @Test
    void one_address_is_no_choice() {
        assertThat(asked(ProbeResult.Kind.ANSWERED, "", "10.9.0.12 db", "10.9.0.12 db")
                        .branches())
                .isEmpty();
    }
}
