package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.BridgePorts;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged rulesets through the readers and the evaluator: whatever a ruleset holds, it is read or refused with a sentence, and a packet's
 * way through it ends. 500 of them in each run, others with {@code -Ddrydock.mutations=100000} and, to begin elsewhere, {@code
 * -Ddrydock.mutations.seed=7}.
 */
class MutatedRulesTest {
    private static final int COUNT = Integer.getInteger("drydock.mutations", 500);
    private static final long SEED = Long.getLong("drydock.mutations.seed", 1);
    private static final Path CAPTURES = Path.of("src/test/resources/captures");
    /** What a mutation leaves whole is read again and again; of the other chains a few are enough. */
    private static final int RULES = 12;

    private final Router router = new Router(
            RouterOnPaper.LINKS,
            RouterOnPaper.ROUTES,
            RoutingRule.USUAL,
            Map.of(Router.FORWARDING, "1"),
            BridgePorts.UNKNOWN);
    private final List<Packet> packets = packets();
    private int refused;
    private int followed;

    private static List<Packet> packets() {
        List<Packet> all = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            Ports port = protocol.hasPorts() ? Ports.of(80) : Ports.NONE;
            Header header = new Header(new IpAddress("10.9.0.11"), new IpAddress("8.8.8.8"), protocol, port, port);
            Header back = new Header(new IpAddress("8.8.8.8"), new IpAddress("10.9.0.11"), protocol, port, port);
            all.add(Packet.of(header, PacketDevice.named("br0"), false));
            all.add(Packet.of(header, PacketDevice.NONE, false));
            all.add(Packet.of(header, PacketDevice.named("br0"), true));
            all.add(Packet.answer(back, PacketDevice.named("wan0"), back));
        }
        return all;
    }

    @Test
    void whatever_a_ruleset_holds_is_read_or_refused_with_a_sentence() throws IOException {
        String saved = Files.readString(CAPTURES.resolve("iptables-1.8.9/everything.save"));
        JsonArray nft = JsonParser.parseString(Files.readString(CAPTURES.resolve("nft-1.0.6/everything.json")))
                .getAsJsonObject()
                .getAsJsonArray("nftables");
        List<Chain> chains = IptablesSave.parse(saved, "nft", false);
        for (int i = 0; i < COUNT; i++) {
            long seed = SEED + i;
            try {
                if (seed % 2 == 0) {
                    text(new Mutations(seed).text(saved));
                } else {
                    json(new Mutations(seed).json(some(nft, new Random(seed))).toString(), chains);
                }
            } catch (RuntimeException thrown) {
                throw new AssertionError("-Ddrydock.mutations=1 -Ddrydock.mutations.seed=" + seed, thrown);
            }
        }
        assertThat(followed).as("packets followed").isGreaterThan(COUNT * packets.size() / 2);
        assertThat(refused).as("rulesets that nobody could read").isLessThan(COUNT / 2);
    }

    /** The tables, chains and sets of all, and some of the rules. */
    private static JsonElement some(JsonArray all, Random random) {
        List<JsonElement> rules = new ArrayList<>();
        JsonArray kept = new JsonArray();
        all.forEach(entry -> {
            if (entry.getAsJsonObject().has("rule")) {
                rules.add(entry);
            } else {
                kept.add(entry);
            }
        });
        for (int i = 0; i < RULES; i++) {
            kept.add(rules.get(random.nextInt(rules.size())));
        }
        JsonObject whole = new JsonObject();
        whole.add("nftables", kept);
        return whole;
    }

    private void text(String text) {
        try {
            List<Chain> chains = IptablesSave.parse(text, "nft", false);
            follow(IptablesRules.of(chains, false));
            chains.forEach(chain -> chain.rules().forEach(IptablesRules::words));
        } catch (IllegalArgumentException sentence) {
            refuse(sentence);
        }
    }

    private void json(String text, List<Chain> chains) {
        try {
            follow(NftRules.of(text, chains, false));
        } catch (IllegalArgumentException sentence) {
            refuse(sentence);
        }
    }

    private void refuse(IllegalArgumentException sentence) {
        assertThat(sentence.getMessage()).isNotBlank();
        refused++;
    }

    private void follow(Ruleset rules) {
        for (Packet packet : packets) {
            List<TraversalResult> outcomes = NetfilterTraversal.all(rules, router, packet, false);
            assertThat(outcomes).isNotEmpty().hasSizeLessThan(600);
            // an evaluation that failed inside, and was caught
            assertThat(outcomes)
                    .flatExtracting(outcome -> outcome.reason().stream().toList())
                    .doesNotContain(say("doubt.rules"));
            followed++;
        }
        for (Rule rule : rules.rules().toList()) {
            rule.mismatches(packets.get(0), router)
                    .forEach(mismatch -> assertThat(Words.text(mismatch)).isNotBlank());
            rule.holds(packets.get(1), router);
            rule.translates(true);
            rule.ends(Action.End.DROP);
            assertThat(Words.text(rule.place())).isNotBlank();
        }
    }
}
