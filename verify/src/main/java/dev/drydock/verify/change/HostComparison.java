package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two sweeps of one host and collects the changes by cause. */
final class HostComparison {
    private final TreeMap<ChangeCause, List<Change>> byCause = new TreeMap<>();
    private final Set<Message> unread = new LinkedHashSet<>();
    final HostFacts before;
    final HostFacts after;
    final NetworkModel networkBefore;
    final NetworkModel networkAfter;
    final Pairing pairing;
    final ChangeCauses causes;

    /** @param name of a host that both sweeps have */
    HostComparison(Facts earlier, Facts later, String name) {
        this.before = earlier.hosts().get(name);
        this.after = later.hosts().get(name);
        this.networkBefore = NetworkModel.of(earlier);
        this.networkAfter = NetworkModel.of(later);
        this.causes = new ChangeCauses(before, after);
        boolean containers = readable(before.containers(), after.containers(), "containers", Message.NONE);
        boolean networks = readable(before.networks(), after.networks(), "networks", Message.NONE);
        if (containers && networks) {
            new DockerComparison(this).compare();
        }
        if (!readable(before.namespaces(), after.namespaces(), "anything", Message.NONE)) {
            this.pairing = new Pairing(before, before);
            return;
        }
        this.pairing = new Pairing(before, after);
        namespaces();
        new LinkComparison(this).compare();
        new RouteComparison(this).compare();
        new RuleComparison(this).compare();
        new SettingComparison(this).compare();
    }

    Map<ChangeCause, List<Change>> byCause() {
        return byCause;
    }

    Set<Message> unread() {
        return unread;
    }

    void add(ChangeCause cause, Change change) {
        byCause.computeIfAbsent(cause, none -> new ArrayList<>()).add(change);
    }

    /** Whether both readings are known. If not, it is recorded that they could not be compared. */
    boolean readable(Reading<?> one, Reading<?> other, String what, Namespace namespace) {
        return readable(one, other, what, NamespaceWords.name(namespace));
    }

    private boolean readable(Reading<?> one, Reading<?> other, String what, Message of) {
        for (Reading<?> either : List.of(one, other)) {
            Optional<Message> why = either.fold(known -> Optional.empty(), unknown -> Optional.of(unknown.reason()));
            if (why.isPresent()) {
                unread.add(say("unread." + what, "namespace", of, "reason", why));
                return false;
            }
        }
        return true;
    }

    /** {@code ip -n red link set eth0}, to which the change is appended. */
    String linkSet(Interface end) {
        return NamespaceWords.ip(end.namespace(), isNew(end.namespace())) + " link set "
                + LearnerCommand.quoted(end.name());
    }

    boolean isNew(Namespace namespace) {
        return pairing.newNamespaces.contains(namespace);
    }

    boolean isGone(Namespace namespace) {
        return pairing.goneNamespaces.contains(namespace);
    }

    static String place(Namespace namespace) {
        return namespace.label();
    }

    private void namespaces() {
        for (Namespace gone : pairing.goneNamespaces) {
            Change change = namespace(Sign.REMOVED, gone);
            add(
                    causes.of(gone),
                    named(gone)
                            ? change.by(netns(Stage.NAMESPACES_GO, "del", gone))
                            : change.byNothing(say("no-command.namespace-ends")));
        }
        for (Namespace made : pairing.newNamespaces) {
            Change change = namespace(Sign.ADDED, made);
            add(
                    causes.of(made),
                    named(made) ? change.by(commands(made)) : change.byNothing(say("no-command.namespace-begins")));
        }
        for (Pairing.Both<Namespace> both : pairing.namespaces) {
            names(both.before(), both.after());
        }
    }

    private static Change namespace(Sign sign, Namespace namespace) {
        return Change.of(
                Kind.NAMESPACE,
                sign,
                "namespace",
                place(namespace),
                say("change.namespace", "namespace", NamespaceWords.name(namespace), "inode", namespace.inode()));
    }

    private static boolean named(Namespace namespace) {
        return namespace.names().stream().anyMatch(name -> name.kind() != Scope.Kind.PID);
    }

    private static Command netns(Stage stage, String verb, Namespace namespace) {
        return new Command(stage, "ip netns " + verb + " " + NamespaceWords.netns(namespace, true));
    }

    private static List<Command> commands(Namespace made) {
        List<Command> commands = new ArrayList<>(List.of(netns(Stage.NAMESPACES, "add", made)));
        boolean loopback = Pairing.known(made.links()).stream()
                .anyMatch(link -> link.name().equals("lo") && link.up());
        if (loopback) {
            commands.add(new Command(Stage.LINKS_ARE_UP, NamespaceWords.ip(made, true) + " link set lo up"));
        }
        return commands;
    }

    /** Compares the names under {@code /run/netns} of a namespace that both sweeps have. */
    private void names(Namespace was, Namespace is) {
        Set<Scope> lost = named(was.names(), is.names());
        Set<Scope> got = named(is.names(), was.names());
        for (Scope name : got) {
            Change change = Change.of(
                    Kind.NAMESPACE,
                    Sign.ADDED,
                    "name",
                    place(is),
                    say("change.name-got", "name", name.name(), "namespace", NamespaceWords.name(was)));
            add(
                    ChangeCause.COMMAND,
                    was.isHost()
                            ? change.byNothing(say("no-command.attach", "name", LearnerCommand.quoted(name.name())))
                            : change.by(new Command(
                                    Stage.NAMESPACES,
                                    "ip netns attach " + LearnerCommand.quoted(name.name()) + " "
                                            + NamespaceWords.process(was))));
        }
        for (Scope name : lost) {
            Change change = Change.of(
                    Kind.NAMESPACE,
                    Sign.REMOVED,
                    "name",
                    place(is),
                    say("change.name-lost", "name", name.name(), "namespace", NamespaceWords.name(is)));
            add(
                    ChangeCause.COMMAND,
                    change.by(new Command(Stage.NAMESPACES_GO, "ip netns del " + LearnerCommand.quoted(name.name()))));
        }
    }

    private static Set<Scope> named(Set<Scope> from, Set<Scope> without) {
        Set<Scope> names = new TreeSet<>(java.util.Comparator.comparing(Scope::name));
        from.stream()
                .filter(name -> name.kind() == Scope.Kind.NETNS && !without.contains(name))
                .forEach(names::add);
        return names;
    }
}
