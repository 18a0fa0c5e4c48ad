package dev.drydock.verify.change;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;
import java.util.stream.Collectors;

/** A namespace in words and in commands. */
final class NamespaceWords {
    private NamespaceWords() {}

    private static Optional<Scope> scope(Namespace namespace) {
        return namespace.names().stream().findFirst();
    }

    static boolean isHost(Namespace namespace) {
        return namespace.isHost();
    }

    /** {@code the host}, {@code web}, {@code process 42}. */
    static String name(Namespace namespace) {
        if (isHost(namespace)) {
            return "the host";
        }
        Optional<Scope> first = scope(namespace);
        if (first.filter(scope -> scope.kind() == Scope.Kind.CONTAINER).isPresent()) {
            return namespace.names().stream().map(Scope::name).collect(Collectors.joining(" and "));
        }
        return first.map(scope -> scope.kind() == Scope.Kind.PID ? "process " + scope.name() : scope.name())
                .orElse("net:[" + namespace.inode() + "]");
    }

    /** {@code eth0 in web}; the host's own are named alone. */
    static String at(String what, Namespace namespace) {
        return isHost(namespace) ? what : what + " in " + name(namespace);
    }

    /** The {@code ip} command for a namespace. @param made whether the commands make or remove it, so that it has a name of its own */
    static String ip(Namespace namespace, boolean made) {
        return isHost(namespace) ? "ip" : learner(namespace, made).ip("").stripTrailing();
    }

    /** What to put before any other program. */
    static String exec(Namespace namespace, boolean made) {
        return isHost(namespace) ? "" : learner(namespace, made).net("");
    }

    /** What {@code ip link} takes after {@code netns}. */
    static String netns(Namespace namespace, boolean made) {
        if (isHost(namespace)) {
            return "1";
        }
        LearnerCommand learner = learner(namespace, made);
        return learner.scope().kind() == Scope.Kind.NETNS
                ? LearnerCommand.quoted(learner.scope().name())
                : learner.process();
    }

    /** A process in it, as an argument. */
    static String process(Namespace namespace) {
        return learner(namespace, false).process();
    }

    /** Where the commands make a namespace, one with a name stands in for a container's or a process's. */
    private static LearnerCommand learner(Namespace namespace, boolean made) {
        Scope scope = scope(namespace).orElseThrow(() -> new IllegalArgumentException("a namespace without a name"));
        return LearnerCommand.in(made ? Scope.netns(scope.name()) : scope);
    }
}
