package dev.drydock.verify.packet.compare;

import dev.drydock.verify.packet.compare.Setup.Step;
import dev.drydock.verify.packet.compare.Setup.Tool;
import java.util.ArrayList;
import java.util.List;

/** Random rulesets of iptables (both back ends) and nft beside each other. */
final class RulesetGrammar {
    private RulesetGrammar() {}

    /** Settings of forwarding and bridging, then the rules; the same for the same seed. */
    static Setup draw(long seed) {
        Draw draw = new Draw(seed);
        List<Step> steps = new ArrayList<>();
        boolean forwarding = draw.chance(94);
        if (!forwarding) {
            steps.add(Step.of(Tool.SETTINGS, "net.ipv4.ip_forward=0"));
        }
        if (forwarding && draw.chance(50)) {
            steps.add(Step.of(Tool.SETTINGS, "net.bridge.bridge-nf-call-iptables=1"));
        }
        int tools = draw.below(100);
        if (tools < 55) {
            steps.add(Step.of(Tool.IPTABLES, new IptablesGrammar(draw).rules(false)));
        }
        // with several of them, the order of chains with one priority is unknown
        if (tools >= 53 && tools < 60) {
            steps.add(Step.of(Tool.IPTABLES_LEGACY, new IptablesGrammar(draw).rules(true)));
        }
        if (tools < 8 || tools >= 58) {
            steps.add(Step.of(Tool.NFT, new NftGrammar(draw).rules()));
        }
        return new Setup(steps);
    }
}
