package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.words.Words;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever asks about the network of some facts gets the same model, in which everything is parsed once. */
class OneNetworkTest {
    private static FactsBuilder network() {
        return facts().cable("netns:red", "eth0", "host", "red0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.1.0.2/24")));
    }

    @Test
    void facts_have_one_model_whoever_asks_for_it() {
        Facts facts = network().build();
        NetworkModel model = NetworkModel.of(facts);
        assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> NetworkModel.of(facts)))
                .allMatch(other -> other == model);
        assertThat(NetworkModel.of(network().build())).isNotSameAs(model);
        assertThat(facts)
                .isEqualTo(network().build())
                .hasSameHashCodeAs(network().build());
    }

    @Test
    void rules_routes_and_settings_are_read_once() {
        NetworkModel model = NetworkModel.of(network().build());
        Node red = model.node(Scope.netns("red")).orElseThrow();
        assertThat(model.rules(red, false)).isSameAs(model.rules(red, false));
        assertThat(model.router(red)).isPresent().isSameAs(model.router(red));
        assertThat(model.settings(red)).isSameAs(model.settings(red));
    }

    @Test
    void rules_are_unknown_where_nft_was_asked_in_vain() {
        Scope red = Scope.netns("red");
        NetworkModel model = NetworkModel.of(network()
                .capture(new ActiveProbe.PacketFilter(red), 1, "", "Operation not permitted")
                .build());
        Reading<Ruleset> rules = model.rules(model.node(red).orElseThrow(), false);
        assertThat(rules).isInstanceOf(Reading.Unknown.class);
        assertThat(Words.text(((Reading.Unknown<Ruleset>) rules).reason()))
                .isEqualTo("what nft -j list ruleset printed cannot be read");
    }
}
