package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The commands that a learner types on the lab host to see the same. */
final class ScopeCommands {
    private ScopeCommands() {}

    /** {@code ip route}, {@code ip -n red route}, {@code docker exec web ip route}. */
    static String ip(Facts facts, Scope scope, String arguments) {
        return on(facts, scope) + learner(facts, scope).ownIp(arguments);
    }

    /** {@code ss -lnt}, {@code ip netns exec red ss -lnt}, {@code nsenter --target 4242 --net ss -lnt}. */
    static String in(Facts facts, Scope scope, String command) {
        return on(facts, scope) + learner(facts, scope).net(command);
    }

    /** The verdict with commands for that host; with several hosts, the host's name is in the sentences. */
    static Verdict on(Facts facts, Optional<String> host, Verdict verdict) {
        if (facts.hosts().size() < 2) {
            return verdict;
        }
        String on = prefix(facts, host);
        List<Evidence> typed = verdict.evidence().stream()
                .map(evidence -> evidence.command().startsWith("on ")
                        ? evidence
                        : new Evidence(on + evidence.command(), evidence.excerpt(), evidence.origin()))
                .toList();
        String name = host.orElse(facts.defaultHost());
        return verdict.fold(
                met -> new Verdict.Met(typed),
                notMet -> new Verdict.NotMet(
                        named(notMet.expected(), name),
                        named(notMet.found(), name),
                        typed,
                        notMet.cause().map(cause -> named(cause, name))),
                cannotTell -> new Verdict.CannotTell(named(cannotTell.reason(), name), typed));
    }

    /** The sentence with the host's name. */
    private static Message named(Message words, String host) {
        return words.with(argument ->
                argument.equals(Scope.LAB_HOST) ? new Scope(Optional.of(host), Scope.Kind.HOST, "") : argument);
    }

    private static String on(Facts facts, Scope scope) {
        return prefix(facts, scope.host());
    }

    /** {@code on beta } for another host than the default one; else an empty text. */
    private static String prefix(Facts facts, Optional<String> name) {
        return name.filter(host -> !host.equals(facts.defaultHost()))
                .map(host -> "on " + host + " ")
                .orElse("");
    }

    private static LearnerCommand learner(Facts facts, Scope scope) {
        OptionalInt pid = scope.kind() == Scope.Kind.CONTAINER
                ? ScopeLookup.host(facts, scope.host())
                        .flatMap(host -> host.containers().toOptional())
                        .flatMap(containers -> Containers.named(containers, scope.name()))
                        .filter(container -> container.pid() > 0)
                        .map(container -> OptionalInt.of(container.pid()))
                        .orElse(OptionalInt.empty())
                : OptionalInt.empty();
        return new LearnerCommand(scope, pid);
    }
}
