package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** The names of namespaces in sentences and in commands. */
final class NamespaceWords {
    private NamespaceWords() {}

    private static Optional<Scope> scope(Namespace namespace) {
        return namespace.names().stream().findFirst();
    }

    /** {@code the host}, {@code web}, {@code process 42}. */
    static Message name(Namespace namespace) {
        return elsewhere(namespace).orElse(say("namespace.host"));
    }

    /** {@code web}; empty for the lab host's own namespace. */
    static Optional<Message> elsewhere(Namespace namespace) {
        if (namespace.isHost()) {
            return Optional.empty();
        }
        boolean shared = scope(namespace)
                .filter(first -> first.kind() == Scope.Kind.CONTAINER)
                .isPresent();
        List<Scope> names =
                namespace.names().stream().limit(shared ? Long.MAX_VALUE : 1).toList();
        return Optional.of(
                names.isEmpty()
                        ? say("namespace.unnamed", "inode", namespace.inode())
                        : say("namespace.named", "names", names));
    }

    /** {@code eth0 in web}; only the name for an interface of the lab host. */
    static Message at(Interface place) {
        return say("change.interface", "interface", place.link().name(), "namespace", elsewhere(place.namespace()));
    }

    /**
     * The {@code ip} command for a namespace.
     *
     * @param made whether the commands create or delete the namespace, so that it has a name of its own
     */
    static String ip(Namespace namespace, boolean made) {
        return namespace.isHost() ? "ip" : learner(namespace, made).ip("").stripTrailing();
    }

    /** The prefix for other commands in the namespace. */
    static String exec(Namespace namespace, boolean made) {
        return namespace.isHost() ? "" : learner(namespace, made).net("");
    }

    /** The argument of {@code netns} in {@code ip link}. */
    static String netns(Namespace namespace, boolean made) {
        if (namespace.isHost()) {
            return "1";
        }
        LearnerCommand learner = learner(namespace, made);
        return learner.scope().kind() == Scope.Kind.NETNS
                ? LearnerCommand.quoted(learner.scope().name())
                : learner.process();
    }

    /** A process in the namespace as an argument. */
    static String process(Namespace namespace) {
        return learner(namespace, false).process();
    }

    /** Where the commands create a namespace, one with a name replaces that of a container or process. */
    private static LearnerCommand learner(Namespace namespace, boolean made) {
        Scope scope = scope(namespace).orElseThrow(() -> new IllegalArgumentException("a namespace without a name"));
        return LearnerCommand.in(made ? Scope.netns(scope.name()) : scope);
    }
}
