package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides facts that are not known during one walk: whether a rule matches, which branch of a map is taken, which of several routes. */
record Forks(Alternatives choices) {
    /** One of several routes; each walk takes another one. */
    RouteLookup one(List<RouteLookup> ways, Message doubt) {
        for (RouteLookup some : ways.subList(0, ways.size() - 1)) {
            if (choices.decide(doubt)) {
                return some;
            }
        }
        return ways.get(ways.size() - 1);
    }

    /** Whether the rule matches the packet; where that is unknown, yes in one walk and no in another. */
    boolean decided(Rule rule, Ternary holds) {
        return holds == Ternary.YES
                || (holds == Ternary.UNKNOWN
                        && choices.decide(say("doubt.rule-holds", "place", rule.place(), "rule", rule.shown())));
    }

    /** The action that a map selects; empty where no branch matches. */
    Optional<Action> chosen(Rule rule, Action.Choose choose, Packet packet, Router router) {
        List<Action.Branch> open = new ArrayList<>();
        for (Action.Branch branch : choose.branches()) {
            Ternary holds = branch.condition().test().holds(packet, router);
            if (holds != Ternary.NO) {
                open.add(branch);
            }
            if (holds == Ternary.YES) {
                break;
            }
        }
        boolean one = choose.any().test().holds(packet, router) == Ternary.YES;
        for (int i = 0; i < open.size(); i++) {
            if ((one && i == open.size() - 1)
                    || decided(rule, open.get(i).condition().test().holds(packet, router))) {
                return Optional.of(open.get(i).action());
            }
        }
        return Optional.empty();
    }
}
